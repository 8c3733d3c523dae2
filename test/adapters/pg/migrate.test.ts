import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { MigrationRefused, migrate } from '../../../src/adapters/pg/migrate.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../../migrations');

let database: { readonly url: string; readonly name: string };
let dir: string;

async function ask(url: string, sql: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ n?: number }>(sql);
    return rows[0]?.n ?? -1;
  } finally {
    await client.end();
  }
}
beforeEach(async () => {
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await ask(inject('adminUrl'), `create database ${name}`);
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  database = { url: url.href, name };
  dir = mkdtempSync(join(tmpdir(), 'migrations-'));
});
afterEach(async () => {
  rmSync(dir, { recursive: true });
  await ask(inject('adminUrl'), `drop database ${database.name} with (force)`);
});

const put = (name: string, sql: string) => writeFileSync(join(dir, name), sql);

const count = (from: string) => ask(database.url, `select count(*)::int as n from ${from}`);

test('the product’s migrations apply to an empty database once, and a second start finds nothing to do', async () => {
  const applied = await migrate(database.url, MIGRATIONS);
  expect(applied[0]).toBe('0001_organisation.sql');
  expect(await count('calls')).toBe(0);
  expect(await migrate(database.url, MIGRATIONS)).toEqual([]);
});

test('four starts at once: each migration is applied by exactly one of them', async () => {
  const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, MIGRATIONS)));
  const all = runs.flat();
  expect(new Set(all).size).toBe(all.length);
  expect(await count('schema_migrations')).toBe(all.length);
});

test('a failing migration is rolled back whole, and the ones before it stay', async () => {
  put('0001_a.sql', '-- first\ncreate table a (id int);');
  put('0002_b.sql', '-- second\ncreate table b (id int);\ninsert into nowhere values (1);');
  await expect(migrate(database.url, dir)).rejects.toThrow(
    /0002_b\.sql failed and was rolled back: .*nowhere/,
  );
  expect(await count(`pg_tables where tablename in ('a', 'b')`)).toBe(1);
  put('0002_b.sql', '-- second\ncreate table b (id int);');
  expect(await migrate(database.url, dir)).toEqual(['0002_b.sql']);
});

test('a file changed after it was applied is refused by name', async () => {
  put('0001_a.sql', '-- first\ncreate table a (id int);');
  await migrate(database.url, dir);
  put('0001_a.sql', '-- first\ncreate table a (id bigint);');
  await expect(migrate(database.url, dir)).rejects.toThrow(/0001_a\.sql was changed after it was applied/);
});

test('a database that is ahead of the program is refused', async () => {
  put('0001_a.sql', '-- first\ncreate table a (id int);');
  put('0002_b.sql', '-- second\ncreate table b (id int);');
  await migrate(database.url, dir);
  rmSync(join(dir, '0002_b.sql'));
  await expect(migrate(database.url, dir)).rejects.toThrow(/0002_b\.sql, which this program does not know/);
});

test.each([
  ['0002_b.sql', '-- why\nselect 1;', /0002_b\.sql comes where 0001_… must/],
  ['1_b.sql', '-- why\nselect 1;', /named like 0001_topic\.sql/],
  ['0001_b.sql', 'select 1;', /first line must be a comment/],
  ['0001_b.sql', '-- why\nselect 1;\nCOMMIT;', /runs in one already/],
])('%s with %j is refused before the database is touched', async (name, sql, message) => {
  put(name, sql);
  const attempt = migrate('postgres://127.0.0.1:1/never', dir);
  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.toBeInstanceOf(MigrationRefused);
});
