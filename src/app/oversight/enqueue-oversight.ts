import { handJobs } from '../hand-jobs.ts';
import type { MomentQueue } from '../ports/jobs.ts';
import type { Log } from '../ports/log.ts';
import type { OversightJob } from '../ports/oversight-jobs.ts';

const HORIZON_MS = 24 * 3_600_000;

/**
 * Puts what is due of supervision, circulars and plans within a day, and what is overdue, on the job queue (`handJobs`), each
 * time under the same names. Most of it comes up hours after it was written; what is due at once, as a plan of tomorrow, waits for
 * the next sweep. Returns how many moments are open.
 */
export function enqueueOversight(deps: {
  readonly due: (until: number) => Promise<readonly OversightJob[]>;
  readonly queue: MomentQueue<OversightJob>;
  readonly work: (job: OversightJob) => Promise<unknown>;
  readonly now: () => number;
  readonly log: Pick<Log, 'error'>;
}) {
  return async (): Promise<number> => {
    const now = deps.now();
    const jobs = await deps.due(now + HORIZON_MS);
    await handJobs(jobs, now, deps);
    return jobs.length;
  };
}
