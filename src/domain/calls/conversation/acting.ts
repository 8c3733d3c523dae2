import type { Call } from '../call.ts';
import type { CallCommand } from '../call-command.ts';
import type { CallContext } from '../call-context.ts';
import { CALL_REASONS } from '../call-reasons.ts';
import type { CallFact } from '../facts.ts';
import type { Step } from '../steps.ts';
import { enterQueue } from '../waiting.ts';
import { type Act, CITIZEN } from './acts.ts';
import { consulting } from './consulting.ts';
import {
  type Conversation,
  changed,
  isComing,
  type Party,
  partyOf,
  partyOfAgent,
  unacceptedIn,
  without,
} from './conversation.ts';
import { openBridge } from './emergency-bridge.ts';
import { clearing, dropped, leaving } from './gone.ts';
import { hearerOf, refusalOf } from './permits.ts';
import { bridgesGone, unmuted } from './places.ts';
import { isRejoining, mayRejoin, rejoin } from './rejoining.ts';
import { rung } from './ringing.ts';
import { talkOf } from './talk-of.ts';
import { carry } from './turn.ts';
import type { Turn } from './turned.ts';

/** How many keys of commands a call remembers. */
const DONE_KEPT = 32;

/** An agent's act. Under a key that was carried out already it is the same act, and changes nothing. */
export function act(
  call: Call,
  event: { readonly by: string; readonly act: Act; readonly key: string },
  context: CallContext,
): Step<'talking' | 'queued'> | null {
  const talk = talkOf(call);
  if (talk === null || (call.actsDone ?? []).includes(event.key)) return null;
  if (refusalOf(talk, event.by, event.act) !== null) return null;
  const actsDone = [...(call.actsDone ?? []), event.key].slice(-DONE_KEPT);
  const done: CallFact = { type: 'commandDone', act: event.act.kind, by: event.by, key: event.key };
  const actor = partyOfAgent(talk, event.by);
  if (event.act.kind === 'transfer' && event.act.target.kind === 'queue' && actor !== null) {
    const step = toOtherQueue(call, talk, { actor, by: event.by, queue: event.act.target.queue }, context);
    return { ...step, change: { ...step.change, actsDone }, facts: [done, ...(step.facts ?? [])] };
  }
  const turn = turnOf(call, talk, event.by, actor, event.act, context);
  if (turn === null) return null;
  const told = { ...turn, change: { ...turn.change, actsDone }, facts: [done, ...(turn.facts ?? [])] };
  return carry(call, talk, told, context);
}

function turnOf(
  call: Call,
  talk: Conversation,
  by: string,
  actor: Party | null,
  one: Act,
  context: CallContext,
): Turn | null {
  if (one.kind === 'cancel') return cancelled(talk, by, actor, one.party);
  if (actor === null) return null;
  const { nowMs } = context;
  switch (one.kind) {
    case 'hold':
      return held(talk, { why: 'hold', by, sinceMs: nowMs, reminders: 0 });
    case 'resume':
      return talk.citizen.held === null
        ? null
        : { talk: { ...talk, citizen: { ...talk.citizen, held: null } } };
    case 'reconnect':
      return mayRejoin(call, actor, context) ? rejoin(call, talk, actor, 'phoneLost', context) : null;
    case 'mute':
    case 'unmute':
      return muted(talk, one.party ?? actor.id, one.kind === 'mute', by);
    case 'digits':
      return digits(call, talk, { actor, by, digits: one.digits, party: one.party });
    case 'invite': {
      const { talk: next, ...told } = rung(call, talk, one.target, { role: 'invited', by }, nowMs);
      return { talk: next, ...told };
    }
    case 'emergencyBridge': {
      const bridge = openBridge(by, one.order);
      return { talk: { ...talk, bridge }, facts: [{ type: 'bridgeOpened', list: bridge.list, by }] };
    }
    case 'transfer':
      return one.target.kind === 'queue'
        ? null
        : passedOn(call, talk, { actor, by, target: one.target }, nowMs);
    case 'remove': {
      const party = partyOf(talk, one.party);
      return party === null ? null : { talk: without(talk, party.id), gone: [dropped(party, 'removed', by)] };
    }
    case 'accepted': {
      const party = one.party === null ? unacceptedIn(talk) : partyOf(talk, one.party);
      if (party?.who.kind !== 'emergency' || party.who.accepted) return null;
      const { desk } = party.who;
      return {
        talk: changed(talk, party.id, { who: { ...party.who, accepted: true } }),
        facts: [{ type: 'emergencyAccepted', leg: party.id, desk, by }],
      };
    }
    case 'leave':
      return { talk: without(talk, actor.id), gone: [dropped(actor, 'left', by)] };
    case 'consult':
    case 'swap':
    case 'complete':
    case 'merge':
      return consulting(call, talk, { actor, by, act: one }, nowMs);
    default:
      return one satisfies never;
  }
}

