import { randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from '../../../src/adapters/pg/migrate.ts';

// A release that is put in while agents search and write: what grows with the citizens and the entries is shut to nobody for
// longer than it takes to change its description.

const MIGRATIONS = resolve(import.meta.dirname, '../../../migrations');
const FIRST = '_search-categories.sql';
const LARGE = [
  ...['search_documents', 'knowledge_entries', 'knowledge_versions', 'knowledge_quotes', 'places'],
  ...['calls', 'call_facts', 'call_outcomes', 'tickets', 'ticket_events', 'deadlines'],
];
const ENTRY = { inOne: randomUUID(), inTwo: randomUUID(), withdrawn: randomUUID(), later: randomUUID() };

const OLD_PLACES = [
  ['whole-day', '全天', '2026-09-01'],
  ['wide', '每天 ２４小时', null],
  ['headed', '营业时间：全天', null],
  ['twice', '营业时间：周一至周五 9:00-17:00', '2926-01-01'],
  ['as-it-is', '24h', '2026-09-01'],
  ['not-told', '', null],
] as const;

const name = `at_work_${randomBytes(6).toString('hex')}`;
const files = readdirSync(MIGRATIONS).sort();
const from = files.findIndex((file) => file.endsWith(FIRST));
let client: pg.Client;
let dir: string;
/** What was done while one of them was shut. */
const shutDuring: string[] = [];

const write = (id: string, categories: readonly string[], state = 'published') =>
  client.query(
    `with e as (
       insert into knowledge_entries (id, number, owner_unit, origin, created_at)
       values ($1, $2, 'water', 'written', now()) returning id
     )
     insert into knowledge_versions (entry_id, number, question, other_ways, answer, message, public_text, internal_text,
       is_public, basis, categories, areas, lines, valid_from, attachments, written_at, state, state_since, published_at)
     select id, 1, 'q', '{}', 'a', '', '', '', true, '[]', $3, '{}', '{}', '2020-01-01', '[]', now(), $4, now(), now() from e`,
    [id, `T-${id.slice(0, 8)}`, categories, state],
  );

beforeAll(async () => {
  const admin = new pg.Client({ connectionString: inject('adminUrl') });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  dir = mkdtempSync(join(tmpdir(), 'at-work-'));
  for (const file of files.slice(0, from)) copyFileSync(join(MIGRATIONS, file), join(dir, file));
  await migrate(url.href, dir);
  client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`insert into units (code, name, kind) values ('water', '自来水公司', 'public-utility')`);
  await write(ENTRY.inOne, ['uncategorised']);
  await write(ENTRY.inTwo, ['uncategorised', 'knowledge']);
  await write(ENTRY.withdrawn, ['uncategorised', 'knowledge'], 'withdrawn');
  await client.query(
    `insert into search_documents (kind, ref, title, version, category, areas, lines, is_public, tokens)
     select 'entry', entry_id, question, 1, categories[1], '{}', '{}', true, '' from knowledge_versions where state = 'published'`,
  );
  await client.query(
    `insert into municipality (name, area_code, time_zone, main_number, general_queue)
     values ('如东县', '0513', 'Asia/Shanghai', '12345', 'general') on conflict do nothing`,
  );
  for (const [code, hours, verifiedOn] of OLD_PLACES)
    await client.query(
      `insert into places (id, code, name, address, hours, category, keeper, verified_on, changed_at)
       values ($1, $2, $2, '', $3, 'uncategorised', 'platform', $4, '2026-10-01T18:00:00Z')`,
      [randomUUID(), code, hours, verifiedOn],
    );
  await client.query('delete from search_changes');
});
afterAll(async () => {
  await client.end();
  rmSync(dir, { recursive: true });
  const admin = new pg.Client({ connectionString: inject('adminUrl') });
  await admin.connect();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});

const shut = async (): Promise<readonly string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_locks l join pg_class c on c.oid = l.relation
     where l.pid = pg_backend_pid() and l.mode = 'AccessExclusiveLock' and c.relname = any ($1)`,
    [LARGE],
  );
  return rows.map((row) => row.name);
};
const statementsOf = (file: string): readonly string[] =>
  readFileSync(join(MIGRATIONS, file), 'utf8')
    .replaceAll(/^\s*--.*$/gm, '')
    .match(/(?:\$\$[\s\S]*?\$\$|[^;])+;/g)
    ?.map((statement) => statement.trim()) ?? [];

test('nothing is read, written or built while a large table is shut, and no row of the index is written anew', async () => {
  const standing = async () =>
    (await client.query(`select ref, xmin::text from search_documents order by ref`)).rows;
  const before = await standing();
  expect(before).toHaveLength(2);
  for (const file of files.slice(from)) {
    await client.query('begin');
    for (const statement of statementsOf(file)) {
      const closed = await shut();
      if (closed.length > 0 && /^(create\s+(unique\s+)?index|insert|update|delete|with)\b/i.test(statement))
        shutDuring.push(`${file}: ${closed} at: ${statement.slice(0, 60)}`);
      await client.query(statement);
    }
    await client.query('commit');
  }
  expect(shutDuring).toEqual([]);
  expect(await standing()).toEqual(before);
});

test('what lies in several kinds of matter is indexed anew, after whatever changes meanwhile', async () => {
  await write(ENTRY.later, ['uncategorised']);
  const { rows } = await client.query<{ ref: string }>(
    `select ref from search_changes where kind = 'entry' order by n`,
  );
  expect(rows.map(({ ref }) => ref)).toEqual([ENTRY.later, ENTRY.inTwo]);
});

test('places of before have their hours in the spelling of today, and no look that is yet to come; what is changed is on record and found anew', async () => {
  const { rows } = await client.query(
    `select p.code, p.hours, to_char(p.verified_on, 'YYYY-MM-DD') as seen, p.revision,
       (select count(*)::integer from place_changes c where c.place_id = p.id and c.revision = p.revision) as told,
       (select count(*)::integer from search_changes s where s.ref = p.id) as found
     from places p where p.code = any ($1)`,
    [OLD_PLACES.map(([code]) => code)],
  );
  const changed = { revision: 2, told: 1, found: 1 };
  const kept = { revision: 1, told: 0, found: 0 };
  expect(Object.fromEntries(rows.map(({ code, ...row }) => [code, row]))).toEqual({
    'whole-day': { hours: '24h', seen: '2026-09-01', ...changed },
    wide: { hours: '24h', seen: null, ...changed },
    headed: { hours: '24h', seen: null, ...changed },
    // It was written down after midnight here.
    twice: { hours: '周一至周五 9:00-17:00', seen: '2026-10-02', ...changed },
    'as-it-is': { hours: '24h', seen: '2026-09-01', ...kept },
    'not-told': { hours: '', seen: null, ...kept },
  });
});
