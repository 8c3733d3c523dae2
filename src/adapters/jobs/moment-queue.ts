import type { JobQueue, JobStoreFigures, QueueFigures } from '../../app/ports/job-board.ts';
import type { MomentQueue } from '../../app/ports/jobs.ts';
import type { Log } from '../../app/ports/log.ts';
import { JOB_OPTIONS, JobStore, momentOf } from './job-store.ts';

/** Of what is named the same there is one job, however often it is added; its whole content is where to look. */
export class BullMomentQueue<Job extends { readonly dueAt: number }>
  implements MomentQueue<Job>, JobStoreFigures
{
  readonly queue: JobQueue;
  readonly #store: JobStore<object>;
  readonly #jobId: (job: Job) => string;
  readonly #data: (job: Job) => object;

  constructor(
    url: string,
    log: Log,
    of: {
      readonly queue: JobQueue;
      readonly jobId: (job: Job) => string;
      readonly data: (job: Job) => object;
    },
  ) {
    this.#store = new JobStore(url, of.queue, log);
    this.queue = of.queue;
    this.#jobId = of.jobId;
    this.#data = of.data;
  }

  settled(withinMs: number): Promise<void> {
    return this.#store.settled(withinMs);
  }

  async add(jobs: readonly Job[], now: number): Promise<void> {
    await this.#store.answered((queue) =>
      queue.addBulk(
        jobs.map((job) => ({
          name: this.queue,
          data: this.#data(job),
          opts: { ...JOB_OPTIONS, jobId: this.#jobId(job), ...momentOf(job.dueAt, now) },
        })),
      ),
    );
  }

  counts(): ReturnType<JobStore<object>['counts']> {
    return this.#store.counts();
  }

  figures(now: number): Promise<QueueFigures | null> {
    return this.#store.figures(now);
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
