import { randomUUID } from 'node:crypto';
import { BullDeadlineQueue } from '../adapters/jobs/deadline-queue.ts';
import { deadlineWorker } from '../adapters/jobs/deadline-worker.ts';
import { KNOWLEDGE_AT_ONCE } from '../adapters/jobs/knowledge-worker.ts';
import { OVERSIGHT_AT_ONCE } from '../adapters/jobs/oversight-worker.ts';
import { openDatabase } from '../adapters/pg/database.ts';
import { roundRecord } from '../adapters/pg/round-failures.ts';
import { RedisCommandSender } from '../adapters/redis/command-sender.ts';
import { RedisNoticePublisher } from '../adapters/redis/notices.ts';
import { enqueueDeadlines } from '../app/deadlines/enqueue-deadlines.ts';
import { fireDeadline, fireOnRecord } from '../app/deadlines/fire-deadline.ts';
import { fireDeadlines } from '../app/deadlines/fire-deadlines.ts';
import { ALONE_AT_ONCE, fireTogether } from '../app/deadlines/fire-together.ts';
import { signWhenDue } from '../app/deadlines/sign-when-due.ts';
import type { Log } from '../app/ports/log.ts';
import { escalateInside } from '../app/supervision/escalate-overdue.ts';
import type { Config } from '../config.ts';
import { ageingRounds } from './ageing-rounds.ts';
import { codeRounds } from './code-rounds.ts';
import { dispatchRounds } from './dispatch-rounds.ts';
import { employmentRounds } from './employment-rounds.ts';
import { jobRounds } from './job-rounds.ts';
import { knowledgeJobs } from './knowledge-jobs.ts';
import { knowledgeRounds } from './knowledge-rounds.ts';
import { matterRounds } from './matter-rounds.ts';
import { messageRounds } from './message-rounds.ts';
import { type Moving, movingIn } from './moving.ts';
import { noticeRounds } from './notice-rounds.ts';
import { oversightJobs } from './oversight-jobs.ts';
import { promptRounds } from './prompt-rounds.ts';
import { rateRounds } from './rate-rounds.ts';
import { recordingRounds } from './recording-rounds.ts';
import { registerRounds } from './register-rounds.ts';
import { startRounds } from './rounds.ts';
import { ruleRounds } from './rule-rounds.ts';
import { searchRounds } from './search-rounds.ts';
import { supervisionRounds } from './supervision-rounds.ts';
import { surveyRounds } from './survey-rounds.ts';
import { ticketRounds } from './ticket-rounds.ts';
import { urgentRounds } from './urgent-rounds.ts';
import { WORKER_TIMES, type WorkerTimes } from './worker-times.ts';

/** Jobs under way at once: they share transactions, so that this is no number of connections. */
const CONCURRENCY = 500;
/** One for the batch, those that fire alone, the knowledge base's, supervision's, and some for the rounds: relay and enqueueing nest, with two each. */
const POOL_MAX = 1 + ALONE_AT_ONCE + KNOWLEDGE_AT_ONCE + OVERSIGHT_AT_ONCE + 8;
const STOP_JOBS_WITHIN_MS = 8000;

const FIRST_CONNECT_WITHIN_MS = 2000;

/**
 * Runs in any number of copies; every piece of work is taken under a lock or a claim. Starts, and keeps going, while
 * PostgreSQL or Redis is away: each round then backs off and catches up afterwards.
 */
export async function run(
  config: Pick<Config, 'databaseUrl' | 'redisUrl' | 'messages' | 'promptsDir' | 'recordingsDir' | 'speech'>,
  log: Log,
  times: WorkerTimes = WORKER_TIMES,
): Promise<{ stop(): Promise<void> }> {
  const db = openDatabase(config.databaseUrl, {
    max: POOL_MAX,
    onError: (err) => log.warn({ err }, 'an idle database connection was lost'),
  });
  const queue = new BullDeadlineQueue(config.redisUrl, log);
  const notices = new RedisNoticePublisher(config.redisUrl, log);
  const commands = new RedisCommandSender(config.redisUrl, log);
  const moving = movingIn(db);
  const record = roundRecord(db, randomUUID());
  const fire = firing(moving, queue, times);
  const jobs = deadlineWorker(config.redisUrl, fire, { log, concurrency: CONCURRENCY });
  const knowledge = knowledgeJobs(db, config.redisUrl, record, log, times);
  const oversight = oversightJobs(moving, db, config.redisUrl, record, log, times);
  await Promise.all([queue, knowledge, oversight].map((one) => one.settled(FIRST_CONNECT_WITHIN_MS)));
  const rounds = startRounds(
    [
      ...jobRounds(db, queue, notices, record, log, oversight, times),
      ...ticketRounds(moving, db, log, times),
      ...ageingRounds(moving, db, log, times),
      ...matterRounds(moving, db, log),
      ...supervisionRounds(moving, db, log, times),
      ...ruleRounds(db, config, log),
      ...registerRounds(db, log, times),
      ...rateRounds(db, log),
      ...employmentRounds(db, log),
      ...dispatchRounds(db, times),
      ...codeRounds(db, log),
      ...messageRounds(db, config.messages, log, times),
      ...noticeRounds(db, config, log),
      ...promptRounds(db, config, log),
      ...recordingRounds(db, config.recordingsDir, log),
      ...searchRounds(db, log, times),
      ...surveyRounds(db, commands, log),
      ...urgentRounds(moving, db, commands, log),
      ...knowledge.rounds,
      ...oversight.rounds,
      ...knowledgeRounds(db, log, times),
    ],
    record,
    log,
  );
  log.info({ concurrency: CONCURRENCY }, 'worker is up');
  const stop = async (): Promise<void> => {
    await Promise.all([
      rounds.stop(),
      ...[jobs, knowledge, oversight].map((one) => one.stop(STOP_JOBS_WITHIN_MS)),
    ]);
    await Promise.all([queue, knowledge, oversight, notices, commands].map((one) => one.close()));
    await db.close();
    log.info({}, 'worker is down');
  };
  let stopped: Promise<void> | null = null;
  return {
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** What a due job does. */
function firing(moving: Moving, queue: BullDeadlineQueue, { claimMs }: WorkerTimes) {
  const { deadlines, now } = moving;
  const fire = fireDeadline({
    ...moving,
    enqueue: enqueueDeadlines({ deadlines, queue, now }),
    autoSign: signWhenDue(moving),
    escalate: escalateInside(moving),
    claimMs,
  });
  return fireTogether({
    batch: fireDeadlines(moving),
    alone: fireOnRecord({ deadlines, fire, now }),
  });
}
