import { afterEach, beforeEach, expect, test } from 'vitest';
import { BullOversightQueue } from '../../../src/adapters/jobs/oversight-queue.ts';
import { RedisLink } from '../../../src/adapters/redis/connection.ts';
import type { Transaction } from '../../../src/app/ports/transaction.ts';
import { addDays, localDateOf } from '../../../src/domain/deadlines/local-time.ts';
import { run } from '../../../src/roles/worker.ts';
import type { WorkerTimes } from '../../../src/roles/worker-times.ts';
import { freshRedis, type TestRedis } from '../../support/services.ts';
import { type County, freshCounty } from '../pg-tickets/county.ts';
import {
  orderedOnce,
  stockOrders,
  stockPlan,
  stockPressed,
  superviseAfterMinutes,
  toldOnce,
} from './oversight-in-stock.ts';
import { prompts } from './prompt-settings.ts';

// Units that let tickets lie, times of supervision orders and reminders of plans over a real Redis and a real PostgreSQL: none lost, none twice. Receipts of
// circulars go the same way: `supervision-rounds.test.ts`.

const NO_MESSAGES = { folder: '/nowhere', webhook: null, visitPage: null };
const FAST: WorkerTimes = { claimMs: 2000, sweepEveryMs: 300, jobLostAfterMs: 2000 };
const HOUR_MS = 3_600_000;
const PATIENCE = { timeout: 60_000, interval: 50 };

let county: County;
let redis: TestRedis;
let undo: (() => Promise<unknown>)[];
const quiet = (): void => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

beforeEach(async () => {
  [county, redis] = await Promise.all([freshCounty(), freshRedis()]);
  undo = [() => county.close(), () => redis.stop()];
  // Whoever runs this may do so at night.
  await county.db.query(
    `update ticket_settings set notice_hours = '{"fromMinute": 0, "toMinute": 1440, "workingDaysOnly": false}'`,
  );
});
afterEach(async () => {
  for (const step of undo.reverse()) await step();
});

async function work(times = FAST): Promise<void> {
  const config = { databaseUrl: county.url, redisUrl: redis.url, messages: NO_MESSAGES, ...prompts() };
  const worker = await run(config, log, times);
  undo.push(() => worker.stop());
}

/** As whoever moves them does: the notices of the others' units go on. */
const holdInside = (tx: Transaction, held: readonly string[]) =>
  county.db.on(tx).query('select from tickets where id = any ($1::uuid[]) for update', [held]);

async function inRedis(): Promise<RedisLink> {
  const link = new RedisLink(redis.url, 'command', log);
  undo.push(() => link.close());
  await expect.poll(() => link.ready).toBe(true);
  return link;
}
const delayed = (link: RedisLink): Promise<string[]> =>
  link.client.zrange('yht-jobs:oversight:delayed', 0, -1);
const reminders = async (ticketId: string): Promise<readonly string[]> => {
  const { rows } = await county.db.query<{ reminder: string }>(
    `select body ->> 'reminder' as reminder from ticket_events where ticket_id = $1 and type = 'planReminded' order by seq`,
    [ticketId],
  );
  return rows.map(({ reminder }) => reminder);
};

test('of one moment of one matter there is one job, whatever its unit is called and however often it is added', async () => {
  const queue = new BullOversightQueue(redis.url, log);
  undo.push(() => queue.close());
  await queue.settled(5000);
  const link = await inRedis();
  const now = Date.now();
  const dueAt = now + HOUR_MS;
  const jobs = [
    { kind: 'order', id: 'a', unitCode: null, dueAt },
    { kind: 'order', id: 'a', unitCode: null, dueAt: dueAt + 1 },
    { kind: 'receipt', id: 'a', unitCode: '住建:一科', dueAt },
    { kind: 'plan', id: 'a', unitCode: null, dueAt },
  ] as const;
  await queue.add(jobs, now);
  await queue.add(jobs, now + 1000);
  expect(await queue.counts()).toEqual({ waiting: 0, delayed: 4, active: 0 });
  expect(await delayed(link)).toContain(`ov-order-a--${dueAt}`);
});

