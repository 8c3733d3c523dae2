import type { Call } from '../../../src/domain/calls/call.ts';
import type { CallEvent } from '../../../src/domain/calls/call-event.ts';
import type { Act, PartyTarget } from '../../../src/domain/calls/conversation/acts.ts';
import type { Conversation } from '../../../src/domain/calls/conversation/conversation.ts';
import type { Phase } from '../../../src/domain/calls/conversation/conversation-table.ts';
import { placesOf } from '../../../src/domain/calls/conversation/places.ts';
import { talkOf } from '../../../src/domain/calls/conversation/talk-of.ts';
import { decide } from '../../../src/domain/calls/decide.ts';
import { at, inState, lead, legEnded, timeout } from './call-life.ts';

// Talks of several, each come there as a talk comes there: agent1 has the call.

export const COLLEAGUE: PartyTarget = {
  kind: 'agent',
  agentId: 'agent2',
  phone: 'phone2',
  callerName: '咨询',
  ringTimeoutMs: 15_000,
  reason: 'test',
};
export const UNIT: PartyTarget = {
  kind: 'outside',
  who: { kind: 'unit', number: '051384139001', code: 'water', name: '水务局' },
  trunk: 'carrier',
  shows: '12345',
  ringTimeoutMs: 30_000,
  headers: { 'X-12345-Call': 'c' },
  reason: 'test',
};
export const POLICE: PartyTarget = {
  ...UNIT,
  who: { kind: 'emergency', desk: '110', number: '110', name: '公安', accepted: false },
};
export const NUMBER: PartyTarget = { ...UNIT, who: { kind: 'number', number: '051384130000' } };

export const BRIDGE: Act = {
  kind: 'emergencyBridge',
  order: {
    list: '中心应急',
    rule: { mode: 'ladder', rungAfterMs: 30_000, rounds: 1, retryAfterMs: 0 },
    people: ['13800000001', '13800000002'].map((number) => ({
      ...{ name: '值班', number, trunk: 'carrier', shows: '12345', ringTimeoutMs: 28_000, headers: {} },
    })),
  },
};

let keys = 0;
/** Under a key of its own, unless one is given. */
export function asks(act: Act, by = 'agent1', key: string | null = null): CallEvent {
  keys += 1;
  return { type: 'act', by, act, key: key ?? `key${keys}` };
}

export function talkIn(call: Call): Conversation {
  const talk = talkOf(call);
  if (talk === null) throw new Error(`nobody talks in ${call.state}`);
  return talk;
}

/** The latest leg. */
export const newest = (call: Call): string => talkIn(call).parties.at(-1)?.id ?? 'none';
export const picksUp = (call: Call): CallEvent => ({ type: 'legAnswered', leg: newest(call) });
export const isJoined =
  (outcome: 'done' | 'failed' = 'done') =>
  (call: Call): CallEvent => {
    const channel = newest(call);
    const place = placesOf(call, talkIn(call)).get(channel);
    return { type: 'joinDone', channel, bridge: place ?? 'none', outcome };
  };
export const talking = (): Call => inState('talking');
const comes = [picksUp, isJoined()] as const;

/** A talk in each phase, and in those that differ by who is in it. */
export function inPhase(phase: Phase, whom: PartyTarget = COLLEAGUE): Call {
  switch (phase) {
    case 'together':
      return talking();
    case 'citizenHeld':
      return lead(talking(), asks({ kind: 'hold' }));
    case 'calling':
      return lead(talking(), asks({ kind: 'consult', target: whom }));
    case 'consulting':
      return lead(inPhase('calling', whom), ...comes);
    case 'swapped':
      return lead(inPhase('consulting', whom), asks({ kind: 'swap' }));
    case 'transferring':
      return lead(talking(), asks({ kind: 'transfer', target: whom }));
    default:
      return phase satisfies never;
  }
}
export const threeWay = (whom: PartyTarget = UNIT): Call =>
  lead(talking(), asks({ kind: 'invite', target: whom }), ...comes);

export const TALKS: readonly Call[] = [
  ...[COLLEAGUE, UNIT].flatMap((whom) =>
    (['together', 'citizenHeld', 'calling', 'consulting', 'swapped', 'transferring'] as const).map((phase) =>
      inPhase(phase, whom),
    ),
  ),
  threeWay(),
  threeWay(COLLEAGUE),
  threeWay(POLICE),
  // A second failure to join is the last.
  lead(inPhase('citizenHeld'), asks({ kind: 'resume' }), citizenNotJoined()),
];

export function citizenNotJoined(): CallEvent {
  return { type: 'joinDone', channel: 'channel', bridge: 'c.b', outcome: 'failed' };
}

