import { Problem } from '../api/problem.ts';

const TRIES = 20;
const AGAIN_AFTER_S = 1;
/** The books do not have the call yet: facts of a talk come a moment after it has begun. */
const NOT_YET = ['call.notYetWritten', 'call.unknown'];

/** Asks again until the call is in the books: whoever is quicker than they are is not told to try later. */
export async function onceWritten<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem) || !NOT_YET.includes(error.code) || tries === TRIES) throw error;
      const seconds = error.retryAfterS ?? AGAIN_AFTER_S;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    }
  }
}
