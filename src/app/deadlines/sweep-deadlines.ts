import type { DeadlineBook } from '../ports/deadlines.ts';
import type { DeadlineJob, DeadlineQueue } from '../ports/jobs.ts';

/** A job that should have run this long ago and did not is looked for: it is late, or it is lost. */
export const JOB_LOST_AFTER_MS = 60_000;
const BATCH = 5000;

export interface Swept {
  readonly expiredClaims: number;
  readonly lostJobs: number;
  readonly enqueued: number;
}

const RESTORED_AT_ONCE = 500;
const REST_MAX_MS = 1000;

/**
 * Notices that the job store was emptied (FLUSHALL, a fresh Redis) and puts everything on it again, what is due first
 * first: nothing is written for it, so that nothing that fires meanwhile has to wait. Cheap: called every second. Whole
 * again it is only at the end: a worker that dies in between, or a second loss, begins anew.
 *
 * After each page it rests for as long as the page took. A worker whose store was emptied has nothing under way and fetches
 * its first jobs one by one, each behind whatever the store is given: without a rest nothing at all fired until all was back.
 */
export function restoreJobs(deps: {
  readonly deadlines: DeadlineBook;
  readonly queue: DeadlineQueue;
  readonly enqueue: (ticketId: null) => Promise<number>;
  readonly now: () => number;
  /** Rejects when the worker is to stop. */
  readonly rest: (ms: number, stopping: AbortSignal) => Promise<unknown>;
}) {
  return async (stopping: AbortSignal): Promise<'intact' | 'underWay' | { readonly restored: number }> => {
    if (await deps.queue.intact()) return 'intact';
    await deps.queue.beginRestoring();
    let begun = deps.now();
    const handed = await deps.deadlines.handAgain(RESTORED_AT_ONCE, async (jobs) => {
      await deps.queue.add(jobs, deps.now());
      await deps.rest(Math.min(REST_MAX_MS, Math.max(0, deps.now() - begun)), stopping);
      begun = deps.now();
    });
    if (handed === null) return 'underWay';
    const more = await deps.enqueue(null);
    // Emptied once more: the next call finds it so.
    await deps.queue.endRestoring();
    return { restored: handed + more };
  };
}

/**
 * Every minute: claims that ran out and jobs that should have run long ago and are gone come back under a new generation, and
 * the 24-hour horizon is filled. Finds what any other loss (a restored older Redis, a killed worker) left behind. What is only
 * late, because the worker has more to do than it can, keeps its place: put there anew each minute it would make more of it.
 */
export function sweepDeadlines(deps: {
  readonly deadlines: DeadlineBook;
  readonly queue: Pick<DeadlineQueue, 'missing'>;
  readonly enqueue: (ticketId: null) => Promise<number>;
  readonly now: () => number;
  readonly jobLostAfterMs?: number;
}) {
  const { jobLostAfterMs = JOB_LOST_AFTER_MS } = deps;
  const renewLost = async (before: number): Promise<number> => {
    let lost = 0;
    for (let after: string | null = null; ; ) {
      const page: readonly DeadlineJob[] = await deps.deadlines.overdueJobs(before, after, BATCH);
      lost += await deps.deadlines.renew(await deps.queue.missing(page));
      const last = page.at(-1);
      if (last === undefined || page.length < BATCH) return lost;
      after = last.deadlineId;
    }
  };
  return async (): Promise<Swept> => {
    const expiredClaims = await deps.deadlines.releaseExpired(deps.now(), BATCH);
    const lostJobs = await renewLost(deps.now() - jobLostAfterMs);
    const enqueued = await deps.enqueue(null);
    return { expiredClaims, lostJobs, enqueued };
  };
}
