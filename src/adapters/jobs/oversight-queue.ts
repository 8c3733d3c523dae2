import type { Log } from '../../app/ports/log.ts';
import type { OversightJob } from '../../app/ports/oversight-jobs.ts';
import { OVERSIGHT_QUEUE } from './connection.ts';
import { BullMomentQueue } from './moment-queue.ts';

/** A job's whole content: where to look. */
export type OversightJobData = Omit<OversightJob, 'dueAt'>;

/** `jobId` is `ov-<kind>-<id>-<unit>-<due>`: of one moment of one matter there is one job, however often it is added. */
export class BullOversightQueue extends BullMomentQueue<OversightJob> {
  constructor(url: string, log: Log) {
    super(url, log, {
      queue: OVERSIGHT_QUEUE,
      jobId: ({ kind, id, unitCode, dueAt }) =>
        `ov-${kind}-${id}-${encodeURIComponent(unitCode ?? '')}-${dueAt}`,
      data: ({ kind, id, unitCode }): OversightJobData => ({ kind, id, unitCode }),
    });
  }
}
