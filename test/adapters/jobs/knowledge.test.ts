import { afterEach, beforeEach, expect, test } from 'vitest';
import { BullKnowledgeQueue } from '../../../src/adapters/jobs/knowledge-queue.ts';
import { RedisLink } from '../../../src/adapters/redis/connection.ts';
import { run } from '../../../src/roles/worker.ts';
import type { WorkerTimes } from '../../../src/roles/worker-times.ts';
import { freshRedis, type TestRedis } from '../../support/services.ts';
import { type County, freshCounty } from '../pg-tickets/county.ts';
import { alarmedOnce, asked, stockEntries, stockUnits } from './knowledge-in-stock.ts';
import { prompts } from './prompt-settings.ts';

// The ends of entries, late reviews and reminders over a real Redis and a real PostgreSQL: none lost, none twice.

const NO_MESSAGES = { folder: '/nowhere', webhook: null, visitPage: null };
const FAST: WorkerTimes = { claimMs: 2000, sweepEveryMs: 300, jobLostAfterMs: 2000 };
const DAY_MS = 86_400_000;

let county: County;
let redis: TestRedis;
let undo: (() => Promise<unknown>)[];
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

beforeEach(async () => {
  [county, redis] = await Promise.all([freshCounty(), freshRedis()]);
  undo = [() => county.close(), () => redis.stop()];
});
afterEach(async () => {
  for (const step of undo.reverse()) await step();
});

async function work(): Promise<void> {
  const config = { databaseUrl: county.url, redisUrl: redis.url, messages: NO_MESSAGES, ...prompts() };
  const worker = await run(config, log, FAST);
  undo.push(() => worker.stop());
}

async function inRedis(): Promise<RedisLink> {
  const link = new RedisLink(redis.url, 'command', log);
  undo.push(() => link.close());
  await expect.poll(() => link.ready).toBe(true);
  return link;
}
const delayed = (link: RedisLink): Promise<string[]> =>
  link.client.zrange('yht-jobs:knowledge:delayed', 0, -1);

test('of one moment of one unit there is one job, whatever the unit is called and however often it is added', async () => {
  const queue = new BullKnowledgeQueue(redis.url, log);
  undo.push(() => queue.close());
  await queue.settled(5000);
  const link = await inRedis();
  const now = Date.now();
  const dueAt = now + 3_600_000;
  const jobs = [
    { kind: 'ends', unitCode: 'water', dueAt },
    { kind: 'remind', unitCode: 'water', dueAt },
    { kind: 'ends', unitCode: 'water', dueAt: dueAt + 1 },
    { kind: 'ends', unitCode: '住建:一科', dueAt },
  ] as const;
  await queue.add(jobs, now);
  await queue.add(jobs, now + 1000);
  expect(await queue.counts()).toEqual({ waiting: 0, delayed: 4, active: 0 });
  const names = (await delayed(link)).sort();
  expect(names).toContain(`kn-ends-water-${dueAt}`);
  await link.client.flushall();
  await queue.add(jobs, now);
  expect((await delayed(link)).sort()).toEqual(names);
});

test('three hundred late reviews of thirty units, Redis flushed in the middle, two workers: none lost, none doubled', async () => {
  const link = await inRedis();
  const units = await stockUnits(county.db, 30);
  const now = Date.now();
  const entries = await stockEntries(
    county.db,
    Array.from({ length: 300 }, (_, n) => ({
      ...{ unit: units[n % 30] ?? '', state: 'emergency' as const },
      reviewDueAt: now + 500 + n * 15,
    })),
  );
  // Those of the last unit are held until then: however late this test comes to it, it comes in the middle.
  const last = entries.filter((_, n) => n % 30 === 29);
  await county.db.transact(async (tx) => {
    await county.db
      .on(tx)
      .query('select from knowledge_versions where entry_id = any ($1::uuid[]) for update', [last]);
    await Promise.all([work(), work()]);
    await expect
      .poll(async () => (await alarmedOnce(county.db)).raised, { timeout: 30_000, interval: 20 })
      .toBeGreaterThan(60);
    await link.client.flushall();
    expect((await alarmedOnce(county.db)).raised).toBeLessThan(300);
  });
  await expect
    .poll(() => alarmedOnce(county.db), { timeout: 60_000, interval: 100 })
    .toEqual({ raised: 300, doubled: 0, lost: 0, open: 0 });
}, 120_000);