/** Everything that may happen to a talk, whoever is in it. */
export function eventsOfTalk(call: Call): CallEvent[] {
  const legs = [...(talkOf(call)?.parties.map(({ id }) => id) ?? []), 'c.a99'];
  const acts: Act[] = [
    { kind: 'hold' },
    { kind: 'resume' },
    { kind: 'mute', party: null },
    { kind: 'mute', party: 'citizen' },
    { kind: 'unmute', party: null },
    { kind: 'digits', digits: '12#', party: null },
    ...[COLLEAGUE, UNIT, POLICE].flatMap((target): Act[] => [
      { kind: 'transfer', target },
      { kind: 'consult', target },
      { kind: 'invite', target },
    ]),
    { kind: 'transfer', target: { kind: 'queue', queue: 'desk' } },
    { kind: 'swap' },
    { kind: 'cancel', party: null },
    { kind: 'complete' },
    { kind: 'merge' },
    { kind: 'accepted', party: null },
    { kind: 'leave' },
    ...legs.map((party): Act => ({ kind: 'remove', party })),
  ];
  return [
    ...acts.flatMap((act) => ['agent1', 'agent2', 'stranger'].map((by) => asks(act, by))),
    ...legs.flatMap((leg): CallEvent[] => [
      { type: 'legAnswered', leg },
      legEnded(leg),
      legEnded(leg, 'busy'),
      legEnded(leg, 'unknown', true),
      { type: 'misplaced', channel: leg },
      { type: 'takenOver', leg: 'call1.l1', by: 'lead1', from: leg },
      ...['c.b', talkOf(call)?.aside ?? 'c.b2'].flatMap((bridge) =>
        (['done', 'failed', 'gone'] as const).map(
          (outcome): CallEvent => ({ type: 'joinDone', channel: leg, bridge, outcome }),
        ),
      ),
    ]),
    citizenNotJoined(),
    ...['agent1', 'agent2', 'stranger'].map(
      (agentId): CallEvent => ({ type: 'answerWanted', agentId, phone: 'phone' }),
    ),
    { type: 'joinDone', channel: 'channel', bridge: 'c.b', outcome: 'done' },
    { type: 'misplaced', channel: 'channel' },
    { type: 'agentReleases' },
    { type: 'agentReleases', agentId: 'agent1' },
    { type: 'agentReleases', agentId: 'agent2' },
  ];
}

/** Who is on call is called into it: rung, asked for his key, and there. */
export const bridged = (): Call => lead(talking(), asks(BRIDGE));
export const asked = (): Call => lead(bridged(), picksUp);
export const onCallThere = (): Call => lead(asked(), keyOf, isJoined());

function keyOf(call: Call): CallEvent {
  return { type: 'legDigit', leg: newest(call), digit: '1' };
}

/** What may happen to those who are called, beside what happens in every talk. */
export const eventsOfBridge = (call: Call): CallEvent[] => [
  asks(BRIDGE),
  ...(talkOf(call)?.parties ?? []).flatMap(({ id, asks: playback }): CallEvent[] => [
    { type: 'legDigit', leg: id, digit: '1' },
    ...(playback === undefined ? [] : [{ type: 'playbackEnded', playback, end: 'finished' } as const]),
  ]),
];

/** An agent's page is away, there again, or away for longer than it is waited for. */
export const PAGES = [
  { rejoinsAt: () => null },
  { rejoinsAt: () => 'phone1', laterMs: 2_000 },
  { rejoinsAt: () => null, laterMs: 31_000 },
];

/** The page of who leads the talk is gone. */
export const lost = (call: Call, leg = 'c.a1'): Call =>
  decide(call, legEnded(leg, 'unknown', true), { ...at(40_000), rejoinsAt: () => null }).call;

/** It is there again: it rings. */
export const rungAgain = (call: Call): Call =>
  decide(call, timeout(call), { ...at(42_000), rejoinsAt: () => 'phone1' }).call;

/** Talks in which a page is lost, or may be. */
export const LOST: readonly Call[] = [
  inPhase('together'),
  inPhase('citizenHeld'),
  inPhase('consulting'),
  threeWay(COLLEAGUE),
  threeWay(POLICE),
  lost(inPhase('together')),
  rungAgain(lost(inPhase('together'))),
  lead(rungAgain(lost(inPhase('together'))), picksUp),
  lost(threeWay(COLLEAGUE)),
  rungAgain(lost(threeWay(COLLEAGUE))),
  lost(threeWay(POLICE)),
];

/** What may happen to who is waited for, beside what happens in every talk. */
export const eventsOfRejoining = (call: Call): CallEvent[] => [
  asks({ kind: 'reconnect' }),
  asks({ kind: 'reconnect' }, 'agent2'),
  ...(talkOf(call)?.parties ?? []).flatMap(({ id, asks: playback }): CallEvent[] => [
    { type: 'legEnded', leg: id, reason: 'unreachable', phoneLost: true },
    legEnded(id, 'unknown'),
    ...(playback === undefined ? [] : [{ type: 'playbackEnded', playback, end: 'finished' } as const]),
  ]),
];
