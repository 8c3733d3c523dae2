import type { Call, Leg } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallEvent } from './call-event.ts';
import { CALL_REASONS } from './call-reasons.ts';
import type { CallFact } from './facts.ts';
import type { Step } from './steps.ts';

// An agent at a desk telephone takes the call by command. Whether a telephone answers by itself is said in the INVITE, so it
// is rung anew for it, under the next leg; one that cannot do it rings on, and is picked up by hand.

type Wanted = Extract<CallEvent, { readonly type: 'answerWanted' }>;
type AgentLeg = Extract<Leg, { readonly kind: 'agent' }>;

/** The leg that rings is let go, and the next one rung, at the same telephone. Nobody is told of a call that he missed. */
export function rungAnew(
  call: Call,
  leg: Pick<AgentLeg, 'id' | 'ringTimeoutMs'>,
  { agentId, phone }: Wanted,
): { readonly id: string; readonly commands: readonly CallCommand[]; readonly facts: readonly CallFact[] } {
  const id = `${call.id}.a${call.legsMade + 1}`;
  const { ringTimeoutMs } = leg;
  const callerName = call.plan.whisper;
  return {
    id,
    commands: [
      { kind: 'hangupLeg', leg: leg.id, reason: 'answeredElsewhere' },
      { kind: 'ringAgent', leg: id, agentId, phone, callerName, ringTimeoutMs, answersItself: true },
    ],
    facts: [
      { type: 'legEnded', leg: leg.id, how: 'answerWanted', by: agentId },
      { type: 'legRang', leg: id, agentId, number: null, reason: CALL_REASONS.answeredByKey().zh },
    ],
  };
}

/** Once a call: what was asked to answer by itself and rings all the same cannot do it. */
export function answerWanted<S extends 'ringingAgent' | 'callingAgent'>(
  call: Call & { readonly state: S },
  event: Wanted,
): Step<S> | null {
  const { leg } = call;
  if (leg?.kind !== 'agent' || leg.agentId !== event.agentId || leg.answersItself === true) return null;
  const { id, ...told } = rungAnew(call, leg, event);
  return {
    to: call.state,
    stays: true,
    change: { leg: { ...leg, id, answersItself: true }, legsMade: call.legsMade + 1 },
    ...told,
  };
}
