import { isRefusal } from '../api/problem.ts';
import { useToldOf } from '../live/told-of.ts';

/** Every browser of a house is told in one moment; they ask one after the other. */
const SPREAD_MS = 3_000;

/**
 * Another edition of a code list is in force: published in another browser, or by its day. Whatever this browser has read of
 * it is read anew. `concerns`: which of the lists.
 */
export function onListChange(concerns: (list: unknown) => boolean, renew: () => Promise<void>): void {
  useToldOf({
    concerns: ({ kind, list }) => kind === 'codeList' && concerns(list),
    afterMs: Math.random() * SPREAD_MS,
    async read() {
      try {
        await renew();
      } catch (error) {
        // The page goes on with what it has; the next who loads it asks again.
        if (!isRefusal(error)) throw error;
      }
    },
  });
}
