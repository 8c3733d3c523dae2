import type { Destination } from '../hotlines/call-plan.ts';
import type { Call } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallContext } from './call-context.ts';
import { CALL_REASONS } from './call-reasons.ts';
import type { HangupReason } from './hangup.ts';
import { homeQueue, legEndedFact, playing, type Step, said } from './steps.ts';
import { enterQueue } from './waiting.ts';

// Who is rung outside the house: a unit's own telephone, or another centre. Whatever becomes of it, the citizen comes
// back to 12345 and hears first what happened.

export function ringOutside(
  call: Call,
  destination: Extract<Destination, { readonly kind: 'unit' | 'centre' }>,
): Step<'ringingOutside'> {
  const { trunk, ringTimeoutMs, reason } = destination;
  const legsMade = call.legsMade + 1;
  const [leg, command]: readonly [NonNullable<Call['leg']>, CallCommand] =
    destination.kind === 'unit'
      ? unitLeg(`${call.id}.u${legsMade}`, destination.number, { trunk, ringTimeoutMs })
      : centreLeg(`${call.id}.c${legsMade}`, destination.address, { trunk, ringTimeoutMs });
  const number = destination.kind === 'unit' ? destination.number : destination.address;
  return {
    to: 'ringingOutside',
    change: { leg, legsMade, playback: null },
    commands: [{ kind: 'startMusic' }, command],
    facts: [{ type: 'legRang', leg: leg.id, agentId: null, number, reason }],
  };
}

type Way = { readonly trunk: string; readonly ringTimeoutMs: number };

const unitLeg = (id: string, number: string, way: Way) =>
  [
    { kind: 'unit', id, number },
    { kind: 'ringUnit', leg: id, number, ...way },
  ] as const;

const centreLeg = (id: string, address: string, way: Way) =>
  [
    { kind: 'centre', id, address },
    { kind: 'ringCentre', leg: id, address, ...way },
  ] as const;

function returnPrompt(reason: HangupReason): string {
  switch (reason) {
    case 'busy':
      return 'return-busy';
    case 'noAnswer':
      return 'return-no-answer';
    case 'rejected':
      return 'return-refused';
    case 'normal':
    case 'unreachable':
    case 'congestion':
    case 'answeredElsewhere':
    case 'unknown':
      return 'return-unreachable';
    default:
      return reason satisfies never;
  }
}

export function announceReturn(call: Call, reason: HangupReason): Step<'returning'> {
  const { change, command } = playing(call, [returnPrompt(reason)]);
  return { to: 'returning', change: { ...change, leg: null }, commands: [command] };
}

/** Rung in vain. `clearing`: what may be left of the leg. */
export function outsideGone(
  call: Call,
  reason: HangupReason,
  clearing: readonly CallCommand[],
): Step<'returning'> {
  const back = announceReturn(call, reason);
  return {
    ...back,
    commands: [...clearing, ...(back.commands ?? [])],
    facts: legEndedFact(call.leg, reason),
  };
}

export function returned(call: Call, end: string, context: CallContext): Step<'queued'> {
  const step = enterQueue(call, context, {
    queue: homeQueue(call, context),
    priority: 'usual',
    reason: CALL_REASONS[call.plan.destination.kind === 'centre' ? 'centreBack' : 'unitBack']().zh,
  });
  return { ...step, facts: [...said(call, end), ...(step.facts ?? [])] };
}
