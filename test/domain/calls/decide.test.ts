import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/domain/calls/call.ts';
import type { CallCommand } from '../../../src/domain/calls/call-command.ts';
import type { CallEvent } from '../../../src/domain/calls/call-event.ts';
import { CALL_TABLE, type CallState } from '../../../src/domain/calls/call-table.ts';
import { adopt, decide, rescue } from '../../../src/domain/calls/decide.ts';
import { COMFORT_EVERY_MS } from '../../../src/domain/calls/steps.ts';
import type { Destination } from '../../../src/domain/hotlines/call-plan.ts';
import { RECORDING_MS } from '../../../src/domain/ivr/recording-check.ts';
import {
  announced,
  askedForReceipt,
  at,
  awaited,
  born,
  callbackOffered,
  callerEnded,
  callerLost,
  comforted,
  EXIT_MENUS,
  inState,
  joinedDialling,
  LEG,
  lead,
  legEnded,
  lookingUp,
  MENU,
  NOTICES,
  noticed,
  offered,
  placedForUnit,
  played,
  press,
  recordingEnded,
  talkingTo,
  timeout,
  toAsking,
  toCentre,
  toGoodbye,
  toQueue,
  toUnit,
  unheard,
  unitConnecting,
  withoutMenu,
} from './call-life.ts';
import { asked, eventsOfBridge, eventsOfTalk, TALKS } from './talks.ts';

/** The last announcement plays, or its key is awaited. */
const lastAnnounced = (destination: Destination, menu: string | null = null): Call =>
  lead(announced(destination, menu), played, timeout);

/** In each phase of each question, and asked for the last time. */
const SURVEYS: readonly Call[] = ['', '1', '11', '111', '1111'].flatMap((keys) => {
  const asking = lead(inState('surveying'), ...[...keys].map(press));
  const awaiting = lead(asking, played);
  const asked = lead(awaiting, timeout);
  return [asking, awaiting, asked, lead(asked, played)];
});
/** The same of a receipt. */
const RECEIPTS: readonly Call[] = (() => {
  const { call } = askedForReceipt();
  const asking = lead(call, { type: 'legAnswered', leg: call.channel });
  const awaiting = lead(asking, played);
  const asked = lead(awaiting, timeout);
  return [asking, awaiting, asked, lead(asked, played)];
})();

const STATES = Object.keys(CALL_TABLE) as CallState[];
const LIVING = STATES.filter((state) => state !== 'ended');

/** Each event that could concern this call now, in each of its shades. */
function eventsFor(call: Call): CallEvent[] {
  const leg = call.leg?.id ?? LEG;
  return [
    { type: 'answerDone', outcome: 'done' },
    { type: 'answerDone', outcome: 'failed' },
    { type: 'answerWanted', agentId: 'agent1', phone: 'phone1' },
    played(call),
    unheard(call),
    { type: 'digit', digit: '1' },
    { type: 'legDigit', leg, digit: '1' },
    { type: 'legDigit', leg, digit: '2' },
    { type: 'digit', digit: '2' },
    { type: 'digit', digit: '0' },
    { type: 'digit', digit: '2' },
    { type: 'digit', digit: '4' },
    { type: 'digit', digit: '6' },
    { type: 'digit', digit: '#' },
    { type: 'callerKnown', caller: { language: null, hasOpenTicket: true, vulnerable: false } },
    { type: 'ticketLookedUp', lookup: 'c.q1', found: { kind: 'found', prompts: ['ticket-handling'] } },
    { type: 'ticketLookedUp', lookup: 'c.q1', found: { kind: 'notFound' } },
    recordingEnded('silent'),
    recordingEnded('silent', { durationMs: 0 }),
    recordingEnded('hungUp'),
    recordingEnded('failed'),
    { type: 'digit', digit: '5' },
    { type: 'digit', digit: '9' },
    offered,
    { type: 'legAnswered', leg },
    { type: 'legAnswered', leg: call.channel },
    legEnded(leg),
    legEnded(leg, 'busy'),
    legEnded(leg, 'unknown', true),
    { type: 'connectDone', leg, outcome: 'done' },
    { type: 'connectDone', leg, outcome: 'failed' },
    { type: 'agentReleases' },
    { type: 'notReached', outcome: 'machine' },
    { type: 'calledOff', why: 'calledIn' },
    { type: 'placeKept', queue: 'desk', sinceMs: -5, priority: 1, callback: 'callback1' },
    { type: 'queueGone', to: 'general' },
    { type: 'lookAround' },
    { type: 'musicInDoubt' },
    callerEnded,
    callerLost,
    timeout(call),
  ];
}
const allowed = (state: CallState, type: string): readonly string[] | undefined =>
  (CALL_TABLE[state].on as Record<string, readonly string[]>)[type];
