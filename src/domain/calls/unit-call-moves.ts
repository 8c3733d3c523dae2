import type { CallPlan } from '../hotlines/call-plan.ts';
import type { Call, Decision } from './call.ts';
import type { Outbound } from './outbound.ts';
import { agentThere, notPlaced } from './outbound-moves.ts';
import { begun } from './placing.ts';
import { type Step, said, stopping } from './steps.ts';

// A unit's own person calls the citizen of his ticket (D14). His telephone is rung first, with 12345 on it. What answers there
// may be a switchboard or a voicemail: the citizen's telephone rings only when a key was pressed. From then on it is a call to a
// citizen as an agent's is; neither side learns the other's number.

const CONFIRM_KEY = '1';
const CONFIRM_PROMPT = 'unit-call-confirm';

/** A call to a citizen, judged by the rules of calling out, with the unit's telephone from which it is made. */
export interface UnitOrder {
  readonly id: string;
  readonly number: string;
  readonly plan: CallPlan;
  readonly configurationVersion: number;
  readonly unit: { readonly number: string; readonly ringTimeoutMs: number };
  readonly outbound: Omit<Outbound, 'dialled' | 'joined' | 'outcome' | 'unitRingMs'>;
}

/** Rings the unit's telephone. */
export function placeForUnit(order: UnitOrder, nowMs: number): Decision {
  const { number, ringTimeoutMs } = order.unit;
  const { trunk, callerId, purpose } = order.outbound;
  const leg = `${order.id}.u1`;
  return begun(
    { ...order, outbound: { ...order.outbound, unitRingMs: ringTimeoutMs } },
    { kind: 'unit', id: leg, number },
    {
      command: { kind: 'ringUnit', leg, trunk, number, ringTimeoutMs, shows: callerId },
      ringTimeoutMs,
      fact: { type: 'legRang', leg, agentId: null, number, reason: purpose },
    },
    nowMs,
  );
}

/** Something answered: it is asked whether it is a person who wants this call. */
export function askUnit(call: Call, leg: string): Step<'askingUnit'> | null {
  if (leg !== call.leg?.id) return null;
  return asking(call, leg, [{ type: 'legAnswered', leg }]);
}

function asking(call: Call, leg: string, facts: Step<'askingUnit'>['facts'] = []): Step<'askingUnit'> {
  const playback = `${call.id}.p${call.playbacksMade + 1}`;
  return {
    to: 'askingUnit',
    change: { playback, playbacksMade: call.playbacksMade + 1, saying: [CONFIRM_PROMPT] },
    commands: [{ kind: 'playTo', channel: leg, playback, prompts: [CONFIRM_PROMPT] }],
    facts,
  };
}

/** Said once more for as long as the time lasts; what cannot be played is waited out in silence. */
export function unitAsked(call: Call, playback: string, end: string): Step<'askingUnit'> | null {
  if (playback !== call.playback || call.leg === null) return null;
  const facts = said(call, end);
  if (end !== 'finished') return { to: 'askingUnit', stays: true, change: { playback: null }, facts };
  return { ...asking(call, call.leg.id, facts), stays: true };
}

/** A person is there: now the citizen's telephone. Any other key changes nothing. */
export function unitKey(call: Call, leg: string, digit: string): Step<'dialling'> | null {
  if (digit !== CONFIRM_KEY) return null;
  const step = agentThere(call, leg);
  if (step === null) return null;
  return {
    ...step,
    change: { ...step.change, playback: null },
    commands: [...stopping(call), ...(step.commands ?? [])],
    // That it answered was told when it did.
    facts: (step.facts ?? []).filter(({ type }) => type !== 'legAnswered'),
  };
}

/** Nobody pressed the key, or the telephone was put down: the citizen was never disturbed. */
export function unitNotThere(call: Call, how: string, hangUp: boolean): Step<'ended'> {
  const { leg } = call;
  const clearing =
    hangUp && leg !== null ? [{ kind: 'hangupLeg', leg: leg.id, reason: 'normal' } as const] : [];
  return notPlaced(call, how, { type: 'withdrawn' }, [...stopping(call), ...clearing]);
}
