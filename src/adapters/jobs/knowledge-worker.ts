import { KNOWLEDGE_JOB_KINDS, type KnowledgeJob } from '../../app/ports/knowledge-upkeep.ts';
import type { Log } from '../../app/ports/log.ts';
import { KNOWLEDGE_QUEUE } from './connection.ts';
import { JobWorker } from './job-worker.ts';
import type { KnowledgeJobData } from './knowledge-queue.ts';

/** A unit has few, and each looks at all of its entries. */
export const KNOWLEDGE_AT_ONCE = 4;

/** Does what is due in the knowledge base; `work` bears being told of one job twice. */
export function knowledgeWorker(
  url: string,
  work: (job: Pick<KnowledgeJob, 'kind' | 'unitCode'>) => Promise<unknown>,
  log: Log,
): JobWorker {
  const read = async ({ data }: { readonly data: unknown }): Promise<void> => {
    const job = jobOf(data);
    // Also of a later release, which adds its own again.
    if (job === null) log.error({ queue: KNOWLEDGE_QUEUE }, 'a job that nobody can read was thrown away');
    else await work(job);
  };
  return new JobWorker(url, KNOWLEDGE_QUEUE, read, { log, concurrency: KNOWLEDGE_AT_ONCE });
}

function jobOf(data: unknown): KnowledgeJobData | null {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('unitCode' in data)) return null;
  const kind = KNOWLEDGE_JOB_KINDS.find((one) => one === data.kind);
  return kind === undefined || typeof data.unitCode !== 'string' ? null : { kind, unitCode: data.unitCode };
}
