import type { Log } from './ports/log.ts';
import { DatabaseAway } from './ports/transaction.ts';

/**
 * Each for itself: what cannot be done with one is told and holds up nobody behind it, round after round. That the database is
 * away is the fault of none of them and ends the round. Returns with how many something was done.
 */
export async function oneByOne<T>(
  all: readonly T[],
  log: Pick<Log, 'error'>,
  work: (one: T) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  for (const one of all) {
    try {
      if (await work(one)) done += 1;
    } catch (err) {
      if (err instanceof DatabaseAway) throw err;
      log.error({ err, what: one }, 'one of a round could not be dealt with, the others go on');
    }
  }
  return done;
}
