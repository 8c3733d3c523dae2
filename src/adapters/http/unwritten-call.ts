import type { FastifyRequest } from 'fastify';
import { callerOf } from './guard.ts';
import { Refusal } from './problem-replies.ts';
import { boardSightOf } from './server.ts';
import type { ApiServices } from './services.ts';

/**
 * Facts reach the database a moment after the call, or much later when it was away. A call that the board shows and
 * the books do not (or not yet as answered) is no mistake of the clerk: the answer says so and when to try again. A
 * stranger's call is not his, written or not.
 */
export async function whenWritten<T>(
  services: ApiServices,
  request: FastifyRequest,
  callId: string | null,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const early = code === 'call.unknown' || code === 'call.notAnswered' || code === 'call.notYours';
    const live = services.board.picture().calls.find((call) => call.callId === callId);
    if (!early || live === undefined || live.agentId === null) throw error;
    const { id, seesAll } = boardSightOf(callerOf(request));
    if (live.agentId !== id && !seesAll) throw new Refusal('call.notYours');
    throw new Refusal('call.notYetWritten', { callId });
  }
}
