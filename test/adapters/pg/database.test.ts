import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { DatabaseAway, type Transaction } from '../../../src/app/ports/transaction.ts';
import { freshDatabase } from '../../support/services.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
const broken: Error[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { max: 2, onError: (error) => broken.push(error) });
  await db.query('create table notes (n int)');
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
const notes = async () =>
  (await db.query<{ n: number }>('select n from notes order by n')).rows.map(({ n }) => n);

test('a transaction is whole or not at all, and ends with its work', async () => {
  let kept: Transaction | undefined;
  await db.transact(async (tx) => {
    kept = tx;
    await db.on(tx).query('insert into notes values (1)');
  });
  const failing = db.transact(async (tx) => {
    await db.on(tx).query('insert into notes values (2)');
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await notes()).toEqual([1]);
  expect(() => db.on(kept)).toThrow(/this transaction is over/);
});

test('a server that goes away in the middle of a transaction is reported, rolled back, and survived', async () => {
  const work = db.transact(async (tx) => {
    const on = db.on(tx);
    await on.query('insert into notes values (3)');
    const { rows } = await on.query<{ pid: number }>('select pg_backend_pid() as pid');
    await db.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    // The loss reaches the process while nobody waits for an answer on that connection.
    await expect
      .poll(
        async () => (await db.query('select from pg_stat_activity where pid = $1', [rows[0]?.pid])).rowCount,
      )
      .toBe(0);
    await new Promise((resolve) => setImmediate(resolve));
    await on.query('insert into notes values (4)');
  });
  await expect(work).rejects.toBeInstanceOf(DatabaseAway);
  expect(await notes()).toEqual([1]);
});

test('two who wait for each other: one is undone and done again from its beginning, and both come to their end', async () => {
  const one = openDatabase(database.url, { max: 4, onError: (error) => broken.push(error) });
  await one.query('create table doors (n int primary key, opened int not null)');
  await one.query('insert into doors values (1, 0), (2, 0)');
  const runs = [0, 0];
  let met = 0;
  let bothInside: () => void = () => undefined;
  const inside = new Promise<void>((resolve) => {
    bothInside = resolve;
  });
  const through = (who: 0 | 1, order: readonly [number, number]) =>
    one.transact(async (tx) => {
      runs[who] = (runs[who] ?? 0) + 1;
      const open = (n: number) => one.on(tx).query('update doors set opened = opened + 1 where n = $1', [n]);
      await open(order[0]);
      met += 1;
      if (met === 2) bothInside();
      await inside;
      await open(order[1]);
      return who;
    });
  expect(await Promise.all([through(0, [1, 2]), through(1, [2, 1])])).toEqual([0, 1]);
  const { rows } = await one.query<{ opened: number }>('select opened from doors');
  expect(rows.map(({ opened }) => opened)).toEqual([2, 2]);
  expect([...runs].sort()).toEqual([1, 2]);
  await one.close();
});

test('who is undone each time hears that others were in the way, and not that the database is away, after five tries and no more', async () => {
  let runs = 0;
  const undone = db.transact(async (tx) => {
    runs += 1;
    // Whatever the work makes of the failure of its statement.
    await db
      .on(tx)
      .query(`do $$ begin raise exception 'as if' using errcode = '40001'; end $$`)
      .catch(() => undefined);
  });
  await expect(undone).rejects.toMatchObject({ code: 'database.contended', cause: { code: '40001' } });
  // To a job it is what the database's absence is: nothing is wrong with the work, and it comes round again.
  await expect(undone).rejects.toBeInstanceOf(DatabaseAway);
  expect(runs).toBe(5);
});

test('a server that refuses connections is away, not a stack of socket errors', async () => {
  const away = openDatabase('postgres://nobody@127.0.0.1:1/none', { onError: (error) => broken.push(error) });
  await expect(away.query('select 1')).rejects.toMatchObject({ code: 'database.away' });
  await expect(away.transact(() => Promise.resolve())).rejects.toMatchObject({ code: 'database.away' });
  await away.close();
});

test('no statement is compiled before it is run: whoever waits for it waits for that as well', async () => {
  expect((await db.query('show jit')).rows).toEqual([{ jit: 'off' }]);
});