test('while Redis is away what is due is done all the same, by two workers once, and never again when an empty one is back', async () => {
  const units = await stockUnits(county.db, 12);
  const yesterday = new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10);
  await stockEntries(
    county.db,
    units.flatMap((unit) => [
      { unit, state: 'published', validTo: yesterday },
      { unit, state: 'emergency', validTo: yesterday, reviewDueAt: Date.now() + DAY_MS },
      { unit, state: 'published', publishedAt: Date.now() - 200 * DAY_MS },
      { unit, state: 'published' },
    ]),
  );
  await redis.stop();
  await Promise.all([work(), work()]);
  const all = units.flatMap((unit) => [`expired ${unit}`, `remind ${unit}`]).sort();
  const both = async (): Promise<string[]> => (await asked(county.db)).sort();
  await expect.poll(both, { timeout: 60_000, interval: 100 }).toEqual(all);
  await redis.start();
  const link = await inRedis();
  await stockEntries(county.db, [
    { unit: 'lighting', state: 'emergency', reviewDueAt: Date.now() + 3_600_000 },
  ]);
  // What is done is not on the queue, what is ahead is.
  await expect.poll(() => delayed(link), { timeout: 20_000 }).toHaveLength(1);
  expect(await link.client.llen('yht-jobs:knowledge:wait')).toBe(0);
  expect(await both()).toEqual(all);
  const { rows } = await county.db.query<{ state: string; n: number }>(
    'select state, count(*)::int as n from knowledge_versions group by 1 order by 1',
  );
  expect(rows).toEqual([
    { state: 'emergency', n: 1 },
    { state: 'expired', n: 24 },
    { state: 'published', n: 24 },
  ]);
}, 120_000);

test('what is overdue lies on a new queue at once, and each unit has one ticket of each kind', async () => {
  const units = await stockUnits(county.db, 6);
  const yesterday = new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10);
  await stockEntries(
    county.db,
    units.flatMap((unit) => [
      { unit, state: 'published', validTo: yesterday },
      { unit, state: 'published', publishedAt: Date.now() - 200 * DAY_MS },
    ]),
  );
  await Promise.all([work(), work()]);
  const all = units.flatMap((unit) => [`expired ${unit}`, `remind ${unit}`]).sort();
  await expect
    .poll(async () => (await asked(county.db)).sort(), { timeout: 60_000, interval: 100 })
    .toEqual(all);
}, 90_000);

test('what is changed after its moment lay on the queue is done at its new moment, and an old job finds nothing to do', async () => {
  const link = await inRedis();
  const hour = Date.now() + 3_600_000;
  const [entry, confirmed] = await stockEntries(county.db, [
    { unit: 'lighting', state: 'emergency', reviewDueAt: hour },
    { unit: 'water', state: 'emergency', reviewDueAt: hour },
  ]);
  await work();
  await expect.poll(() => delayed(link), { timeout: 20_000, interval: 20 }).toHaveLength(2);
  await county.db.query(`update knowledge_versions set state = 'published' where entry_id = $1`, [confirmed]);
  const queue = new BullKnowledgeQueue(redis.url, log);
  undo.push(() => queue.close());
  await queue.settled(5000);
  const now = Date.now();
  await queue.add(
    ['lighting', 'water'].map((unitCode) => ({ kind: 'reviewLate', unitCode, dueAt: now })),
    now,
  );
  await expect.poll(() => queue.counts(), { timeout: 20_000 }).toMatchObject({ waiting: 0, active: 0 });
  expect(await alarmedOnce(county.db)).toEqual({ raised: 0, doubled: 0, lost: 0, open: 1 });
  const soon = Date.now() + 1000;
  await county.db.query('update knowledge_versions set review_due_at = $2 where entry_id = $1', [
    entry,
    new Date(soon),
  ]);
  await expect
    .poll(() => alarmedOnce(county.db), { timeout: 30_000, interval: 50 })
    .toEqual({ raised: 1, doubled: 0, lost: 0, open: 0 });
  const { rows } = await county.db.query<{ subject: string; raised: number }>(
    `select subject, (extract(epoch from raised_at) * 1000)::float8 as raised from alarms
     where kind = 'knowledge.reviewLate'`,
  );
  expect(rows[0]?.subject).toBe(entry);
  expect(rows[0]?.raised).toBeGreaterThanOrEqual(soon);
}, 60_000);

test('what fails is tried again, stands on the board of jobs meanwhile, and is done when it works', async () => {
  await stockEntries(county.db, [
    { unit: 'lighting', state: 'published', validTo: '2026-01-31' },
    { unit: 'water', state: 'published', validTo: '2026-01-31' },
  ]);
  // No ticket of one unit can be opened.
  await county.db.query(
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'the disk of tests'; end $$`,
  );
  await county.db.query(
    `create trigger refuse before insert on tickets for each row when (new.unit_code = 'water') execute function refuse()`,
  );
  await work();
  const failing = async (): Promise<string[]> => {
    const { rows } = await county.db.query<{ why: string }>(
      `select failure as why from round_failures where round = 'knowledgeDue'`,
    );
    return rows.map(({ why }) => why);
  };
  await expect
    .poll(failing, { timeout: 30_000 })
    .toEqual([expect.stringContaining('ends water: the disk of tests')]);
  expect(await asked(county.db)).toEqual(['expired lighting']);
  await county.db.query('drop trigger refuse on tickets');
  await expect
    .poll(() => asked(county.db), { timeout: 30_000 })
    .toEqual(['expired lighting', 'expired water']);
  await expect.poll(failing, { timeout: 10_000 }).toEqual([]);
}, 90_000);
