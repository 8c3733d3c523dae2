import { randomUUID } from 'node:crypto';
import { BullKnowledgeQueue } from '../adapters/jobs/knowledge-queue.ts';
import { knowledgeWorker } from '../adapters/jobs/knowledge-worker.ts';
import { alarmBooks } from '../adapters/pg/alarms.ts';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import { configurationBooks } from '../adapters/pg/configuration.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { knowledgeBooks } from '../adapters/pg/knowledge.ts';
import { knowledgeCareBooks } from '../adapters/pg/knowledge-care.ts';
import { correctionBooks } from '../adapters/pg/knowledge-corrections.ts';
import { noticeBooks } from '../adapters/pg/knowledge-notices.ts';
import { quoteBooks } from '../adapters/pg/knowledge-quotes.ts';
import { knowledgeUpkeepBooks } from '../adapters/pg/knowledge-upkeep.ts';
import { messageBooks } from '../adapters/pg/messages.ts';
import { ticketBooks } from '../adapters/pg/tickets.ts';
import { jobsOnRecord } from '../app/jobs-on-record.ts';
import { doUpkeep } from '../app/knowledge/upkeep/do-upkeep.ts';
import { enqueueUpkeep } from '../app/knowledge/upkeep/enqueue-upkeep.ts';
import { settleReviewAlarms } from '../app/knowledge/upkeep/review-alarms.ts';
import type { Log } from '../app/ports/log.ts';
import type { RoundRecord } from '../app/ports/round-record.ts';
import type { Round } from './rounds.ts';

/** What is published for today alone ends at midnight: its moment lies on the queue by then. */
const EVERY_MS = 10_000;

export interface KnowledgeJobs {
  readonly rounds: readonly Round[];
  settled(withinMs: number): Promise<void>;
  stop(withinMs: number): Promise<void>;
  close(): Promise<void>;
}

/** The ends of entries, late reviews and reminders: in the books for good, on the job queue for a day. */
export function knowledgeJobs(
  db: PgDatabase,
  redisUrl: string,
  record: RoundRecord,
  log: Log,
  { sweepEveryMs }: { readonly sweepEveryMs: number },
): KnowledgeJobs {
  const deps = {
    database: db,
    knowledge: knowledgeBooks(db),
    upkeep: knowledgeUpkeepBooks(db),
    care: knowledgeCareBooks(db),
    knowledgeNotices: noticeBooks(db),
    configuration: configurationBooks(db),
    tickets: ticketBooks(db),
    alarms: alarmBooks(db),
    quotes: quoteBooks(db),
    corrections: correctionBooks(db),
    messages: messageBooks(db),
    calendar: calendarBooks(db),
    now: Date.now,
    newId: randomUUID,
  };
  const queue = new BullKnowledgeQueue(redisUrl, log);
  const work = jobsOnRecord({
    round: 'knowledgeDue',
    which: ({ kind, unitCode }) => `${kind} ${unitCode}`,
    ...{ work: doUpkeep(deps), record, now: Date.now },
  });
  const told = async ({ kind, unitCode }: Parameters<typeof work>[0]): Promise<void> => {
    const done = await work({ kind, unitCode });
    if (done.marked + done.ticketsOpened + done.alarmsRaised > 0)
      log.info({ kind, unitCode, ...done }, 'what was due in the knowledge base is done');
  };
  const jobs = knowledgeWorker(redisUrl, told, log);
  const enqueue = enqueueUpkeep({ ...deps, queue, work: told, log });
  const settle = settleReviewAlarms(deps);
  const everyMs = Math.min(EVERY_MS, sweepEveryMs);
  return {
    rounds: [
      {
        name: 'knowledge',
        everyMs,
        work: async () => {
          await enqueue();
          return 'done';
        },
      },
      {
        name: 'knowledgeReviews',
        everyMs,
        work: async () => {
          await settle();
          return 'done';
        },
      },
    ],
    settled: (withinMs) => queue.settled(withinMs),
    stop: (withinMs) => jobs.stop(withinMs),
    close: () => queue.close(),
  };
}
