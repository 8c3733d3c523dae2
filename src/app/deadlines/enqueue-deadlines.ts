import type { DeadlineBook } from '../ports/deadlines.ts';
import type { DeadlineQueue } from '../ports/jobs.ts';

/** Only what is due within a day lies on the job queue: little to lose, little to move when a calendar changes. */
export const HORIZON_MS = 24 * 3_600_000;
const BATCH = 1000;

/**
 * Puts pending deadlines of the coming 24 hours, and those already past, on the job queue: all, or one ticket's.
 * Rejects while the queue is away; nothing is noted then, and the next call does it. Returns how many.
 */
export function enqueueDeadlines(deps: {
  readonly deadlines: DeadlineBook;
  readonly queue: DeadlineQueue;
  readonly now: () => number;
}) {
  return async (ticketId: string | null): Promise<number> => {
    for (let sum = 0; ; ) {
      const now = deps.now();
      const enqueued = await deps.deadlines.enqueue(now + HORIZON_MS, now, BATCH, ticketId, (jobs) =>
        deps.queue.add(jobs, now),
      );
      sum += enqueued;
      if (enqueued < BATCH) return sum;
    }
  };
}
