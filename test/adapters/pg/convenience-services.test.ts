import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chineseLanguage } from '../../../src/adapters/language/chinese.ts';
import { scryptHasher } from '../../../src/adapters/passwords/scrypt.ts';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { dispatchCatalogueBooks } from '../../../src/adapters/pg/dispatch-catalogue.ts';
import { searchIndexBooks } from '../../../src/adapters/pg/search-index.ts';
import { findAnswers } from '../../../src/app/knowledge/search/find-answers.ts';
import { indexChanges } from '../../../src/app/knowledge/search/index-changes.ts';
import { SearchMemory } from '../../../src/app/knowledge/search/search-memory.ts';
import { firstStart } from '../../../src/roles/first-start.ts';
import { freshDatabase } from '../../support/services.ts';

// 便民服务 as a county has it on its first day: the kinds that JY-07 names, and somebody for each.

const NOW = Date.parse('2026-11-25T10:00:00+08:00');
let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
let dataDir: string;
let find: ReturnType<typeof findAnswers>;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: (error) => expect.fail(error.message) });
  dataDir = mkdtempSync(join(tmpdir(), 'convenience-'));
  const log = { info: () => undefined, warn: () => undefined };
  const hasher = scryptHasher({ N: 1024, r: 8, p: 1 });
  await firstStart({ databaseUrl: database.url, dataDir }, { nowMs: NOW, log, hasher });
  const deps = {
    ...{ database: db, searchIndex: searchIndexBooks(db), calendar: calendarBooks(db), now: () => NOW },
    ...{ dispatchCatalogue: dispatchCatalogueBooks(db), language: chineseLanguage() },
  };
  const index = indexChanges(deps);
  while ((await index()) > 0);
  find = findAnswers({ ...deps, searchMemory: new SearchMemory(deps) });
}, 120_000);
afterAll(async () => {
  await db.close();
  rmSync(dataDir, { recursive: true });
  await database.drop();
});

test('JY-07: the kinds of 便民服务 stand under one category, each with somebody who can be rung', async () => {
  const { rows } = await db.query<{ name: string; places: number }>(
    `select c.name, (select count(*)::int from places p where p.category = c.code and p.closed_on is null and p.telephone <> '')
       as places
     from categories c join categories top on top.code = c.parent_code where top.name = '便民服务'`,
  );
  const places = new Map(rows.map((row) => [row.name, row.places]));
  for (const kind of ['家政服务', '应急抢修', '便民培训', '婚庆礼仪', '请医送药']) {
    expect(places.get(kind), kind).toBeGreaterThan(0);
  }
});

test.each([
  ['想找个保姆照看老人', 'convenience.housekeeping'],
  ['家里马桶堵了找人来通', 'convenience.repair'],
  ['想学电脑哪里有培训班', 'convenience.training'],
  ['办喜事要找司仪和婚车', 'convenience.wedding'],
  ['老人走不动想请医生上门', 'convenience.medicine'],
])('JY-07: “%s” finds who does it, by kind and without', async (words, category) => {
  const asked = { words, typing: false, kind: 'place', limit: 5 } as const;
  const { hits: ofKind } = await find({ ...asked, category: 'convenience' });
  expect(ofKind.map(({ document }) => document.category)).toContain(category);
  const { hits: any } = await find(asked);
  expect(any.map(({ document }) => document.category)).toContain(category);
});