const kinds = (commands: readonly CallCommand[]): string[] => commands.map(({ kind }) => kind);

describe.each(STATES)('%s', (state) => {
  test('heeds what the table lists and nothing else', () => {
    const call = inState(state);
    expect(call.state).toBe(state);
    for (const event of eventsFor(call)) {
      const next = decide(call, event, at(2_000));
      const to = allowed(state, event.type);
      if (to === undefined) expect(next, event.type).toEqual({ call, commands: [], facts: [] });
      else if (next.call !== call) expect(to, event.type).toContain(next.call.state);
    }
  });

  test('an event of another leg, playback or moment changes nothing', () => {
    const call = inState(state);
    const strangers: CallEvent[] = [
      { type: 'legAnswered', leg: 'c.a99' },
      legEnded('c.a99'),
      { type: 'legDigit', leg: 'c.a99', digit: '1' },
      { type: 'connectDone', leg: 'c.a99', outcome: 'done' },
      { type: 'playbackEnded', playback: 'c.p99', end: 'finished' },
      { type: 'ticketLookedUp', lookup: 'c.q99', found: { kind: 'notFound' } },
      recordingEnded('silent', { recording: 'c.m99' }),
      { type: 'timeout', epoch: call.epoch - 1 },
    ];
    for (const event of strangers) expect(decide(call, event, at(2_000)).call).toBe(call);
  });
});

test.each(LIVING)('%s: entered with a timer, left by its timeout and by the caller’s end', (state) => {
  const call = inState(state);
  const timed = decide(call, timeout(call), at(700_000));
  expect(timed.call.epoch).toBeGreaterThan(call.epoch);
  if (timed.call.state !== 'ended') {
    expect(timed.commands.filter(({ kind }) => kind === 'timer')).toHaveLength(1);
  }
  const gone = decide(call, callerEnded, at(2_000));
  expect(gone.call).toMatchObject({ state: 'ended', leg: null, waiting: null });
  expect(gone.facts.filter(({ type }) => type === 'callEnded')).toHaveLength(1);
  expect(kinds(gone.commands).includes('leaveQueue')).toBe(call.waiting !== null);
  expect(kinds(gone.commands).includes('hangupLeg')).toBe(call.leg !== null);
});

