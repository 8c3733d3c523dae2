import { ASKED_WITHIN_MS, ratingText } from '../../domain/rating/request.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { RatingBooks } from '../ports/ratings.ts';
import type { Database } from '../ports/transaction.ts';
import { type CallerToTell, writeToCallers } from './write-to-callers.ts';

const BATCH = 500;

/**
 * Who hung up before he could be asked how the talk was is written to, where the desk's rules want that (G4): once a
 * call, not at night. Several workers may do it at once: of two messages about one call only the first is written.
 * Returns how many were queued.
 */
export function askRatings(deps: {
  readonly database: Database;
  readonly messages: MessageBook;
  readonly ratings: RatingBooks;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const write = writeToCallers(deps);
  return (): Promise<number> =>
    deps.database.transact(async (tx) => {
      const asked = { endedSince: deps.now() - ASKED_WITHIN_MS, limit: BATCH };
      const calls = await deps.ratings.unrated(asked, tx);
      const callers = calls.map(
        ({ callId, callerNumber, agent }): CallerToTell => ({
          ...{ callerNumber, subject: { kind: 'call', id: callId } },
          text: (house) => ratingText({ ...house, agent }),
        }),
      );
      return write('rating', callers, tx);
    });
}