test('a hundred times of orders, Redis flushed in the middle, two workers: each said once, and what was not answered followed once', async () => {
  const link = await inRedis();
  const now = Date.now();
  const tickets = await stockOrders(
    county.db,
    Array.from({ length: 100 }, (_, n) => ({
      dueAt: now + 500 + n * 30,
      what: n % 2 === 0 ? ('warning' as const) : ('end' as const),
    })),
  );
  // Some are somebody's until then: however late this test comes to it, it comes in the middle.
  const held = tickets.filter((_, n) => n % 20 === 19);
  await county.db.transact(async (tx) => {
    await holdInside(tx, held);
    await Promise.all([work(), work()]);
    await expect.poll(async () => (await toldOnce(county.db)).warned, PATIENCE).toBeGreaterThan(10);
    await link.client.flushall();
    expect((await toldOnce(county.db)).late).toBeLessThan(50);
  });
  await expect
    .poll(() => toldOnce(county.db), PATIENCE)
    .toEqual({ warned: 50, late: 50, lost: 0, doubled: 0, followed: 50 });
}, 120_000);

test('a hundred units that do nothing after they were urged, Redis flushed in the middle, two workers: each supervised at its time, once', async () => {
  await superviseAfterMinutes(county.db, 30);
  const link = await inRedis();
  const now = Date.now();
  const ahead = 30 * 60_000;
  const tickets = await stockPressed(
    county.db,
    Array.from({ length: 100 }, (_, n) => now - ahead + 500 + n * 30),
  );
  const tomorrow = await stockPressed(county.db, [now + HOUR_MS - ahead]);
  const held = tickets.filter((_, n) => n % 20 === 19);
  await county.db.transact(async (tx) => {
    await holdInside(tx, held);
    await Promise.all([work(), work()]);
    await expect.poll(async () => (await orderedOnce(county.db)).ordered, PATIENCE).toBeGreaterThan(10);
    await link.client.flushall();
    expect((await orderedOnce(county.db)).ordered).toBeLessThan(100);
  });
  await expect.poll(() => orderedOnce(county.db), PATIENCE).toEqual({ ordered: 100, doubled: 0 });
  // Not before its time; until then it lies on the queue, where the board counts it.
  const { rows } = await county.db.query<{ early: number }>(
    `select count(*)::int as early from supervision_orders o join deadlines d on d.ticket_id = o.ticket_id
       and d.clock = 'unit' where o.trigger = 'overdue' and o.issued_at <= d.due_at + interval '30 minutes'`,
  );
  expect(rows).toEqual([{ early: 0 }]);
  await expect
    .poll(() => delayed(link), PATIENCE)
    .toContain(`ov-pressed-${tomorrow[0]}--${now + HOUR_MS + 1}`);
}, 120_000);

test('a circular of the day to come lies on the queue at its very moment from the first sweep on: no later one need find it', async () => {
  const today = localDateOf(Date.now(), 'Asia/Shanghai');
  // Whatever day it is: each of them is worked on, to six in the evening.
  await county.db.query(
    `insert into calendar_days (day, working, name) select d::date, true, 'x'
     from generate_series($1::date - 10, $1::date + 2, '1 day') d on conflict (day) do update set working = true`,
    [today],
  );
  const closeOf = (day: string): number => Date.parse(`${day}T18:00:00+08:00`);
  const told = closeOf(today) > Date.now() + 60_000 ? today : addDays(today, 1);
  // Late for five working days then (jiangsu-3-5).
  const [id] = await stockPressed(county.db, [closeOf(addDays(told, -5))]);
  const link = await inRedis();
  await work({ ...FAST, sweepEveryMs: HOUR_MS });
  await expect.poll(() => delayed(link), PATIENCE).toContain(`ov-longOverdue-${id}--${closeOf(told) + 1}`);
}, 120_000);

