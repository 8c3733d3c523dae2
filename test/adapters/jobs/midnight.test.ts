import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RedisLink } from '../../../src/adapters/redis/connection.ts';
import type { WorkerTimes } from '../../../src/roles/worker-times.ts';
import { freshRedis, type TestRedis } from '../../support/services.ts';
import { type County, freshCounty } from '../pg-tickets/county.ts';
import { BuiltWorker } from './built-worker.ts';
import { firedOnce, stockDeadlines } from './deadlines-in-stock.ts';
import { prompts } from './prompt-settings.ts';

const COUNT = 10_000;
const TIMES: WorkerTimes = { claimMs: 3000, sweepEveryMs: 500, jobLostAfterMs: 3000 };
/** The day, the month, the year and the known calendar end together. */
const MIDNIGHT = Date.parse('2027-01-01T00:00:00+08:00');
const MORNING = new Date('2027-01-01T08:00:00+08:00');
const EVENING = MIDNIGHT - 2 * 3_600_000;

let county: County;
let redis: TestRedis;
let built: BuiltWorker;
let link: RedisLink;
const quiet = () => undefined;

beforeAll(async () => {
  built = BuiltWorker.build();
  [county, redis] = await Promise.all([freshCounty(), freshRedis()]);
  link = new RedisLink(redis.url, 'command', { info: quiet, warn: quiet });
});
afterAll(async () => {
  await built.close();
  await link.close();
  await Promise.all([county.close(), redis.stop()]);
});

const start = (): ChildProcess =>
  built.start(
    {
      databaseUrl: county.url,
      redisUrl: redis.url,
      messages: { folder: '/nowhere', webhook: null, visitPage: null },
      ...prompts(),
    },
    TIMES,
  );

/** Lines on time lines, by the day on which they stand. */
async function fired(): Promise<{ readonly old: number; readonly young: number }> {
  const { rows } = await county.db.query<{ old: number; young: number }>(
    `select (count(*) filter (where at < $1))::int as old, (count(*) filter (where at >= $1))::int as young
     from ticket_events where type = 'deadlineOverdue'`,
    [new Date(MIDNIGHT)],
  );
  return rows[0] ?? { old: -1, young: -1 };
}
const until = (what: (now: { old: number; young: number }) => boolean) =>
  expect.poll(async () => what(await fired()), { timeout: 100_000, interval: 50 }).toBe(true);

test('ten thousand deadlines over a flushed Redis, a killed worker and midnight: none lost, none doubled', async () => {
  // Half of them are due in the evening, half in the first two seconds of the new year.
  const evening = await stockDeadlines(county.db, COUNT / 2, EVENING - 600_000, EVENING);
  const young = await stockDeadlines(county.db, COUNT / 2, MIDNIGHT, MIDNIGHT + 2000);
  // Some of either are somebody's until the worker is dead: however late this test looks, it looks in the middle.
  const held = [...evening.slice(-10), ...young.slice(-10)].map(({ ticketId }) => ticketId);
  built.setClock(EVENING);
  const first = start();
  start();
  await county.db.transact(async (tx) => {
    await county.db.on(tx).query('select from tickets where id = any ($1::uuid[]) for update', [held]);
    await until(({ old }) => old >= COUNT / 10);
    await link.client.flushall();
    await until(({ old }) => old >= COUNT / 4);
    // What is left of the evening has not fired when the year ends: its claims and jobs have all run out by then.
    built.setClock(MIDNIGHT - 500);
    await until((now) => now.young > 0);
    await built.kill(first);
    expect((await firedOnce(county.db)).open).toBeGreaterThanOrEqual(held.length);
  });
  start();
  await until((now) => now.old + now.young >= COUNT);

  expect(await firedOnce(county.db)).toEqual({ done: COUNT, open: 0, lost: 0, doubled: 0 });
  const now = await fired();
  expect(now.old + now.young).toBe(COUNT);
  expect(now.young).toBeGreaterThanOrEqual(COUNT / 2 + 10);
  // Each is told once, and nobody at night: the evening's and the young year's in the same morning.
  const { rows } = await county.db.query(
    `select count(*)::int as told, count(distinct key)::int as deadlines,
       min(not_before) as "from", max(not_before) as "to" from outbox where topic = 'deadlineFired'`,
  );
  expect(rows).toEqual([{ told: COUNT, deadlines: COUNT, from: MORNING, to: MORNING }]);
}, 120_000);
