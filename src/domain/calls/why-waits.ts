import { waitingWords } from '../routing/reasons.ts';
import type { Decision } from './call.ts';
import type { CallContext } from './call-context.ts';
import { askedAt } from './waiting.ts';

/** Agents who sign in and out by turns fill no call with it. */
const TOLD_AT_MOST = 20;

/**
 * Why a citizen waits is kept with his call, for who asks later: told as he comes into the queue, and again when it is
 * another reason or he stands at one more desk. An agent who is idle for him is offered him right after, and that says why itself.
 */
export function keepWhy(decision: Decision, context: CallContext): Decision {
  const { call, facts } = decision;
  const { state, waiting } = call;
  if (state !== 'queued' || waiting === null || context.whyWaits === undefined) return decision;
  const { kept, why: before } = waiting;
  const told = before?.told ?? 0;
  // Not even asked: for who stands at several desks the answer counts their agents.
  if (told >= TOLD_AT_MOST) return decision;
  const stands = askedAt(call, waiting, context);
  const why = context.whyWaits(stands, kept?.agentId ?? null);
  if (why === null) return decision;
  const queues = stands.map(({ queue }) => queue);
  const words = waitingWords(why);
  if (why.kind === before?.kind && queues.join() === before.queues.join()) return decision;
  return {
    ...decision,
    call: { ...call, waiting: { ...waiting, why: { kind: why.kind, queues, told: told + 1 } } },
    facts: [...facts, { type: 'waitExplained', queues, why: why.kind, reason: words.zh, reasonEn: words.en }],
  };
}
