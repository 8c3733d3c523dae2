import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundedDatabase } from '../../../src/adapters/pg/bounded.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { DatabaseSlow } from '../../../src/app/ports/transaction.ts';
import { freshDatabase } from '../../support/services.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { max: 6, onError: () => undefined });
  await db.query('create table doors (n int)');
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** Holds the table until told to let go. */
function shut(): Promise<{ open(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const over: Promise<void> = db.transact(async (tx) => {
      await db.on(tx).query('lock table doors in access exclusive mode');
      await new Promise<void>((letGo) => {
        const open = (): Promise<void> => {
          letGo();
          return over;
        };
        resolve({ open });
      });
    });
    over.catch(reject);
  });
}
const waiting = async () =>
  (
    await db.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).rows[0]?.n;

test('a statement that takes too long is ended in PostgreSQL, and the next on its connection has no limit left over', async () => {
  const bounded = boundedDatabase(db, { statementMs: 100, atOnce: 1, waitMs: 5000 });
  const door = await shut();
  const asked = [bounded.query('select from doors'), bounded.on().query('select from doors')];
  for (const one of await Promise.allSettled(asked)) {
    expect(one).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseSlow) });
  }
  expect(await waiting()).toBe(0);
  await door.open();
  expect((await bounded.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  const { rows } = await db.query<{ statement_timeout: string }>('show statement_timeout');
  expect(rows).toEqual([{ statement_timeout: '0' }]);
});

test('only so many are under way at once: who gets no turn in time hears so, and a turn that is over goes to the next', async () => {
  const bounded = boundedDatabase(db, { statementMs: 60_000, atOnce: 2, waitMs: 1000 });
  const door = await shut();
  const under = [bounded.query('select 1 as n from doors'), bounded.query('select 2 as n from doors')];
  await expect.poll(waiting).toBe(2);
  await expect(bounded.query('select 3')).rejects.toBeInstanceOf(DatabaseSlow);
  expect(await waiting()).toBe(2);
  const next = bounded.query<{ n: number }>('select 4 as n');
  await door.open();
  await Promise.all(under);
  expect((await next).rows).toEqual([{ n: 4 }]);
  // All turns are free again.
  const door2 = await shut();
  const again = [1, 2].map(() => bounded.query('select from doors'));
  await expect.poll(waiting).toBe(2);
  await door2.open();
  await Promise.all(again);
});
