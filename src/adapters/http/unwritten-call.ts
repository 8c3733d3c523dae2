import { Refusal } from './problem-replies.ts';
import type { ApiServices } from './services.ts';

/**
 * Facts reach the database a moment after the call, or much later when it was away. A call that the board shows and
 * the books do not (or not yet as answered) is no mistake of the clerk: the answer says so and when to try again.
 */
export async function whenWritten<T>(
  services: ApiServices,
  callId: string | null,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const early = code === 'call.unknown' || code === 'call.notAnswered' || code === 'call.notYours';
    const talked = services.board
      .picture()
      .calls.some((call) => call.callId === callId && call.agentId !== null);
    if (early && talked) throw new Refusal('call.notYetWritten', { callId });
    throw error;
  }
}
