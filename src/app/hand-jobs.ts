import { oneByOne } from './one-by-one.ts';
import type { MomentQueue } from './ports/jobs.ts';
import type { Log } from './ports/log.ts';

/**
 * Puts jobs on their queue: what lies there already is left alone, what Redis lost comes back. While the queue is away what is due
 * is done here, since nobody who waits for it waits for Redis; it rejects then with what keeps the queue away, whatever cannot be
 * done of a single one.
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
  if (jobs.length === 0) return;
  try {
    await queue.add(jobs, now);
  } catch (away) {
    const due = jobs.filter(({ dueAt }) => dueAt <= now);
    await oneByOne(due, log, async (job) => {
      await work(job);
      return true;
    });
    throw away;
  }
}