test('every edge of the table is walked, and every state reached from the arrival or from a call that we make', () => {
  const walked = new Set<string>();
  const starts = [
    ...STATES.map(inState),
    unitConnecting(),
    comforted(),
    callbackOffered(),
    noticed(),
    lead(noticed(), offered),
    joinedDialling(),
    placedForUnit().call,
    lead(joinedDialling(), (call) => ({ type: 'legAnswered', leg: call.channel })),
    lead(comforted(), offered),
    lead(unitConnecting(), (call) => ({
      type: 'connectDone',
      leg: call.leg?.id ?? '',
      outcome: 'done',
    })),
    lead(born(toUnit).call, { type: 'answerDone', outcome: 'done' }),
    lead(born(toQueue, MENU.code).call, { type: 'answerDone', outcome: 'done' }),
    lead(born(toGoodbye).call, { type: 'answerDone', outcome: 'done' }),
    lead(born(toQueue, null, NOTICES).call, { type: 'answerDone', outcome: 'done' }),
    ...[toQueue, toUnit, toGoodbye].map((destination) => lastAnnounced(destination)),
    lead(born(toGoodbye).call, { type: 'answerDone', outcome: 'done' }, played),
    lastAnnounced(toQueue, MENU.code),
    lead(born(toUnit, 'gone').call, { type: 'answerDone', outcome: 'done' }),
    lead(awaited(), timeout, played),
    withoutMenu(toQueue),
    withoutMenu(toUnit),
    withoutMenu(toGoodbye),
    lookingUp(),
    ...EXIT_MENUS.flatMap((menu) => [
      lookingUp(menu),
      lead(born(toQueue, menu).call, { type: 'answerDone', outcome: 'done' }, played),
      // Its key is awaited, and there is no second try.
      lead(born(toQueue, menu).call, { type: 'answerDone', outcome: 'done' }, played, played),
    ]),
    ...[[], NOTICES].map((announcements) =>
      lead(born(toQueue, MENU.code, announcements).call, { type: 'answerDone', outcome: 'done' }, press('6')),
    ),
    lead(announced(toQueue, MENU.code), press('6'), played, timeout),
    lead(inState('recording'), recordingEnded('silent', { durationMs: 0 }), played),
    talkingTo(toAsking),
    ...SURVEYS,
    ...RECEIPTS,
    lead(inState('rating'), timeout),
    // A desk whose citizens may leave a message before long.
    lead(
      born({ kind: 'queue', queue: 'last', reason: 'test' }).call,
      { type: 'answerDone', outcome: 'done' },
      played,
    ),
  ];
  for (const call of starts)
    for (const event of eventsFor(call)) {
      const next = decide(call, event, at(2_000)).call;
      if (next !== call) walked.add(`${call.state} ${event.type} ${next.state}`);
    }
  for (const call of [...TALKS, asked()])
    for (const event of [...eventsOfTalk(call), ...eventsOfBridge(call), timeout(call)]) {
      const next = decide(call, event, at(40_000)).call;
      if (next !== call) walked.add(`${call.state} ${event.type} ${next.state}`);
    }
  const listed = Object.entries(CALL_TABLE).flatMap(([state, { on }]) =>
    Object.entries(on).flatMap(([event, to]) =>
      (to as readonly string[]).map((one) => `${state} ${event} ${one}`),
    ),
  );
  expect([...walked].sort()).toEqual(listed.sort());

  const reached = new Set<string>(['arrived', 'callingAgent', 'callingCitizen']);
  for (let grown = true; grown; ) {
    grown = false;
    for (const edge of listed) {
      const [from = '', , to = ''] = edge.split(' ');
      if (reached.has(from) && !reached.has(to)) grown = reached.add(to).size > 0;
    }
  }
  expect(reached).toEqual(new Set(STATES));
});

test('nobody who has not talked is hung up on, but for whom the rules say good-bye to', () => {
  for (const call of [...STATES.map(inState), lead(announced(toGoodbye), played, timeout, played)]) {
    for (const event of eventsFor(call)) {
      const { commands } = decide(call, event, at(2_000));
      if (!kinds(commands).includes('hangupCaller')) continue;
      const { talkedWith, plan, message, outbound } = call;
      const informed = plan.destination.kind === 'goodbye' || message != null;
      expect(talkedWith !== null || informed || outbound != null).toBe(true);
    }
  }
});

test('rescued from whatever state: with a timer, and heading to somebody', () => {
  for (const call of LIVING.map(inState)) {
    const { call: next, commands } = rescue(call, at(2_000));
    expect(kinds(commands), call.state).toContain('timer');
    expect(kinds(commands), call.state).not.toContain('hangupCaller');
    const placed =
      call.leg !== null ||
      call.waiting !== null ||
      /callingCitizen|rating|goodbye|releasing/.test(call.state);
    expect(next.state).toBe(placed ? call.state : 'queued');
    expect(next.epoch).toBeGreaterThan(call.epoch);
  }
});

test('an offer that fails keeps the place and blames the agent, whatever the reason', () => {
  const call = inState('ringingAgent');
  const cases = [
    [legEnded(LEG, 'normal'), 'undelivered'],
    [legEnded(LEG, 'busy'), 'rejected'],
    [legEnded(LEG, 'unknown', true), 'phoneUnreachable'],
    [timeout(call), 'missed'],
  ] as const;
  for (const [event, reason] of cases) {
    const next = decide(call, event, at(3_000));
    expect(next.call).toMatchObject({ state: 'queued', leg: null, waiting: call.waiting });
    expect(next.commands).toContainEqual({
      kind: 'agent',
      agentId: 'agent1',
      change: { type: 'failed', reason },
    });
    expect(kinds(next.commands)).toContain('giveBack');
    expect(kinds(next.commands)).not.toContain('joinQueue');
  }
});

test('the agent hangs up first: goodbye, then the citizen is released', () => {
  const next = decide(inState('talking'), legEnded(LEG), at(3_000));
  expect(kinds(next.commands)).toEqual(['agent', 'destroyBridge', 'play', 'timer']);
  expect(next.call).toMatchObject({ state: 'goodbye', releasedBy: 'agent' });
  const end = decide(lead(next.call, played), callerEnded, at(5_000));
  expect(end.facts).toContainEqual({
    type: 'callEnded',
    releasedBy: 'agent',
    result: 'answeredByAgent',
    detail: 'releasing: normal',
  });
});

