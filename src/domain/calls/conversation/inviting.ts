import type { AttemptEnd } from '../../duty/ladder.ts';
import type { Call } from '../call.ts';
import { CALL_REASONS } from '../call-reasons.ts';
import { isComing, isConnected, partyOf } from './conversation.ts';
import { type EmergencyBridge, nextOf } from './emergency-bridge.ts';
import { PARTIES_MOST } from './parties-most.ts';
import { rung } from './ringing.ts';
import type { Turn } from './turned.ts';

const DROPPED: ReadonlySet<string> = new Set(['removed', 'cancelled']);

/** What became of those who were rung, as the talk has them now. */
function looked(bridge: EmergencyBridge, { talk, gone = [] }: Turn, nowMs: number): EmergencyBridge {
  const attempts = bridge.attempts.map((one) => {
    if (one.end !== 'open') return one;
    const party = partyOf(talk, one.leg);
    if (party !== null) {
      return isConnected(party) ? { ...one, end: 'confirmed' as const, endedMs: nowMs } : one;
    }
    const how = gone.find((left) => left.party.id === one.leg)?.how ?? '';
    const end: AttemptEnd = DROPPED.has(how) ? 'dropped' : 'unreached';
    return { ...one, end, endedMs: nowMs };
  });
  return { ...bridge, attempts };
}

/** After each turn of a talk with an emergency bridge: who is on call is rung as the rule says. */
export function keepInvited(call: Call, turn: Turn, nowMs: number): Turn {
  const standing = turn.talk.bridge;
  if (standing == null) return turn;
  const bridge = looked(standing, turn, nowMs);
  const kept = { ...turn, talk: { ...turn.talk, bridge } };
  if (bridge.state !== 'calling') return kept;
  const next = nextOf(bridge, nowMs);
  switch (next.kind) {
    case 'wait':
      return kept;
    case 'confirmed':
    case 'exhausted':
      return {
        ...kept,
        talk: { ...kept.talk, bridge: { ...bridge, state: next.kind } },
        facts: [...(kept.facts ?? []), { type: 'bridgeOver', list: bridge.list, how: next.kind }],
      };
    case 'call':
      return next.rungs.reduce((sofar: Turn, nth) => ringOnCall(call, sofar, nth, nowMs), kept);
    default:
      return next satisfies never;
  }
}

function ringOnCall(call: Call, turn: Turn, nth: number, nowMs: number): Turn {
  const { bridge, parties } = turn.talk;
  const person = bridge?.people[nth];
  if (bridge == null || person === undefined) return turn;
  // Who is in the talk by another way has come already; who is on his way to it is called so, and need not be twice.
  const other = parties.find(({ who }) => 'number' in who && who.number === person.number);
  if (other !== undefined && isComing(other)) {
    return withAttempt(turn, bridge, { rung: nth, atMs: nowMs, end: 'open', endedMs: null, leg: other.id });
  }
  const isThere = other !== undefined;
  if (isThere || parties.length >= PARTIES_MOST) {
    const end = isThere ? ('confirmed' as const) : ('unreached' as const);
    return withAttempt(turn, bridge, { rung: nth, atMs: nowMs, end, endedMs: nowMs, leg: '' });
  }
  const { name, number, ...way } = person;
  const who = { kind: 'onCall', name, number } as const;
  const { party, change, commands, facts, talk } = rung(
    { ...call, ...turn.change },
    turn.talk,
    { ...way, kind: 'outside', who, reason: CALL_REASONS.bridge(bridge.list).zh },
    { role: 'invited', by: bridge.by },
    nowMs,
  );
  const next: Turn = {
    ...turn,
    talk,
    change: { ...turn.change, ...change },
    commands: [...(turn.commands ?? []), ...commands],
    facts: [...(turn.facts ?? []), ...facts],
  };
  return withAttempt(next, bridge, { rung: nth, atMs: nowMs, end: 'open', endedMs: null, leg: party.id });
}

const withAttempt = (
  turn: Turn,
  bridge: EmergencyBridge,
  attempt: EmergencyBridge['attempts'][number],
): Turn => ({
  ...turn,
  talk: { ...turn.talk, bridge: { ...bridge, attempts: [...bridge.attempts, attempt] } },
});
