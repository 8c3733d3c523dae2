import type { JobStoreFigures } from '../../app/ports/job-board.ts';
import type { KnowledgeJob, KnowledgeJobQueue } from '../../app/ports/knowledge-upkeep.ts';
import type { Log } from '../../app/ports/log.ts';
import { KNOWLEDGE_QUEUE } from './connection.ts';
import { JOB_OPTIONS, JobStore } from './job-store.ts';

/** A job's whole content: where to look. */
export type KnowledgeJobData = Pick<KnowledgeJob, 'kind' | 'unitCode'>;

/** Neither ':' nor anything else that BullMQ takes for its own stands in a code that a county gave a unit. */
const jobIdOf = ({ kind, unitCode, dueAt }: KnowledgeJob): string =>
  `kn-${kind}-${encodeURIComponent(unitCode)}-${dueAt}`;

/** `jobId` is `kn-<kind>-<unit>-<due>`: of one moment of one unit there is one job, however often it is added. */
export class BullKnowledgeQueue implements KnowledgeJobQueue, JobStoreFigures {
  readonly #store: JobStore<KnowledgeJobData>;

  constructor(url: string, log: Log) {
    this.#store = new JobStore(url, KNOWLEDGE_QUEUE, log);
  }

  settled(withinMs: number): Promise<void> {
    return this.#store.settled(withinMs);
  }

  async add(jobs: readonly KnowledgeJob[], now: number): Promise<void> {
    await this.#store.answered((queue) =>
      queue.addBulk(
        jobs.map((job) => ({
          name: 'knowledge',
          data: { kind: job.kind, unitCode: job.unitCode },
          opts: { ...JOB_OPTIONS, jobId: jobIdOf(job), delay: Math.max(0, job.dueAt - now) },
        })),
      ),
    );
  }

  counts(): ReturnType<JobStoreFigures['counts']> {
    return this.#store.counts();
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
