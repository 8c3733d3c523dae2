import type { Call } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallContext } from './call-context.ts';
import type { CallEvent } from './call-event.ts';
import { missReason } from './hangup.ts';
import { agentOf, backInPlace, legEndedFact, type Step } from './steps.ts';

// A waiting citizen is offered to an agent: his telephone rings, and unless he takes it the citizen keeps his place.

type Told<E extends CallEvent['type']> = Extract<CallEvent, { readonly type: E }>;

export function offered(call: Call, event: Told<'offered'>, context: CallContext): Step<'ringingAgent'> {
  const { agentId, phone, queue, reason } = event;
  const leg = `${call.id}.a${call.legsMade + 1}`;
  const { ringTimeoutMs } = context.queueRules(queue);
  return {
    to: 'ringingAgent',
    change: {
      leg: { kind: 'agent', id: leg, agentId, ringTimeoutMs },
      waiting: call.waiting === null ? null : { ...call.waiting, offeredIn: queue },
      legsMade: call.legsMade + 1,
    },
    commands: [{ kind: 'ringAgent', leg, agentId, phone, callerName: call.plan.whisper, ringTimeoutMs }],
    facts: [{ type: 'legRang', leg, agentId, number: null, reason }],
  };
}

/** Rejected, unreachable, or gone; `clearing`: what of the leg may still be there. */
export function notTaken(
  call: Call,
  { leg, reason, phoneLost }: Told<'legEnded'>,
  clearing: readonly CallCommand[],
): Step<'queued'> | null {
  if (leg !== call.leg?.id) return null;
  const why = phoneLost ? 'phoneUnreachable' : missReason(reason);
  const back = backInPlace('on');
  return {
    ...back,
    commands: [...clearing, ...agentOf(call.leg, { type: 'failed', reason: why }), ...(back.commands ?? [])],
    facts: legEndedFact(call.leg, reason),
  };
}

/** He let it ring. */
export function ringingTimeUp({ leg }: Call): Step<'queued'> {
  const back = backInPlace('on');
  const hangUp: CallCommand[] = leg === null ? [] : [{ kind: 'hangupLeg', leg: leg.id, reason: 'noAnswer' }];
  return {
    ...back,
    commands: [...hangUp, ...agentOf(leg, { type: 'failed', reason: 'missed' }), ...(back.commands ?? [])],
    facts: legEndedFact(leg, 'noAnswer'),
  };
}
