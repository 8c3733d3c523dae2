import { CLAIM_MS } from '../app/deadlines/fire-deadline.ts';
import { JOB_LOST_AFTER_MS } from '../app/deadlines/sweep-deadlines.ts';

/** Only a test has reason to be faster. */
export interface WorkerTimes {
  readonly claimMs: number;
  readonly sweepEveryMs: number;
  readonly jobLostAfterMs: number;
}

export const WORKER_TIMES: WorkerTimes = {
  claimMs: CLAIM_MS,
  sweepEveryMs: 60_000,
  jobLostAfterMs: JOB_LOST_AFTER_MS,
};
