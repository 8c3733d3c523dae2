import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../src/adapters/pg/database.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { RedisLink } from '../../../src/adapters/redis/connection.ts';
import { RedisNoticeFeed } from '../../../src/adapters/redis/notices.ts';
import type { Notice, TicketNotice } from '../../../src/app/live/notices.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { run } from '../../../src/roles/worker.ts';
import type { WorkerTimes } from '../../../src/roles/worker-times.ts';
import { freshRedis, type TestRedis } from '../../support/services.ts';
import { appeal, type County, freshCounty } from '../pg-tickets/county.ts';
import { firedOnce, stockDeadlines } from './deadlines-in-stock.ts';
import { prompts } from './prompt-settings.ts';

/** Nothing here writes one. */
const NO_MESSAGES = { folder: '/nowhere', webhook: null, visitPage: null };
const FAST: WorkerTimes = { claimMs: 2000, sweepEveryMs: 500, jobLostAfterMs: 2000 };

let county: County;
let redis: TestRedis;
let undo: (() => Promise<unknown>)[];
const said: string[] = [];
const log = {
  debug: () => undefined,
  info: (_fields: object, message: string) => said.push(message),
  warn: (_fields: object, message: string) => said.push(message),
  error: (_fields: object, message: string) => said.push(`error: ${message}`),
};

beforeEach(async () => {
  said.length = 0;
  [county, redis] = await Promise.all([freshCounty(), freshRedis()]);
  undo = [() => county.close(), () => redis.stop()];
});
afterEach(async () => {
  for (const step of undo.reverse()) await step();
});

async function work(): Promise<{ stop(): Promise<void> }> {
  const worker = await run(
    { databaseUrl: county.url, redisUrl: redis.url, messages: NO_MESSAGES, ...prompts() },
    log,
    FAST,
  );
  undo.push(() => worker.stop());
  return worker;
}

async function inRedis(): Promise<RedisLink> {
  const link = new RedisLink(redis.url, 'command', log);
  undo.push(() => link.close());
  await expect.poll(() => link.ready).toBe(true);
  return link;
}

const settled = (count: number, timeout: number) =>
  expect
    .poll(() => firedOnce(county.db), { timeout, interval: 100 })
    .toEqual({ done: count, open: 0, lost: 0, doubled: 0 });

test('a thousand deadlines, Redis flushed in the middle, two workers: none lost, none doubled', async () => {
  const link = await inRedis();
  const now = Date.now();
  const stock = await stockDeadlines(county.db, 1000, now + 500, now + 5000);
  // The last hundred are held until then: however late this test comes to it, it comes in the middle.
  const last = stock.slice(-100).map(({ ticketId }) => ticketId);
  await county.db.transact(async (tx) => {
    await county.db.on(tx).query('select from tickets where id = any ($1::uuid[]) for update', [last]);
    await Promise.all([work(), work()]);
    await expect
      .poll(async () => (await firedOnce(county.db)).done, { timeout: 90_000, interval: 100 })
      .toBeGreaterThan(300);
    await link.client.flushall();
    expect((await firedOnce(county.db)).done).toBeLessThan(1000);
  });
  await settled(1000, 60_000);
  expect(said).toContain('the job store was empty, deadlines were put back');
}, 180_000);

test('an opened ticket is told at once, and its deadlines of the coming day lie on the queue', async () => {
  const feed = new RedisNoticeFeed(redis.url, log);
  undo.push(() => feed.close());
  await expect.poll(() => feed.ready).toBe(true);
  const heard: TicketNotice[] = [];
  feed.onNotice((notice) => {
    if ('ticketId' in notice) heard.push(notice);
  });
  // Told at whatever hour this test runs.
  await county.db.query(
    `update ticket_settings set notice_hours = '{"fromMinute": 0, "toMinute": 1440, "workingDaysOnly": false}'`,
  );
  await work();
  // Accepted so long ago that the warnings have passed: they fire as soon as they are known.
  const accepted = Date.parse('2026-09-18T10:00:00+08:00');
  const open = openTicket({
    tickets: ticketBooks(county.db),
    now: () => accepted,
    newId: randomUUID,
  });
  // With a number at which the unit owes him a call.
  const citizen = { citizenNumber: '13800138061' };
  const opened = await open({ appeal: appeal(citizen), callId: null, actor: county.agent });
  // All its marks are long over: whether the unit is still nudged before the program signs is the order of the moment.
  const told = () => heard.filter(({ kind }) => kind !== 'stageWarning');
  await expect.poll(() => told().length, { timeout: 10_000 }).toBe(9);
  expect(
    told()
      .map(({ kind, clock, level }) => `${kind} ${clock} ${level}`)
      .sort(),
  ).toEqual([
    'deadlineOverdue citizen 100',
    'deadlineOverdue unit 100',
    'deadlineWarning citizen 50',
    'deadlineWarning citizen 80',
    'deadlineWarning unit 50',
    'deadlineWarning unit 80',
    'stageOverdue stage 100',
    'ticketMoved null null',
    'ticketOpened null null',
  ]);
  expect(heard.every(({ ticketId, unitCode }) => ticketId === opened.id && unitCode === 'lighting')).toBe(
    true,
  );
  await expect
    .poll(() => firedOnce(county.db), { timeout: 5_000, interval: 100 })
    .toMatchObject({ open: 0, lost: 0, doubled: 0 });
});