test('the phone is lost in the middle of the talk: back to the head of the queue, with music', () => {
  const next = decide(inState('talking'), legEnded(LEG, 'unknown', true), at(9_000));
  expect(next.call).toMatchObject({ state: 'queued', waiting: { priority: 0, queue: 'desk' }, leg: null });
  expect(kinds(next.commands)).toEqual([
    // His place before his agent: else one who is free by it would be given to another.
    'joinQueue',
    'hangupLeg',
    'agent',
    'destroyBridge',
    'startMusic',
    'timer',
  ]);
});

test('a unit that does not take the call: announcement, then the hotline’s queue', () => {
  const returning = decide(inState('ringingOutside'), legEnded('c.u1', 'busy'), at(3_000));
  expect(returning.call.state).toBe('returning');
  expect(returning.commands[0]).toMatchObject({ kind: 'play', prompts: ['return-busy'] });
  const queued = decide(returning.call, played(returning.call), at(5_000));
  expect(queued.call).toMatchObject({ state: 'queued', waiting: { queue: 'general', priority: 5 } });
  expect(queued.facts[0]).toEqual({ type: 'announcementPlayed', prompt: 'return-busy', end: 'finished' });
});

test('the return says what happened, and a silent leg is taken down first', () => {
  const ringing = inState('ringingOutside');
  const said = (event: CallEvent) =>
    decide(ringing, event, at(3_000)).commands.flatMap((one) => (one.kind === 'play' ? one.prompts : []));
  const ends = ['busy', 'noAnswer', 'rejected', 'unreachable', 'congestion', 'unknown'] as const;
  expect(ends.map((reason) => said({ type: 'legEnded', leg: 'c.u1', reason, phoneLost: false })[0])).toEqual([
    'return-busy',
    'return-no-answer',
    'return-refused',
    'return-unreachable',
    'return-unreachable',
    'return-unreachable',
  ]);
  expect(said(timeout(ringing))).toEqual(['return-no-answer']);
  expect(kinds(decide(ringing, timeout(ringing), at(3_000)).commands)[0]).toBe('hangupLeg');
});

test('another centre is rung, connected and given up like a unit, under its own name', () => {
  const ringing = lead(born(toCentre).call, { type: 'answerDone', outcome: 'done' }, played);
  expect(ringing).toMatchObject({ state: 'ringingOutside', leg: { kind: 'centre', id: 'c.c1' } });
  const talking = lead(
    ringing,
    { type: 'legAnswered', leg: 'c.c1' },
    { type: 'connectDone', leg: 'c.c1', outcome: 'done' },
  );
  expect(talking).toMatchObject({ state: 'talking', talkedWith: 'centre' });
  expect(decide(talking, callerEnded, at(9_000)).facts).toContainEqual(
    expect.objectContaining({ type: 'callEnded', result: 'answeredByCentre', releasedBy: 'caller' }),
  );
  expect(lead(talking, legEnded('c.c1'))).toMatchObject({ state: 'goodbye', releasedBy: 'centre' });
  expect(lead(ringing, legEnded('c.c1', 'busy'), played)).toMatchObject({
    state: 'queued',
    waiting: { queue: 'general' },
  });
  const { plan, id, channel, dialled, callerNumber, configurationVersion } = ringing;
  const arrival = { plan, id, channel, dialled, callerNumber, configurationVersion };
  const adopted = adopt(arrival, [{ leg: 'c.c1', agentId: null }], 500, at(9_000));
  expect(adopted.call.leg).toEqual({ kind: 'centre', id: 'c.c1', address: 'sip:12345@192.0.2.7:5070' });
});

