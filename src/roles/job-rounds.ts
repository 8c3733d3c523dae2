import { setTimeout as rest } from 'node:timers/promises';
import type { BullDeadlineQueue } from '../adapters/jobs/deadline-queue.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { deadlineBooks } from '../adapters/pg/deadlines.ts';
import { expireIdempotencyKeys } from '../adapters/pg/idempotency-expiry.ts';
import { outboxBooks } from '../adapters/pg/outbox.ts';
import { sessionBooks } from '../adapters/pg/sessions.ts';
import { ticketRatingBooks } from '../adapters/pg/ticket-ratings.ts';
import type { RedisNoticePublisher } from '../adapters/redis/notices.ts';
import { enqueueDeadlines } from '../app/deadlines/enqueue-deadlines.ts';
import { restoreJobs, sweepDeadlines } from '../app/deadlines/sweep-deadlines.ts';
import type { Log } from '../app/ports/log.ts';
import type { RoundRecord } from '../app/ports/round-record.ts';
import { relayOutbox } from '../app/tickets/relay-outbox.ts';
import type { OversightJobs } from './oversight-jobs.ts';
import type { Round } from './rounds.ts';
import type { WorkerTimes } from './worker-times.ts';

const RELAY_EVERY_MS = 200;
const CHECK_STORE_EVERY_MS = 1000;
const TIDY_EVERY_MS = 600_000;
const OUTBOX_KEPT_MS = 7 * 86_400_000;
const ROUND_FAILURES_KEPT_MS = 86_400_000;
/** As long as somebody may still ask whose word it was: the appraisal of half a year. */
const RATING_SOURCES_KEPT_MS = 180 * 86_400_000;
const TIDY_BATCH = 10_000;

/** What the books promise comes to the job store and to whoever listens, and back when it was lost there. */
export function jobRounds(
  db: PgDatabase,
  queue: BullDeadlineQueue,
  notices: RedisNoticePublisher,
  record: RoundRecord,
  log: Log,
  oversight: Pick<OversightJobs, 'enqueueMatter' | 'refill'>,
  { sweepEveryMs, jobLostAfterMs }: WorkerTimes,
): readonly Round[] {
  const now = Date.now;
  const deadlines = deadlineBooks(db);
  const outbox = outboxBooks(db);
  const sessions = sessionBooks(db);
  const ratings = ticketRatingBooks(db);
  const enqueue = enqueueDeadlines({ deadlines, queue, now });
  const relay = relayOutbox({ outbox, enqueue, matter: oversight.enqueueMatter, notices, now, log });
  const restore = restoreJobs({
    deadlines,
    queue,
    enqueue,
    now,
    rest: (ms, signal) => rest(ms, undefined, { signal }),
  });
  const sweep = sweepDeadlines({ deadlines, queue, enqueue, now, jobLostAfterMs });
  return [
    {
      name: 'relay',
      everyMs: RELAY_EVERY_MS,
      work: async () => ((await relay()) === 'more' ? 'again' : 'done'),
    },
    {
      name: 'restore',
      everyMs: CHECK_STORE_EVERY_MS,
      work: async (stopping) => {
        const restored = await restore(stopping);
        if (typeof restored !== 'string') {
          log.warn({ ...restored }, 'the job store was empty, deadlines were put back');
          // One store has both: what is due of supervision need not wait for its sweep.
          await oversight.refill();
        }
        return 'done';
      },
    },
    {
      name: 'sweep',
      everyMs: sweepEveryMs,
      work: async () => {
        const swept = await sweep();
        if (swept.expiredClaims > 0 || swept.lostJobs > 0) log.warn({ ...swept }, 'deadlines were put back');
        return 'done';
      },
    },
    {
      name: 'tidy',
      everyMs: TIDY_EVERY_MS,
      work: async () => {
        await sessions.sweep(now());
        await ratings.forgetSources(now() - RATING_SOURCES_KEPT_MS);
        await record.prune(now() - ROUND_FAILURES_KEPT_MS);
        const keys = await expireIdempotencyKeys(db, TIDY_BATCH);
        const sent = await outbox.prune(now() - OUTBOX_KEPT_MS, TIDY_BATCH);
        return Math.max(keys, sent) === TIDY_BATCH ? 'again' : 'done';
      },
    },
  ];
}
