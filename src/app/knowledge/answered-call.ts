import { AppError } from '../errors.ts';
import type { QuotedCall } from '../ports/knowledge-quotes.ts';

/**
 * The call in which an agent answered, whatever he answered with: it was taken, by him, and is not long over.
 *
 * Refuses with `call.unknown`, `call.notAnswered`, `call.notYours` and `late`.
 */
export function answeredCall(
  call: QuotedCall | null,
  asked: {
    readonly callId: string;
    readonly agentId: string;
    readonly at: number;
    /** For how long after its end it counts as the agent's work. */
    readonly minutes: number;
    readonly late: 'knowledge.quoteTooLate' | 'place.tooLate';
  },
): QuotedCall {
  const { callId, agentId, at, minutes, late } = asked;
  if (call === null) throw new AppError('call.unknown', { callId });
  if (!call.answered) throw new AppError('call.notAnswered', { callId });
  if (!call.agentIds.includes(agentId)) throw new AppError('call.notYours', { callId });
  if (call.endedAt !== null && at > call.endedAt + minutes * 60_000)
    throw new AppError(late, { callId, minutes });
  return call;
}
