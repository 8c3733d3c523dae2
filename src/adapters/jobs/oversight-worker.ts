import type { Log } from '../../app/ports/log.ts';
import { OVERSIGHT_JOB_KINDS } from '../../app/ports/oversight-jobs.ts';
import { OVERSIGHT_QUEUE } from './connection.ts';
import { JobWorker } from './job-worker.ts';
import type { OversightJobData } from './oversight-queue.ts';

/** Each holds one ticket or one circular for a moment. */
export const OVERSIGHT_AT_ONCE = 4;

/** Does what is due of supervision, circulars and plans; `work` bears being told of one job twice. */
export function oversightWorker(
  url: string,
  work: (job: OversightJobData) => Promise<unknown>,
  log: Log,
): JobWorker {
  const read = async ({ data }: { readonly data: unknown }): Promise<void> => {
    const job = jobOf(data);
    // Also of a later release, which adds its own again.
    if (job === null) log.error({ queue: OVERSIGHT_QUEUE }, 'a job that nobody can read was thrown away');
    else await work(job);
  };
  return new JobWorker(url, OVERSIGHT_QUEUE, read, { log, concurrency: OVERSIGHT_AT_ONCE });
}

function jobOf(data: unknown): OversightJobData | null {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('id' in data)) return null;
  const kind = OVERSIGHT_JOB_KINDS.find((one) => one === data.kind);
  if (kind === undefined || typeof data.id !== 'string') return null;
  const unitCode = 'unitCode' in data && typeof data.unitCode === 'string' ? data.unitCode : null;
  return { kind, id: data.id, unitCode };
}