test('a good-bye that the rules provide: said, released, and told as what it was', () => {
  const greeted = lead(born(toGoodbye).call, { type: 'answerDone', outcome: 'done' });
  const bye = decide(greeted, played(greeted), at(2_000));
  expect(bye.commands[0]).toMatchObject({ kind: 'play', prompts: ['transition-ended'] });
  const released = decide(bye.call, played(bye.call), at(5_000));
  expect(kinds(released.commands)).toEqual(['hangupCaller', 'timer']);
  expect(released.facts).toEqual([
    { type: 'announcementPlayed', prompt: 'transition-ended', end: 'finished' },
  ]);
  const ending = (call: Call) => decide(call, callerEnded, at(6_000)).facts.at(-1);
  expect(ending(released.call)).toMatchObject({ result: 'informed', releasedBy: 'system' });
  expect(ending(bye.call)).toMatchObject({ result: 'informed', releasedBy: 'caller' });
  expect(ending(greeted)).toMatchObject({ result: 'abandoned' });
  const silent = lead(born({ ...toGoodbye, prompts: [] }).call, { type: 'answerDone', outcome: 'done' });
  expect(decide(silent, played(silent), at(2_000)).commands[0]).toMatchObject({ prompts: ['goodbye'] });
});

test('who was to be informed and heard nothing of it is given a person; who was refused is not', () => {
  const answered: CallEvent = { type: 'answerDone', outcome: 'done' };
  const ending = (call: Call) =>
    decide(call, callerEnded, at(2_000)).facts.find(({ type }) => type === 'callEnded');
  const cutOff = (call: Call) => ({ ...played(call), end: 'cancelled' }) as CallEvent;
  for (const end of [unheard, cutOff]) {
    const bye = lead(born(toGoodbye).call, answered, played);
    const next = decide(bye, end(bye), at(2_000));
    expect(next.call).toMatchObject({ state: 'queued', waiting: { queue: 'general' }, releasedBy: null });
    expect(kinds(next.commands)).toEqual(['startMusic', 'joinQueue', 'timer']);
    expect(ending(next.call)).toMatchObject({ result: 'abandoned', releasedBy: 'caller' });
    const refused = lead(born({ ...toGoodbye, result: 'refused' }).call, answered, played);
    expect(lead(refused, end)).toMatchObject({ state: 'releasing' });
  }
  // Where the greeting says it, as of a number that is no more.
  const greeting = lead(born(toGoodbye).call, answered);
  expect(lead(greeting, unheard)).toMatchObject({ state: 'queued', waiting: { queue: 'general' } });
  expect(lead(inState('greeting'), unheard)).toMatchObject({ waiting: { queue: 'desk' } });
  // After a talk it is only politeness.
  expect(lead(inState('goodbye'), unheard)).toMatchObject({ state: 'releasing' });
});

test('the longest recording that is taken in as a prompt is heard to its end, wherever it is played', () => {
  const [, longestMs] = RECORDING_MS;
  const answered: CallEvent = { type: 'answerDone', outcome: 'done' };
  const greeted = (...plan: Parameters<typeof born>): Call => lead(born(...plan).call, answered);
  const [noticed, asked, told] = [
    greeted(toQueue, null, NOTICES),
    greeted(toQueue, MENU.code),
    greeted(toGoodbye),
  ];
  const entered: readonly (readonly [CallState, Call, CallEvent])[] = [
    ['greeting', inState('arrived'), answered],
    ['announcing', noticed, played(noticed)],
    ['menu', asked, played(asked)],
    ['askingMessage', awaited(), press('6')],
    ['returning', inState('ringingOutside'), legEnded('c.u1', 'busy')],
    ['goodbye', told, played(told)],
  ];
  for (const [state, call, event] of entered) {
    const { call: now, commands } = decide(call, event, at(1_000));
    expect(now.state).toBe(state);
    const [timer] = commands.flatMap((command) => (command.kind === 'timer' ? [command.afterMs] : []));
    expect(timer, state).toBeGreaterThan(longestMs);
  }
});

test('who waits hears that the place is kept, and overflows at the due time, in one look after the other', () => {
  const call = inState('queued');
  const since = call.waiting?.sinceMs ?? 0;
  const overflow = decide(call, timeout(call), at(since + 20_000));
  expect(overflow.commands).toContainEqual({ kind: 'lookAlsoIn', queue: 'general' });
  expect(overflow.call.waiting).toMatchObject({
    queue: 'desk',
    sinceMs: since,
    hops: [
      { queue: 'desk', sinceMs: since },
      { queue: 'general', sinceMs: since + 20_000 },
    ],
  });
  expect(overflow.commands.at(-1)).toMatchObject({ kind: 'timer', afterMs: COMFORT_EVERY_MS - 20_000 });
  const comfort = decide(overflow.call, timeout(overflow.call), at(since + COMFORT_EVERY_MS));
  expect(comfort.commands[0]).toMatchObject({ kind: 'play', prompts: ['please-wait'] });
  const music = decide(comfort.call, played(comfort.call), at(since + COMFORT_EVERY_MS + 4_000));
  expect(music.commands).toEqual([
    { kind: 'startMusic' },
    // Looked after anew: what was due while something was being said has waited for its end.
    { kind: 'timer', epoch: comfort.call.epoch + 1, afterMs: COMFORT_EVERY_MS - 4_000 },
  ]);
  expect(music.call.sinceMs).toBe(comfort.call.sinceMs);
});

