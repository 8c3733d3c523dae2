import type { JobStoreFigures, QueueFigures } from '../../app/ports/job-board.ts';
import type { DeadlineJob, DeadlineQueue } from '../../app/ports/jobs.ts';
import type { Log } from '../../app/ports/log.ts';
import { DEADLINE_QUEUE } from './connection.ts';
import { JOB_OPTIONS, JobStore, momentOf } from './job-store.ts';

/** A job's whole content: where to look. */
export interface DeadlineJobData {
  readonly deadlineId: string;
}

/** Stands in the queue for a year; when it is gone, so is everything that lay beside it. */
const MARK = 'mark';
/** The same while it is being restored. */
const RESTORING = 'restoring';
const MARK_DELAY_MS = 365 * 86_400_000;

/** A raised generation is a new job. */
const nameOf = ({ deadlineId, generation }: DeadlineJob): string => `dl-${deadlineId}-${generation}`;

export class BullDeadlineQueue implements DeadlineQueue, JobStoreFigures {
  readonly queue = DEADLINE_QUEUE;
  readonly #store: JobStore<DeadlineJobData | Record<string, never>>;

  constructor(url: string, log: Log) {
    this.#store = new JobStore(url, DEADLINE_QUEUE, log);
  }

  settled(withinMs: number): Promise<void> {
    return this.#store.settled(withinMs);
  }

  async add(jobs: readonly DeadlineJob[], now: number): Promise<void> {
    await this.#store.answered((queue) =>
      queue.addBulk(
        jobs.map((job) => ({
          name: 'deadline',
          data: { deadlineId: job.deadlineId },
          opts: { ...JOB_OPTIONS, jobId: nameOf(job), ...momentOf(job.dueAt, now) },
        })),
      ),
    );
  }

  /** Of the delayed ones one is the mark. */
  counts(): ReturnType<JobStore<DeadlineJobData>['counts']> {
    return this.#store.counts();
  }

  /** Without the mark, which is nobody's deadline. */
  figures(now: number): Promise<QueueFigures | null> {
    return this.#store.figures(now, [MARK, RESTORING]);
  }

  async missing(jobs: readonly DeadlineJob[]): Promise<readonly DeadlineJob[]> {
    if (jobs.length === 0) return [];
    const { wait = 0, active = 0 } = await this.#store.answered((queue) =>
      queue.getJobCounts('wait', 'active'),
    );
    if (wait + active === 0) return jobs;
    const there = await this.#store.answered(async (queue) => {
      const client = await queue.getBackend().client;
      return Promise.all(jobs.map((job) => client.hexists(queue.toKey(nameOf(job)), 'data')));
    });
    return jobs.filter((_job, nth) => there[nth] === 0);
  }

  async intact(): Promise<boolean> {
    return (await this.#store.answered((queue) => queue.getJob(MARK))) !== undefined;
  }

  async beginRestoring(): Promise<void> {
    await this.#mark(RESTORING);
  }

  async endRestoring(): Promise<boolean> {
    await this.#mark(MARK);
    // Looked at after: an emptying before that took it away, and one after that takes the mark as well.
    if ((await this.#store.answered((queue) => queue.getJob(RESTORING))) === undefined) {
      await this.#store.answered((queue) => queue.remove(MARK));
      return false;
    }
    await this.#store.answered((queue) => queue.remove(RESTORING));
    return true;
  }

  async #mark(jobId: string): Promise<void> {
    await this.#store.answered((queue) =>
      queue.add(jobId, {}, { ...JOB_OPTIONS, jobId, delay: MARK_DELAY_MS }),
    );
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