function held(talk: Conversation, now: NonNullable<Conversation['citizen']['held']>): Turn | null {
  if (talk.citizen.held !== null) return null;
  return { talk: { ...talk, citizen: { ...talk.citizen, held: now } } };
}

function muted(talk: Conversation, id: string, wanted: boolean, by: string): Turn | null {
  const is = id === CITIZEN ? talk.citizen.muted : partyOf(talk, id)?.muted;
  if (is === undefined || is === wanted) return null;
  const next =
    id === CITIZEN
      ? { ...talk, citizen: { ...talk.citizen, muted: wanted } }
      : changed(talk, id, { muted: wanted });
  return { talk: next, facts: [{ type: wanted ? 'muted' : 'unmuted', leg: id, by }] };
}

function digits(
  call: Call,
  talk: Conversation,
  { actor, by, digits: keys, party }: { actor: Party; by: string; digits: string; party: string | null },
): Turn | null {
  const hearer = hearerOf(talk, actor, party);
  if (hearer === null) return null;
  const command: CallCommand = {
    kind: 'sendDigits',
    channel: hearer === CITIZEN ? call.channel : hearer,
    digits: keys,
  };
  // Only how many: they may be a password.
  return { talk, commands: [command], facts: [{ type: 'digitsSent', leg: hearer, count: keys.length, by }] };
}

/** null: all that is on its way by this agent. A consultation ends by it as well, answered or not. */
function cancelled(talk: Conversation, by: string, actor: Party | null, wanted: string | null): Turn | null {
  const isOff = wanted === null && talk.bridge?.state === 'calling' && mayCallOff(talk, talk.bridge.by, by);
  const mine = (party: Party): boolean => {
    // He has the citizen, and is on nobody's errand.
    if (isRejoining(party)) return false;
    if (wanted !== null) return party.id === wanted;
    if (party.role === 'consulted') return talk.consultBy === actor?.id;
    // Whoever calls a bridge off that is another's: nobody whom it rings is to ring on.
    return isComing(party) && (party.by === by || (isOff && party.who.kind === 'onCall'));
  };
  const ending = talk.parties.filter((one) => (isComing(one) || one.role === 'consulted') && mine(one));
  if (ending.length === 0 && !isOff) return null;
  const bridge = isOff && talk.bridge != null ? { ...talk.bridge, state: 'calledOff' as const } : talk.bridge;
  return {
    talk: {
      ...talk,
      ...(bridge === undefined ? {} : { bridge }),
      parties: talk.parties.filter((one) => !ending.includes(one)),
    },
    gone: ending.map((one) => dropped(one, 'cancelled', by)),
    facts: isOff && talk.bridge != null ? [calledOff(talk.bridge.list, by)] : [],
    left: CALL_REASONS.transferCancelled().zh,
  };
}

const calledOff = (list: string, by: string): CallFact => ({
  type: 'bridgeOver',
  list,
  how: 'calledOff',
  by,
});

/** Whose emergency bridge it is, or anybody once he has left: what a colleague cancels is his own. */
const mayCallOff = (talk: Conversation, opener: string, by: string): boolean =>
  opener === by || partyOfAgent(talk, opener) === null;

function passedOn(
  call: Call,
  talk: Conversation,
  asked: { actor: Party; by: string; target: Extract<Act, { kind: 'consult' }>['target'] },
  nowMs: number,
): Turn {
  const { actor, by, target } = asked;
  const { party, ...next } = rung(call, talk, target, { role: 'transferred', by }, nowMs);
  return {
    ...next,
    talk: { ...without(next.talk, actor.id), sender: by },
    gone: [dropped(actor, 'transferred', by)],
    facts: [...next.facts, { type: 'transferred', how: 'blind', to: party.id, by }],
  };
}

function toOtherQueue(
  call: Call,
  talk: Conversation,
  { actor, by, queue }: { actor: Party; by: string; queue: string },
  context: CallContext,
): Step<'queued'> {
  const reason = CALL_REASONS.transferred().zh;
  const entered = enterQueue(call, context, { queue, priority: 'cutOff', reason });
  const gone = dropped(actor, 'transferred', by);
  return {
    ...entered,
    change: { ...entered.change, conversation: null, leg: null, givenTo: queue },
    commands: [
      ...clearing(call, gone, context),
      ...bridgesGone(call, talk),
      ...unmuted(call, talk),
      ...(entered.commands ?? []),
    ],
    facts: [
      { type: 'transferred', how: 'queue', to: queue, by },
      ...leaving([gone]),
      ...(entered.facts ?? []),
    ],
  };
}
