import type { KnowledgeJob } from '../../app/ports/knowledge-upkeep.ts';
import type { Log } from '../../app/ports/log.ts';
import { KNOWLEDGE_QUEUE } from './connection.ts';
import { BullMomentQueue } from './moment-queue.ts';

/** A job's whole content: where to look. */
export type KnowledgeJobData = Pick<KnowledgeJob, 'kind' | 'unitCode'>;

/** `jobId` is `kn-<kind>-<unit>-<due>`: of one moment of one unit there is one job, however often it is added. */
export class BullKnowledgeQueue extends BullMomentQueue<KnowledgeJob> {
  constructor(url: string, log: Log) {
    super(url, log, {
      queue: KNOWLEDGE_QUEUE,
      // Neither ':' nor anything else that BullMQ takes for its own stands in a code that a county gave a unit.
      jobId: ({ kind, unitCode, dueAt }) => `kn-${kind}-${encodeURIComponent(unitCode)}-${dueAt}`,
      data: ({ kind, unitCode }): KnowledgeJobData => ({ kind, unitCode }),
    });
  }
}
