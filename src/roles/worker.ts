import { randomUUID } from 'node:crypto';
import { promptShelves } from '../adapters/audio/prompt-shelves.ts';
import { BullDeadlineQueue } from '../adapters/jobs/deadline-queue.ts';
import { BullDeadlineWorker } from '../adapters/jobs/deadline-worker.ts';
import { agentBooks } from '../adapters/pg/agents.ts';
import { alarmBooks } from '../adapters/pg/alarms.ts';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import { configurationBooks } from '../adapters/pg/configuration.ts';
import { openDatabase, type PgDatabase } from '../adapters/pg/database.ts';
import { deadlineBooks } from '../adapters/pg/deadlines.ts';
import { extensionBooks } from '../adapters/pg/extensions.ts';
import { forcedMoveBooks } from '../adapters/pg/forced-moves.ts';
import { expireIdempotencyKeys } from '../adapters/pg/idempotency-expiry.ts';
import { incidentBooks } from '../adapters/pg/incidents.ts';
import { lineBooks } from '../adapters/pg/lines.ts';
import { messageBooks } from '../adapters/pg/messages.ts';
import { outboxBooks } from '../adapters/pg/outbox.ts';
import { promptBooks } from '../adapters/pg/prompts.ts';
import { ruleBooks } from '../adapters/pg/rule-books.ts';
import { sessionBooks } from '../adapters/pg/sessions.ts';
import { supervisionBooks } from '../adapters/pg/supervision.ts';
import { threadBooks } from '../adapters/pg/threads.ts';
import { ticketMoveBooks } from '../adapters/pg/ticket-moves.ts';
import { outcomeBooks } from '../adapters/pg/tickets-outcomes.ts';
import { unitCallBooks } from '../adapters/pg/unit-calls.ts';
import { unitBooks } from '../adapters/pg/units.ts';
import { RedisCommandSender } from '../adapters/redis/command-sender.ts';
import { RedisNoticePublisher } from '../adapters/redis/notices.ts';
import { enqueueDeadlines } from '../app/deadlines/enqueue-deadlines.ts';
import { CLAIM_MS, fireDeadline, fireOnRecord } from '../app/deadlines/fire-deadline.ts';
import { fireDeadlines } from '../app/deadlines/fire-deadlines.ts';
import { ALONE_AT_ONCE, fireTogether } from '../app/deadlines/fire-together.ts';
import { recountDeadlines } from '../app/deadlines/recount-deadlines.ts';
import { signWhenDue } from '../app/deadlines/sign-when-due.ts';
import { JOB_LOST_AFTER_MS, restoreJobs, sweepDeadlines } from '../app/deadlines/sweep-deadlines.ts';
import { watchSurges } from '../app/incidents/watch-surges.ts';
import type { Log } from '../app/ports/log.ts';
import { carryOutDueRules } from '../app/rules/revert-due-rules.ts';
import { issueByRule } from '../app/supervision/issue-order.ts';
import { reviewThreads } from '../app/threads/review-threads.ts';
import { threadTickets } from '../app/threads/thread-tickets.ts';
import { closeForgottenCalls } from '../app/tickets/close-forgotten-calls.ts';
import { lapseExtensions } from '../app/tickets/decide-extension.ts';
import { expireForces } from '../app/tickets/force-ticket.ts';
import type { MoveTicketDeps } from '../app/tickets/move-ticket.ts';
import { relayOutbox } from '../app/tickets/relay-outbox.ts';
import { noteUnitCalls } from '../app/unit-calls/note-calls.ts';
import type { Config } from '../config.ts';
import { dispatchRounds } from './dispatch-rounds.ts';
import { messageRounds } from './message-rounds.ts';
import { noticeRounds } from './notice-rounds.ts';
import { promptRounds } from './prompt-rounds.ts';
import { recordingRounds } from './recording-rounds.ts';
import { registerRounds } from './register-rounds.ts';
import { type Round, startRounds } from './rounds.ts';
import { surveyRounds } from './survey-rounds.ts';

/** Jobs under way at once: they share transactions, so that this is no number of connections. */
const CONCURRENCY = 500;
/** One for the batch, those that fire alone, and some for the rounds: relay and enqueueing nest, with two each. */
const POOL_MAX = 1 + ALONE_AT_ONCE + 8;
const STOP_JOBS_WITHIN_MS = 8000;

const FIRST_CONNECT_WITHIN_MS = 2000;

