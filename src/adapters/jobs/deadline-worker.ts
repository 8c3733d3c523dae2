import type { Log } from '../../app/ports/log.ts';
import { DEADLINE_QUEUE } from './connection.ts';
import { JobWorker } from './job-worker.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Fires the deadlines that are due; `fire` bears being told of one twice. */
export function deadlineWorker(
  url: string,
  fire: (deadlineId: string) => Promise<unknown>,
  { log, concurrency }: { readonly log: Log; readonly concurrency: number },
): JobWorker {
  const work = async ({ name, data }: { readonly name: string; readonly data: unknown }): Promise<void> => {
    if (name !== 'deadline') return;
    const id = typeof data === 'object' && data !== null && 'deadlineId' in data ? data.deadlineId : null;
    if (typeof id !== 'string' || !UUID.test(id)) {
      log.error({ jobName: name }, 'a job that nobody can read was thrown away');
      return;
    }
    await fire(id);
  };
  return new JobWorker(url, DEADLINE_QUEUE, work, { log, concurrency });
}
