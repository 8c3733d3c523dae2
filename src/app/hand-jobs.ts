import { oneByOne } from './one-by-one.ts';
import type { MomentQueue } from './ports/jobs.ts';
import type { Log } from './ports/log.ts';

/** Redis does one page at a time, and whatever else asks it in between. */
const PAGE = 500;

/**
 * Puts jobs on their queue, the soonest first: what lies there already is left alone, what Redis lost comes back. A page that
 * fails says that the queue is away: what is due is done here then, since nobody who waits for it waits for Redis, and it rejects
 * with what keeps the queue away, whatever cannot be done of a single one.
 */
export async function handJobs<Job extends { readonly dueAt: number }>(
  jobs: readonly Job[],
  now: number,
  {
    queue,
    work,
    log,
  }: {
    readonly queue: MomentQueue<Job>;
    readonly work: (job: Job) => Promise<unknown>;
    readonly log: Pick<Log, 'error'>;
  },
): Promise<void> {
  const soonest = [...jobs].sort((one, other) => one.dueAt - other.dueAt);
  try {
    for (let at = 0; at < soonest.length; at += PAGE) await queue.add(soonest.slice(at, at + PAGE), now);
  } catch (away) {
    const due = soonest.filter(({ dueAt }) => dueAt <= now);
    await oneByOne(due, log, async (job) => {
      await work(job);
      return true;
    });
    throw away;
  }
}
