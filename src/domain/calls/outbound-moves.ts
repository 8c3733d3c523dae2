import type { DialOutcome, ToldOutcome } from '../callbacks/dial-outcome.ts';
import type { Call } from './call.ts';
import type { AgentChange, CallCommand } from './call-command.ts';
import { talkOf } from './conversation/talk-of.ts';
import type { CallFact } from './facts.ts';
import { type HangupReason, missReason } from './hangup.ts';
import { isOutbound, type Outbound } from './outbound.ts';
import { agentOf, bridgeOf, legEndedFact, RING_GRACE_MS, type Step } from './steps.ts';

// Calls to citizens. The agent's telephone first; then the citizen's, with both in one bridge from the first tone on.
// Whatever ends it before they talk lets the agent go after a short wrap-up, and says how it went.

/** Of the states before the talk; null in every other. */
export function outboundTimeoutMs({ state, leg, outbound }: Call): number | null {
  if (state === 'callingAgent') {
    return (leg?.kind === 'agent' ? leg.ringTimeoutMs : (outbound?.unitRingMs ?? 0)) + RING_GRACE_MS;
  }
  const rings = state === 'dialling' || state === 'callingCitizen';
  return rings ? (outbound?.ringTimeoutMs ?? 0) + RING_GRACE_MS : null;
}

/** The agent is there: now the citizen's telephone. */
export function agentThere(call: Call, leg: string): Step<'dialling'> | null {
  if (leg !== call.leg?.id || !isOutbound(call)) return null;
  const { trunk, callerId, ringTimeoutMs, purpose } = call.outbound;
  return {
    to: 'dialling',
    change: { outbound: { ...call.outbound, dialled: true } },
    commands: [
      ...agentOf(call.leg, { type: 'answered' }),
      { kind: 'ringCitizen', number: call.callerNumber, trunk, callerId, ringTimeoutMs },
      { kind: 'connect', bridge: bridgeOf(call), leg },
    ],
    facts: [
      { type: 'legAnswered', leg },
      { type: 'legRang', leg: call.channel, agentId: null, number: null, reason: purpose },
    ],
  };
}

/** The agent did not take it, or it is wanted no more: the citizen's telephone was never tried. */
export function notPlaced(
  call: Call,
  how: string,
  change: AgentChange,
  clearing: readonly CallCommand[],
): Step<'ended'> {
  return {
    to: 'ended',
    change: { leg: null, releasedBy: 'system' },
    commands: [...clearing, ...agentOf(call.leg, change)],
    facts: [...legEndedFact(call.leg, how), ended(call, 'system', how)],
  };
}

export function agentNotThere(
  call: Call,
  leg: string,
  reason: HangupReason,
  phoneLost: boolean,
): Step<'ended'> | null {
  if (leg !== call.leg?.id) return null;
  const why = phoneLost ? 'phoneUnreachable' : missReason(reason);
  const clearing = phoneLost || reason === 'unknown' ? hangupLeg(call, 'unreachable') : [];
  return notPlaced(call, reason, { type: 'failed', reason: why }, clearing);
}

export const agentSilent = (call: Call): Step<'ended'> =>
  notPlaced(call, 'noAnswer', { type: 'failed', reason: 'missed' }, hangupLeg(call, 'noAnswer'));

export const calledOff = (call: Call, how: string): Step<'ended'> =>
  notPlaced(call, how, { type: 'withdrawn' }, hangupLeg(call, 'normal'));

/** Both are in the bridge; if not, that is tried again when the citizen answers. */
export function joined(call: Call, leg: string, done: boolean): Step<'dialling'> | null {
  if (leg !== call.leg?.id || !isOutbound(call) || !done) return null;
  return { to: 'dialling', stays: true, change: { outbound: { ...call.outbound, joined: true } } };
}

/** The citizen has answered. */
export function citizenThere(call: Call, channel: string): Step<'talking' | 'connecting'> | null {
  const { leg } = call;
  if (channel !== call.channel || leg === null || !isOutbound(call)) return null;
  const answered: CallFact = { type: 'legAnswered', leg: call.channel };
  if (!call.outbound.joined) {
    return {
      to: 'connecting',
      commands: [{ kind: 'recordCall' }, { kind: 'connect', bridge: bridgeOf(call), leg: leg.id }],
      facts: [answered],
    };
  }
  const agentId = leg.kind === 'agent' ? leg.agentId : null;
  return {
    to: 'talking',
    change: { talkedWith: leg.kind },
    // A few milliseconds: what he says meanwhile comes that much later.
    commands: [{ kind: 'recordCall' }, { kind: 'join', bridge: bridgeOf(call), channel }],
    facts: [answered, { type: 'talkStarted', leg: leg.id, agentId }],
  };
}

