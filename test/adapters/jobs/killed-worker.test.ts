import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { messageBooks } from '../../../src/adapters/pg/messages.ts';
import { queueMessages } from '../../../src/app/messages/queue-messages.ts';
import type { Log } from '../../../src/app/ports/log.ts';
import type { Config } from '../../../src/config.ts';
import { run } from '../../../src/roles/worker.ts';
import type { WorkerTimes } from '../../../src/roles/worker-times.ts';
import { freshRedis, type TestRedis } from '../../support/services.ts';
import { Gateway } from '../messages/gateway.ts';
import { type County, freshCounty } from '../pg-tickets/county.ts';
import { BuiltWorker } from './built-worker.ts';
import { firedOnce, stockDeadlines } from './deadlines-in-stock.ts';
import { prompts } from './prompt-settings.ts';

const TIMES: WorkerTimes = { claimMs: 3000, sweepEveryMs: 500, jobLostAfterMs: 3000 };

let county: County;
let redis: TestRedis;
let locks: PgDatabase;
let built: BuiltWorker;

beforeAll(async () => {
  built = BuiltWorker.build();
  [county, redis] = await Promise.all([freshCounty(), freshRedis()]);
  locks = openDatabase(county.url, { max: 2, onError: (error) => expect.fail(error.message) });
});
afterAll(async () => {
  await built.close();
  await locks.close();
  await Promise.all([county.close(), redis.stop()]);
});

const NO_MESSAGES: Config['messages'] = { folder: '/nowhere', webhook: null, visitPage: null };
const quiet = () => undefined;
const SILENT: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

const startWorker = (messages = NO_MESSAGES): ChildProcess =>
  built.start({ databaseUrl: county.url, redisUrl: redis.url, messages, ...prompts() }, TIMES);

const secondWorker = (messages: Config['messages']) =>
  run({ databaseUrl: county.url, redisUrl: redis.url, messages, ...prompts() }, SILENT, TIMES);

test('a worker killed in the middle of jobs: its claims run out, another worker fires them, each once', async () => {
  const now = Date.now();
  const stock = await stockDeadlines(county.db, 1000, now, now + 4000);
  const held = stock.slice(100, 106).map(({ ticketId }) => ticketId);
  const heldClaims = async (): Promise<number> => {
    const { rows } = await county.db.query<{ n: number }>(
      `select count(*)::int as n from deadlines where state = 'claimed' and ticket_id = any ($1::uuid[])`,
      [held],
    );
    return rows[0]?.n ?? -1;
  };

  const child = startWorker();
  // Six jobs have claimed their deadline and cannot write: their tickets are locked by somebody else.
  await locks.transact(async (tx) => {
    await locks.on(tx).query('select from tickets where id = any ($1::uuid[]) for update', [held]);
    await expect.poll(heldClaims, { timeout: 20_000, interval: 20 }).toBe(6);
    await built.kill(child);
    // PostgreSQL would go on with a statement whose client has died, and finish it; the machine went down with it.
    await locks.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%deadlines%'`,
    );
  });
  expect(await heldClaims()).toBe(6);
  expect((await firedOnce(county.db)).open).toBeGreaterThan(6);

  const second = await secondWorker(NO_MESSAGES);
  try {
    await expect
      .poll(() => firedOnce(county.db), { timeout: 60_000, interval: 100 })
      .toEqual({ done: 1000, open: 0, lost: 0, doubled: 0 });
    const { rows } = await county.db.query(
      'select distinct attempts from deadlines where ticket_id = any ($1::uuid[])',
      [held],
    );
    expect(rows).toEqual([{ attempts: 2 }]);
  } finally {
    await second.stop();
  }
}, 120_000);

test('a worker killed while the gateway has its messages: another hands over the same ids, none is lost', async () => {
  await using gateway = await Gateway.open();
  gateway.answer = 'hold';
  const book = messageBooks(county.db);
  await book.saveSettings({
    quietHours: { fromMinute: 0, toMinute: 0 },
    retraining: false,
    ticketSteps: true,
  });
  const queue = queueMessages({ messages: book, now: Date.now, newId: randomUUID });
  const wanted = Array.from({ length: 20 }, (_, index) => ({
    kind: 'restored' as const,
    callerNumber: `1380013${String(8000 + index)}`,
    text: '供水已恢复。',
    subject: { kind: 'incident', id: 'burst-1' },
    dedupeKey: `restored:burst-1:${index}`,
  }));
  expect(await queue(wanted)).toEqual({ queued: 20, known: 0, unreachable: 0 });
  expect(await queue(wanted)).toEqual({ queued: 0, known: 20, unreachable: 0 });

  const child = startWorker(gateway.config);
  await expect.poll(() => gateway.received.length, { timeout: 20_000, interval: 20 }).toBe(8);
  const held = gateway.received.map(({ key }) => key);
  await built.kill(child);
  gateway.answer = 'take';
  const second = await secondWorker(gateway.config);
  try {
    const states = async () => {
      const { rows } = await county.db.query<{ state: string; n: number }>(
        'select state, count(*)::int as n from citizen_messages group by state',
      );
      return rows;
    };
    await expect.poll(states, { timeout: 20_000, interval: 100 }).toEqual([{ state: 'sent', n: 20 }]);
  } finally {
    await second.stop();
  }
  // The gateway saw eight of them twice, under the same key: one message each for a gateway that honours it.
  const times = new Map<string, number>();
  for (const { key } of gateway.received) times.set(key, (times.get(key) ?? 0) + 1);
  expect(times.size).toBe(20);
  expect(
    [...times]
      .filter(([, n]) => n > 1)
      .map(([key]) => key)
      .sort(),
  ).toEqual([...held].sort());
}, 120_000);