test('while Redis is away what is due is done all the same, by two workers once, and never again when an empty one is back', async () => {
  const past = Date.now() - HOUR_MS;
  await stockOrders(county.db, [
    ...Array.from({ length: 12 }, () => ({ dueAt: past, what: 'warning' as const })),
    ...Array.from({ length: 12 }, () => ({ dueAt: past, what: 'end' as const })),
  ]);
  const today = localDateOf(Date.now(), 'Asia/Shanghai');
  const plan = await stockPlan(county.db, addDays(today, 2));
  await redis.stop();
  await Promise.all([work(), work()]);
  const all = { warned: 12, late: 12, lost: 0, doubled: 0, followed: 12 };
  await expect.poll(() => toldOnce(county.db), PATIENCE).toEqual(all);
  await expect.poll(() => reminders(plan), PATIENCE).toEqual(['soon']);
  await redis.start();
  const link = await inRedis();
  const ahead = Date.now() + HOUR_MS;
  await stockOrders(county.db, [{ dueAt: ahead, what: 'end' }]);
  // What is done is not on the queue; what is ahead is, the graver orders as well.
  const ends = async () => (await delayed(link)).map((name) => Number(name.split('-').at(-1)));
  await expect.poll(ends, PATIENCE).toContain(ahead);
  expect((await ends()).every((dueAt) => dueAt > past + HOUR_MS)).toBe(true);
  expect(await toldOnce(county.db)).toEqual(all);
  expect(await reminders(plan)).toEqual(['soon']);
}, 120_000);

test('what is answered after its moment lay on the queue is not said to be late, and an old job finds nothing to do', async () => {
  const link = await inRedis();
  const [ticketId] = await stockOrders(county.db, [{ dueAt: Date.now() + HOUR_MS, what: 'end' }]);
  await work();
  await expect.poll(async () => (await delayed(link)).length, PATIENCE).toBe(1);
  const { rows } = await county.db.query<{ id: string }>(
    `update supervision_orders set state = 'answered', answered_at = now() where ticket_id = $1 returning id`,
    [ticketId],
  );
  const queue = new BullOversightQueue(redis.url, log);
  undo.push(() => queue.close());
  await queue.settled(5000);
  const now = Date.now();
  await queue.add([{ kind: 'order', id: rows[0]?.id ?? '', unitCode: null, dueAt: now }], now);
  await expect.poll(() => queue.counts(), PATIENCE).toMatchObject({ waiting: 0, active: 0 });
  expect(await toldOnce(county.db)).toMatchObject({ warned: 0, late: 0, followed: 0 });
}, 90_000);

test('what fails stands on the board of jobs with its reason until it works, and holds up none of the others', async () => {
  const past = Date.now() - HOUR_MS;
  const [broken = ''] = await stockOrders(county.db, [
    { dueAt: past, what: 'end' },
    { dueAt: past, what: 'end' },
  ]);
  await county.db.query(
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'the disk of tests'; end $$`,
  );
  await county.db.query(
    `create trigger refuse before update on supervision_orders for each row
     when (new.ticket_id = '${broken}') execute function refuse()`,
  );
  await work();
  const failing = async (): Promise<string[]> => {
    const { rows } = await county.db.query<{ why: string }>(
      `select failure as why from round_failures where round = 'oversightDue'`,
    );
    return rows.map(({ why }) => why);
  };
  await expect.poll(failing, PATIENCE).toEqual([expect.stringContaining('the disk of tests')]);
  await expect.poll(async () => (await toldOnce(county.db)).late, PATIENCE).toBe(1);
  await county.db.query('drop trigger refuse on supervision_orders');
  await expect.poll(async () => (await toldOnce(county.db)).late, PATIENCE).toBe(2);
  await expect.poll(failing, PATIENCE).toEqual([]);
}, 90_000);