export function outcomeOf(reason: HangupReason): DialOutcome {
  switch (reason) {
    case 'busy':
      return 'busy';
    case 'noAnswer':
    // Our own ringing time was over.
    case 'normal':
    case 'answeredElsewhere':
      return 'noAnswer';
    case 'rejected':
      return 'rejected';
    case 'unreachable':
      return 'unreachable';
    case 'congestion':
      return 'network';
    case 'unknown':
      return 'lost';
    default:
      return reason satisfies never;
  }
}

/** Busy, silent, switched off: the agent is let go, and hears no more of it than the network said. */
export function citizenGone(call: Call, reason: HangupReason, lost: boolean): Step<'ended'> {
  const outcome = lost ? 'lost' : outcomeOf(reason);
  const told = withOutcome(call, outcome);
  return {
    to: 'ended',
    change: { ...told.change, leg: null, releasedBy: lost ? 'system' : 'caller' },
    commands: [
      // Of an end that nobody told of: the ring may only have been late, and his telephone ring yet.
      ...(reason === 'unknown' ? [{ kind: 'hangupCaller' } as const] : []),
      ...hangupLeg(call, 'normal'),
      { kind: 'destroyBridge', bridge: bridgeOf(call) },
      ...agentOf(call.leg, shortly(call)),
    ],
    facts: [
      ...told.facts,
      { type: 'legEnded', leg: call.channel, how: reason },
      ...legEndedFact(call.leg, 'normal'),
      ended(call, lost ? 'system' : 'caller', outcome),
    ],
  };
}

/** The agent's side ends it, or the time does: the citizen's telephone stops ringing. */
export function giveUp(
  call: Call,
  outcome: DialOutcome,
  how: string,
  agent: { readonly hangUp: boolean; readonly change?: AgentChange },
): Step<'releasing'> {
  const told = withOutcome(call, outcome);
  return {
    to: 'releasing',
    change: {
      ...told.change,
      leg: null,
      conversation: null,
      playback: null,
      releasedBy: how === 'timeout' ? 'system' : 'agent',
    },
    commands: [
      { kind: 'hangupCaller' },
      ...(agent.hangUp ? hangupLeg(call, 'normal') : []),
      { kind: 'destroyBridge', bridge: bridgeOf(call) },
      ...agentOf(call.leg, agent.change ?? shortly(call)),
    ],
    facts: [...told.facts, ...legEndedFact(call.leg, how)],
  };
}

/** Who answered is no citizen, says the agent who hears it: a voicemail, a recorded announcement, somebody else. */
export function toldNotReached(call: Call, outcome: ToldOutcome): Step<'releasing'> | null {
  if (!isOutbound(call) || call.leg?.kind !== 'agent') return null;
  // Whoever was called in to help has not been called in to a voicemail.
  const alone = (talkOf(call)?.parties.length ?? 1) === 1;
  return alone ? giveUp(call, outcome, 'agentReleased', { hangUp: true }) : null;
}

/** Wanted no more, and not by the agent: he is free for whoever wants him. */
export const calledBack = (call: Call, why: string): Step<'releasing'> =>
  giveUp(call, 'gaveUp', why, { hangUp: true, change: { type: 'callOver', queue: '', wrapUpMs: 0 } });

const shortly = (call: Call): AgentChange => ({
  type: 'callOver',
  queue: '',
  wrapUpMs: call.outbound?.shortWrapUpMs ?? 0,
});

const hangupLeg = ({ leg }: Call, reason: HangupReason): CallCommand[] =>
  leg === null ? [] : [{ kind: 'hangupLeg', leg: leg.id, reason }];

function withOutcome(
  { outbound }: Call,
  outcome: DialOutcome,
): { readonly change: Partial<Call>; readonly facts: readonly CallFact[] } {
  const known: Outbound | null = outbound ?? null;
  return {
    change: known === null ? {} : { outbound: { ...known, outcome } },
    facts: [{ type: 'citizenDialled', outcome }],
  };
}

const ended = ({ state }: Call, releasedBy: 'caller' | 'system', detail: string): CallFact => ({
  type: 'callEnded',
  releasedBy,
  result: 'notReached',
  detail: `${state}: ${detail}`,
});
