import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { failingRounds, roundRecord } from '../../../src/adapters/pg/round-failures.ts';
import { startRounds } from '../../../src/roles/rounds.ts';
import { freshDatabase } from '../../support/services.ts';

const WORKER = '5f0c2f8e-54b6-4f0e-9a3d-3b7a4a1e0a11';
const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: () => undefined });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const board = () => failingRounds(db, Date.now());

test('a round that fails is on the board while it fails, and no longer; others go on beside it', async () => {
  let broken = true;
  let others = 0;
  const rounds = startRounds(
    [
      {
        name: 'prompts',
        everyMs: 20,
        work: async () => {
          if (broken) throw new Error('no voice speaks this');
          return 'done';
        },
      },
      {
        name: 'tidy',
        everyMs: 20,
        work: async () => {
          others += 1;
          return 'done';
        },
      },
    ],
    roundRecord(db, WORKER),
    quiet,
  );
  await vi.waitFor(async () => expect((await board())[0]?.times).toBeGreaterThan(1), 10_000);
  expect(await board()).toMatchObject([{ name: 'prompts', why: 'no voice speaks this', workers: 1 }]);
  expect(others).toBeGreaterThan(1);
  broken = false;
  await vi.waitFor(async () => expect(await board()).toEqual([]), 10_000);
  broken = true;
  await vi.waitFor(async () => expect(await board()).toHaveLength(1), 10_000);
  // Its worker went home: what it could not do is no news any more.
  await rounds.stop();
  expect(await board()).toEqual([]);
});

test('one failure alone is not told; what could not be taken off the board is taken off by the next round', async () => {
  const kept = roundRecord(db, WORKER);
  const says: ('fails' | 'works')[] = ['fails', 'works', 'fails', 'fails'];
  const told: number[] = [];
  let refused = 0;
  const rounds = startRounds(
    [
      {
        name: 'sweep',
        everyMs: 20,
        work: async () => {
          if ((says.shift() ?? 'works') === 'fails') throw new Error('slow');
          return 'done';
        },
      },
    ],
    {
      ...kept,
      failed: (failure) => {
        told.push(failure.failures);
        return kept.failed(failure);
      },
      works: (round) => {
        refused += 1;
        return refused < 3 ? Promise.reject(new Error('away')) : kept.works(round);
      },
    },
    quiet,
  );
  await vi.waitFor(() => expect(refused).toBe(3), 10_000);
  await vi.waitFor(async () => expect(await board()).toEqual([]), 10_000);
  expect(told).toEqual([2]);
  await rounds.stop();
});

test('books that are away stop no round: it tries on, and the board is told when they are back', async () => {
  let away = true;
  const kept = roundRecord(db, WORKER);
  const told: number[] = [];
  const rounds = startRounds(
    [{ name: 'relay', everyMs: 20, work: () => Promise.reject(new Error('gone')) }],
    {
      ...kept,
      failed: (failure) => {
        told.push(failure.failures);
        return away ? Promise.reject(new Error('away')) : kept.failed(failure);
      },
    },
    quiet,
  );
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(1), 10_000);
  expect(await board()).toEqual([]);
  away = false;
  await vi.waitFor(async () => expect(await board()).toMatchObject([{ name: 'relay' }]), 10_000);
  await rounds.stop();
});