test('a transition that is over leaves a task, and whoever listens is told of it once', async () => {
  await county.db.query(`insert into queues (code, name) values ('general', '总席')`);
  await county.db.query(`insert into lines (number, name, unit_code, mode, valid_from, valid_to, queue_code, basis)
    values ('12328', '交通热线', 'lighting', 'TRANSITION', '2020-04-28', '2020-07-28', 'general', 'x')`);
  const feed = new RedisNoticeFeed(redis.url, log);
  undo.push(() => feed.close());
  await expect.poll(() => feed.ready).toBe(true);
  const heard: Notice[] = [];
  feed.onNotice((notice) => heard.push(notice));
  await Promise.all([work(), work()]);
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
  expect(heard).toMatchObject([
    { kind: 'workItemOpened', task: 'transitionEnd', number: '12328', unitCode: 'lighting' },
  ]);
  const { rows } = await county.db.query('select state from work_items');
  expect(rows).toEqual([{ state: 'open' }]);
});

test('deadlines that fall due while Redis is away fire when an empty one is back', async () => {
  const now = Date.now();
  await stockDeadlines(county.db, 50, now + 1500, now + 2500);
  await work();
  await expect
    .poll(
      async () => {
        const { rows } = await county.db.query<{ n: number }>(
          'select count(*)::int as n from deadlines where enqueued_at is not null',
        );
        return rows[0]?.n;
      },
      { timeout: 5000 },
    )
    .toBe(50);
  await redis.stop();
  await expect.poll(() => Date.now(), { timeout: 5000 }).toBeGreaterThan(now + 2600);
  expect(await firedOnce(county.db)).toMatchObject({ done: 0, open: 50 });
  await redis.start();
  await settled(50, 20_000);
});

test('a worker that starts before its Redis waits for it', async () => {
  await redis.stop();
  const now = Date.now();
  await stockDeadlines(county.db, 10, now - 1000, now);
  await work();
  await expect.poll(() => said.some((message) => message.includes('failed')), { timeout: 5000 }).toBe(true);
  await redis.start();
  await settled(10, 20_000);
});

test('deadlines that fall due while PostgreSQL refuses fire once when it is back', async () => {
  const now = Date.now();
  const stock = await stockDeadlines(county.db, 40, now + 1000, now + 3000);
  // Their tickets are somebody's until nobody is let in any more: however slowly the worker starts, none has fired by then.
  const holder = openDatabase(county.url, { max: 1, onError: () => undefined });
  undo.push(() => holder.close());
  let letGo = (): void => undefined;
  const cut = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const holding = holder.transact(async (tx) => {
    const held = stock.map(({ ticketId }) => ticketId);
    await holder.on(tx).query('select from tickets where id = any ($1::uuid[]) for update', [held]);
    await cut;
  });
  // It ends with its connection.
  const ended = holding.then(
    () => expect.fail('nobody was put out'),
    () => undefined,
  );
  await work();
  const handed = async (): Promise<number> => {
    const { rows } = await county.db.query<{ n: number }>(
      'select count(*)::int as n from deadlines where enqueued_at is not null',
    );
    return rows[0]?.n ?? -1;
  };
  await expect.poll(handed, { timeout: 20_000, interval: 20 }).toBe(40);
  // Everybody is put out and nobody let in, by another database of the same server.
  const name = new URL(county.url).pathname.slice(1);
  const other = new URL(county.url);
  other.pathname = '/postgres';
  const admin = openDatabase(other.href, { max: 1, onError: () => undefined });
  undo.push(() => admin.close());
  await county.disconnect();
  await admin.query(`alter database ${name} with allow_connections false`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  letGo();
  await ended;
  await expect.poll(() => Date.now(), { timeout: 5000 }).toBeGreaterThan(now + 3500);
  await admin.query(`alter database ${name} with allow_connections true`);
  const again = openDatabase(county.url, { onError: () => undefined });
  undo.splice(1, 0, () => again.close());
  await expect
    .poll(() => firedOnce(again), { timeout: 60_000, interval: 100 })
    .toEqual({ done: 40, open: 0, lost: 0, doubled: 0 });
}, 90_000);

test('stopping ends what runs, leaves nothing open, and another worker goes on', async () => {
  const now = Date.now();
  await stockDeadlines(county.db, 200, now, now + 2000);
  const first = await work();
  await expect
    .poll(async () => (await firedOnce(county.db)).done, { timeout: 60_000, interval: 20 })
    .toBeGreaterThan(20);
  await first.stop();
  const { rows } = await county.db.query(`select from deadlines where state = 'claimed'`);
  expect(rows).toHaveLength(0);
  await work();
  await settled(200, 60_000);
}, 150_000);

test('it can be stopped while Redis is away, and before Redis ever was there', async () => {
  const stopTime = async (worker: { stop(): Promise<void> }): Promise<number> => {
    const start = Date.now();
    await worker.stop();
    return Date.now() - start;
  };
  const connected = await work();
  await expect
    .poll(() => said, { timeout: 5000 })
    .toContain('the job store was empty, deadlines were put back');
  await redis.stop();
  await expect.poll(() => said, { timeout: 5000 }).toContain('the job store is away');
  expect(await stopTime(connected)).toBeLessThan(7000);
  expect(await stopTime(await work())).toBeLessThan(5000);
});