const RELAY_EVERY_MS = 200;
const CHECK_STORE_EVERY_MS = 1000;
const DUE_RULES_EVERY_MS = 500;
/** An alarm comes within two minutes of the fifth appeal. */
const SURGES_EVERY_MS = 30_000;
const THREADS_EVERY_MS = 5000;
const UNIT_CALLS_EVERY_MS = 2000;
/** Whoever edits a calendar looks at a ticket next. */
const RECOUNT_EVERY_MS = 3000;
const SWEEP_EVERY_MS = 60_000;
const TIDY_EVERY_MS = 600_000;
const OUTBOX_KEPT_MS = 7 * 86_400_000;
const TIDY_BATCH = 10_000;

/** Only a test has reason to be faster. */
export interface WorkerTimes {
  readonly claimMs: number;
  readonly sweepEveryMs: number;
  readonly jobLostAfterMs: number;
}
const TIMES: WorkerTimes = {
  claimMs: CLAIM_MS,
  sweepEveryMs: SWEEP_EVERY_MS,
  jobLostAfterMs: JOB_LOST_AFTER_MS,
};

/**
 * Runs in any number of copies; every piece of work is taken under a lock or a claim. Starts, and keeps going, while
 * PostgreSQL or Redis is away: each round then backs off and catches up afterwards.
 */
