import { BullOversightQueue } from '../adapters/jobs/oversight-queue.ts';
import { oversightWorker } from '../adapters/jobs/oversight-worker.ts';
import { ageingTicketBooks } from '../adapters/pg/ageing-tickets.ts';
import { circularBooks } from '../adapters/pg/circulars.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { messageBooks } from '../adapters/pg/messages.ts';
import { ticketNoticeBooks } from '../adapters/pg/ticket-notices.ts';
import { jobsOnRecord } from '../app/jobs-on-record.ts';
import { doOversight } from '../app/oversight/do-oversight.ts';
import { dueOversight } from '../app/oversight/due-oversight.ts';
import { enqueueMatter, enqueueOversight } from '../app/oversight/enqueue-oversight.ts';
import type { Log } from '../app/ports/log.ts';
import type { Matter, MatterOutcome } from '../app/ports/oversight-jobs.ts';
import type { RoundRecord } from '../app/ports/round-record.ts';
import type { Moving } from './moving.ts';
import type { Round } from './rounds.ts';
import type { WorkerTimes } from './worker-times.ts';

export interface OversightJobs {
  readonly rounds: readonly Round[];
  /** Puts what is due next of one matter on the queue. */
  readonly enqueueMatter: (matter: Matter) => Promise<MatterOutcome>;
  /** All that is due within a day, as the sweep does. */
  readonly refill: () => Promise<unknown>;
  settled(withinMs: number): Promise<void>;
  stop(withinMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Units that let tickets lie, times of supervision orders, receipts of circulars and plans of long-term items: in the books for good, on the job queue for a day. */
export function oversightJobs(
  moving: Moving,
  db: PgDatabase,
  redisUrl: string,
  record: RoundRecord,
  log: Log,
  { sweepEveryMs }: WorkerTimes,
): OversightJobs {
  const deps = {
    ...moving,
    circulars: circularBooks(db),
    messages: messageBooks(db),
    ticketNotices: ticketNoticeBooks(db),
    ageing: ageingTicketBooks(db),
  };
  const queue = new BullOversightQueue(redisUrl, log);
  const work = jobsOnRecord({
    round: 'oversightDue',
    which: ({ kind, id, unitCode }) => [kind, id, unitCode ?? ''].join(' ').trim(),
    ...{ work: doOversight(deps), record, now: Date.now },
  });
  const jobs = oversightWorker(redisUrl, work, log);
  const enqueue = enqueueOversight({ ...deps, due: dueOversight({ ...deps, log }), queue, work, log });
  return {
    rounds: [
      {
        name: 'oversight',
        everyMs: sweepEveryMs,
        work: async () => {
          await enqueue();
          return 'done';
        },
      },
    ],
    enqueueMatter: enqueueMatter({ ...deps, queue }),
    refill: enqueue,
    settled: (withinMs) => queue.settled(withinMs),
    stop: (withinMs) => jobs.stop(withinMs),
    close: () => queue.close(),
  };
}
