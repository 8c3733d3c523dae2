import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { run } from '../../src/runtime/run-program.ts';
import type { Stores } from './stores.ts';

/**
 * Each table that the product wrote for one ticket, with the columns whose values are another ticket's in each
 * transaction. `gone`: what the database fills in itself.
 */
const TABLES = [
  { table: 'tickets', of: 'id = $1', fresh: { id: 'ticket', number: 'number' }, gone: [] },
  { table: 'ticket_events', of: 'ticket_id = $1', fresh: { id: 'own', ticket_id: 'ticket' }, gone: ['hash'] },
  { table: 'deadlines', of: 'ticket_id = $1', fresh: { id: 'own', ticket_id: 'ticket' }, gone: [] },
  { table: 'outbox', of: 'key = $1::text', fresh: { key: 'ticket' }, gone: ['id', 'sent_at'] },
  {
    table: 'idempotency_keys',
    of: "response #>> '{}' like '%' || $1 || '%'",
    fresh: { key: 'own' },
    gone: [],
  },
] as const;

/** To pgbench a colon before a word is a variable, also within quotes. */
const literal = (value: string | null): string =>
  value === null
    ? 'null'
    : `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a')}'`;

/**
 * A pgbench script that writes what the product wrote for its last ticket, table by table, in one transaction of one
 * statement: the least that a server must do for it.
 */
export async function sameRowsScript(stores: Stores): Promise<string> {
  const { rows: last } = await stores.db.query<{ id: string }>(
    'select id from tickets order by accepted_at desc limit 1',
  );
  const id = last[0]?.id ?? '';
  const written: string[] = [];
  for (const { table, of, fresh, gone } of TABLES) {
    const dropped: readonly string[] = gone;
    const { rows: named } = await stores.db.query<{ name: string }>(
      `select attname as name from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      [table],
    );
    const columns = named.map(({ name }) => name).filter((name) => !dropped.includes(name));
    const { rows } = await stores.db.query<{ row: readonly (string | null)[] }>(
      // As text, so that it goes back as it came.
      `select json_build_array(${columns.map((name) => `"${name}"::text`).join(', ')}) as row
       from ${table} where ${of} ${table === 'ticket_events' ? 'order by seq' : ''}`,
      [id],
    );
    if (rows.length === 0) throw new Error(`the product wrote nothing to ${table}`);
    const values = rows.map(({ row }) => {
      const cells = columns.map((name, at) => {
        const how = new Map<string, string>(Object.entries(fresh)).get(name);
        if (how === 'ticket') return table === 'outbox' ? ':ticket::text' : ':ticket::uuid';
        if (how === 'number') return "'B' || :number::text";
        if (how === 'own')
          return table === 'idempotency_keys' ? 'gen_random_uuid()::text' : 'gen_random_uuid()';
        return literal(row[at] ?? null);
      });
      return `(${cells.join(', ')})`;
    });
    written.push(`insert into ${table} (${columns.join(', ')}) values ${values.join(', ')}`);
  }
  const most = written.slice(0, -1).map((text, nth) => `w${nth} as (${text})`);
  const statement = `with ${most.join(', ')} ${written.at(-1)};`;
  const file = stores.file('same-rows.sql');
  await writeFile(
    file,
    `select gen_random_uuid() as ticket, nextval('ticket_number') as number \\gset\n${statement.replaceAll('\n', ' ')}\n`,
  );
  return file;
}

/** How long each transaction took, as pgbench wrote it down: in the third column, in microseconds. The files are removed. */
async function tookIn(prefix: string): Promise<readonly number[]> {
  const folder = dirname(prefix);
  const files = (await readdir(folder)).filter((name) => name.startsWith(`${basename(prefix)}.`));
  const took: number[] = [];
  for (const file of files.map((name) => join(folder, name))) {
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
    took.push(...lines.map((line) => Number(line.split(' ')[2]) / 1000));
    await rm(file);
  }
  return took;
}

/** The rate that pgbench reaches, from the PostgreSQL that the project runs with. */
export async function runPgbench(
  stores: Stores,
  script: string,
  clients: number,
  seconds: number,
): Promise<{ readonly perSecond: number; readonly tookMs: readonly number[]; readonly failures: number }> {
  const prefix = `${script}-took`;
  const { code, out, err } = await run(join(stores.postgres.bin, 'pgbench'), [
    ...['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', script],
    ...['-l', `--log-prefix=${prefix}`],
    stores.databaseUrl,
  ]);
  const perSecond = Number(/^tps = ([\d.]+)/m.exec(out)?.[1] ?? Number.NaN);
  if (code !== 0 || !(perSecond > 0)) throw new Error(`pgbench ended with ${code}: ${err.slice(-800)}`);
  const failures = Number(/^number of failed transactions: (\d+)/m.exec(out)?.[1] ?? 0);
  return { perSecond, tookMs: await tookIn(prefix), failures };
}