export async function run(
  config: Pick<Config, 'databaseUrl' | 'redisUrl' | 'messages' | 'promptsDir' | 'recordingsDir' | 'speech'>,
  log: Log,
  times: WorkerTimes = TIMES,
): Promise<{ stop(): Promise<void> }> {
  const db = openDatabase(config.databaseUrl, {
    max: POOL_MAX,
    onError: (err) => log.warn({ err }, 'an idle database connection was lost'),
  });
  const queue = new BullDeadlineQueue(config.redisUrl, log);
  const notices = new RedisNoticePublisher(config.redisUrl, log);
  const commands = new RedisCommandSender(config.redisUrl, log);
  const deadlines = deadlineBooks(db);
  const moving = {
    now: Date.now,
    newId: randomUUID,
    database: db,
    ticketMoves: ticketMoveBooks(db),
    calendar: calendarBooks(db),
    supervision: supervisionBooks(db),
    deadlines,
  };
  const fire = fireDeadline({
    ...moving,
    enqueue: enqueueDeadlines({ deadlines, queue, now: Date.now }),
    autoSign: signWhenDue(moving),
    supervise: issueByRule(moving),
    claimMs: times.claimMs,
  });
  const together = fireTogether({
    batch: fireDeadlines(moving),
    alone: fireOnRecord({ deadlines, fire, now: Date.now }),
  });
  const jobs = new BullDeadlineWorker(config.redisUrl, together, { log, concurrency: CONCURRENCY });
  await queue.settled(FIRST_CONNECT_WITHIN_MS);
  const rounds = startRounds(
    [
      unitCallRound(moving, db),
      surgeRound(moving, db, log),
      threadRound(moving, db),
      ...workerRounds(db, config, queue, notices, log, times),
      ...registerRounds(db, log, times),
      ...dispatchRounds(db, times),
      ...messageRounds(db, config.messages, log, times),
      ...noticeRounds(db, config, log),
      ...promptRounds(db, config, log),
      ...recordingRounds(db, config.recordingsDir, log),
      ...surveyRounds(db, commands, log),
    ],
    log,
  );
  log.info({ concurrency: CONCURRENCY }, 'worker is up');
  const stop = async (): Promise<void> => {
    await Promise.all([rounds.stop(), jobs.stop(STOP_JOBS_WITHIN_MS)]);
    await Promise.all([queue.close(), notices.close(), commands.close()]);
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

function unitCallRound(moving: MoveTicketDeps & { readonly database: PgDatabase }, db: PgDatabase): Round {
  const note = noteUnitCalls({ ...moving, unitCalls: unitCallBooks(db) });
  return {
    name: 'unitCalls',
    everyMs: UNIT_CALLS_EVERY_MS,
    work: async () => {
      await note();
      return 'done';
    },
  };
}

function threadRound(moving: MoveTicketDeps & { readonly database: PgDatabase }, db: PgDatabase): Round {
  const deps = { ...moving, threads: threadBooks(db), messages: messageBooks(db), alarms: alarmBooks(db) };
  const thread = threadTickets(deps);
  const review = reviewThreads(deps);
  return {
    name: 'threads',
    everyMs: THREADS_EVERY_MS,
    work: async () => ((await thread()) + (await review()) > 0 ? 'again' : 'done'),
  };
}

function surgeRound(
  moving: MoveTicketDeps & { readonly database: PgDatabase },
  db: PgDatabase,
  log: Log,
): Round {
  const watch = watchSurges({
    ...moving,
    incidents: incidentBooks(db),
    messages: messageBooks(db),
    alarms: alarmBooks(db),
    log,
  });
  return {
    name: 'surges',
    everyMs: SURGES_EVERY_MS,
    work: async () => {
      await watch();
      return 'done';
    },
  };
}

function workerRounds(
  db: PgDatabase,
  { promptsDir, speech }: Pick<Config, 'promptsDir' | 'speech'>,
  queue: BullDeadlineQueue,
  notices: RedisNoticePublisher,
  log: Log,
  { sweepEveryMs, jobLostAfterMs }: WorkerTimes,
): readonly Round[] {
  const now = Date.now;
  const deadlines = deadlineBooks(db);
  const calendar = calendarBooks(db);
  const outbox = outboxBooks(db);
  const sessions = sessionBooks(db);
  const enqueue = enqueueDeadlines({ deadlines, queue, now });
  const relay = relayOutbox({ outbox, enqueue, notices, now, log });
  const restore = restoreJobs({ deadlines, queue, enqueue });
  const sweep = sweepDeadlines({ deadlines, enqueue, now, jobLostAfterMs });
  const recount = recountDeadlines({ calendar, deadlines, now, newId: randomUUID });
  const lapse = lapseExtensions({
    ...{ now, newId: randomUUID, database: db, calendar, deadlines },
    ...{ ticketMoves: ticketMoveBooks(db), extensions: extensionBooks(db), messages: messageBooks(db) },
  });
  const expire = expireForces({
    ...{ now, newId: randomUUID, database: db, calendar },
    ...{ ticketMoves: ticketMoveBooks(db), forcedMoves: forcedMoveBooks(db) },
  });
  const closeForgotten = closeForgottenCalls({ calendar, outcomes: outcomeBooks(db), now });
  const carryOutRules = carryOutDueRules({
    database: db,
    rules: ruleBooks(db),
    lines: lineBooks(db),
    agents: agentBooks(db),
    units: unitBooks(db),
    configuration: configurationBooks(db),
    prompts: promptBooks(db),
    voice: promptShelves(promptsDir, speech),
    calendar,
    now,
    newId: randomUUID,
    log,
  });
  return [
    {
      name: 'dueRules',
      everyMs: DUE_RULES_EVERY_MS,
      work: async () => {
        const { published, ended } = await carryOutRules();
        if (published + ended > 0) log.info({ published, ended }, 'rules were published or ended on time');
        return 'done';
      },
    },
    {
      name: 'relay',
      everyMs: RELAY_EVERY_MS,
      work: async () => ((await relay()) === 'more' ? 'again' : 'done'),
    },
    {
      name: 'restore',
      everyMs: CHECK_STORE_EVERY_MS,
      work: async () => {
        const restored = await restore();
        if (restored !== 'intact')
          log.warn({ ...restored }, 'the job store was empty, deadlines were put back');
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
      name: 'forgottenCalls',
      everyMs: sweepEveryMs,
      work: async () => {
        const closed = await closeForgotten();
        if (closed > 0) log.info({ calls: closed }, 'calls that nobody closed count as answered on the spot');
        return closed > 0 ? 'again' : 'done';
      },
    },
    {
      name: 'recount',
      everyMs: RECOUNT_EVERY_MS,
      work: async () => {
        const tickets = await recount();
        if (tickets > 0) log.info({ tickets }, 'deadlines were counted again');
        return tickets > 0 ? 'again' : 'done';
      },
    },
    {
      name: 'lapseExtensions',
      everyMs: sweepEveryMs,
      work: async () => {
        const lapsed = await lapse();
        if (lapsed > 0) log.warn({ requests: lapsed }, 'requests for more time lapsed undecided');
        return 'done';
      },
    },
    {
      name: 'expireForces',
      everyMs: sweepEveryMs,
      work: async () => {
        const expired = await expire();
        if (expired > 0) log.info({ requests: expired }, 'requests to force a ticket expired');
        return 'done';
      },
    },
    {
      name: 'tidy',
      everyMs: TIDY_EVERY_MS,
      work: async () => {
        await sessions.sweep(now());
        const keys = await expireIdempotencyKeys(db, TIDY_BATCH);
        const sent = await outbox.prune(now() - OUTBOX_KEPT_MS, TIDY_BATCH);
        return Math.max(keys, sent) === TIDY_BATCH ? 'again' : 'done';
      },
    },
  ];
}