test('an announcement that is still playing is stopped before the talk', () => {
  const call = inState('queued');
  const comforting = decide(call, timeout(call), at(900_000)).call;
  const ringing = lead(comforting, offered);
  const connecting = decide(ringing, { type: 'legAnswered', leg: LEG }, at(901_000));
  expect(kinds(connecting.commands)).toEqual(['stopPlayback', 'stopMusic', 'connect', 'timer']);
});

test('result and releasing side follow the order of what happened', () => {
  const results = STATES.filter((state) => state !== 'ended').map((state) => {
    const end = decide(inState(state), callerEnded, at(2_000)).facts.find(({ type }) => type === 'callEnded');
    return [state, end?.type === 'callEnded' ? `${end.result} ${end.releasedBy}` : ''];
  });
  expect(Object.fromEntries(results)).toEqual({
    arrived: 'abandoned caller',
    callingAgent: 'notReached system',
    askingUnit: 'notReached system',
    dialling: 'notReached caller',
    callingCitizen: 'notReached caller',
    surveying: 'notReached caller',
    greeting: 'abandoned caller',
    announcing: 'informed caller',
    askingMessage: 'abandoned caller',
    recording: 'messageLeft caller',
    menu: 'abandoned caller',
    queued: 'abandoned caller',
    ringingAgent: 'abandoned caller',
    ringingOutside: 'abandoned caller',
    returning: 'abandoned caller',
    connecting: 'abandoned caller',
    talking: 'answeredByAgent caller',
    rating: 'answeredByAgent agent',
    goodbye: 'answeredByAgent agent',
    releasing: 'answeredByAgent agent',
  });
  const lost = decide(inState('queued'), callerLost, at(2_000)).facts;
  expect(lost).toContainEqual(expect.objectContaining({ result: 'lost', releasedBy: 'system' }));
});

test('the end of what is said to who waits is lost: he hears the next words all the same, and music after them', () => {
  const call = inState('queued');
  const first = decide(call, timeout(call), at(900_000)).call;
  expect(first.playback).not.toBeNull();
  const again = decide(first, timeout(first), at(900_000 + COMFORT_EVERY_MS));
  expect(again.commands.slice(0, 2)).toMatchObject([
    { kind: 'stopPlayback', playback: first.playback },
    { kind: 'play', prompts: ['please-wait'] },
  ]);
  const music = decide(again.call, played(again.call), at(900_000 + COMFORT_EVERY_MS + 4_000));
  expect(kinds(music.commands)).toEqual(['startMusic', 'timer']);
});

test('a citizen of whom nothing is known waits in the right queue, a talking one talks on', () => {
  const { plan, id, channel, dialled, callerNumber, configurationVersion } = inState('arrived');
  const arrival = { plan, id, channel, dialled, callerNumber, configurationVersion };
  const waiting = adopt(arrival, [], 500, at(9_000));
  expect(waiting.call).toMatchObject({ state: 'queued', waiting: { queue: 'desk', priority: 5 } });
  expect(kinds(waiting.commands)).toEqual(['startMusic', 'joinQueue', 'timer']);
  const ringing = decide(waiting.call, offered, at(9_000));
  expect(ringing.call.leg?.id).toBe('c.a501');
  const talking = adopt(arrival, [{ leg: LEG, agentId: 'agent1' }], 500, at(9_000));
  expect(talking.call).toMatchObject({ state: 'talking', talkedWith: 'agent', leg: { agentId: 'agent1' } });
  expect(kinds(talking.commands)).toEqual(['timer']);
  // Found with another number or an emergency desk: no agent has talked with him by that.
  for (const leg of ['c.o3', 'c.e3']) {
    const outside = adopt(arrival, [{ leg, agentId: null }], 500, at(9_000));
    expect(outside.call).toMatchObject({ talkedWith: 'unit', leg: { kind: 'unit', id: leg } });
  }
});
