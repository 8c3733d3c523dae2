import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chineseLanguage } from '../../../src/adapters/language/chinese.ts';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { searchIndexBooks } from '../../../src/adapters/pg/search-index.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { indexChanges } from '../../../src/app/knowledge/search/index-changes.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { run } from '../../../src/roles/worker.ts';
import type { WorkerTimes } from '../../../src/roles/worker-times.ts';
import { freshRedis, type TestRedis } from '../../support/services.ts';
import { appeal, type County, freshCounty } from '../pg-tickets/county.ts';
import { stockEntries } from './knowledge-in-stock.ts';
import { prompts } from './prompt-settings.ts';

// What a worker does by itself for the knowledge base and its search: each of its rounds comes by, as a whole worker.

const NO_MESSAGES = { folder: '/nowhere', webhook: null, visitPage: null };
const FAST: WorkerTimes = { claimMs: 2000, sweepEveryMs: 200, jobLostAfterMs: 2000 };
const DAY_MS = 86_400_000;
const PATIENCE = { timeout: 60_000, interval: 100 };

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
  await livesAtNoon();
  await county.db.query(`insert into units (code, name, kind) values ('centre', '指挥中心', 'centre')`);
  await county.db.query(`insert into queues (code, name) values ('general', '总席')`);
  await county.db.query(`insert into lines (number, name, unit_code, mode, valid_from, queue_code, basis)
    values ('12345', '政府热线', 'centre', 'MAIN', '2020-04-28', 'general', 'x')`);
});
afterEach(async () => {
  for (const step of undo.reverse()) await step();
});

/** It is noon where the county lies: what is asked of units from nine on is asked at whatever hour this test runs. */
async function livesAtNoon(): Promise<void> {
  const ahead = 12 - new Date().getUTCHours();
  // The sign in these names is the other way round.
  const zone = `Etc/GMT${ahead < 0 ? '+' : '-'}${Math.abs(ahead)}`;
  await county.db.query('update municipality set time_zone = $1', [zone]);
}

async function work(): Promise<void> {
  const config = { databaseUrl: county.url, redisUrl: redis.url, messages: NO_MESSAGES, ...prompts() };
  const worker = await run(config, log, FAST);
  undo.push(() => worker.stop());
}

/** What stands now is found, before any worker comes. */
async function index(): Promise<void> {
  const { db } = county;
  const by = { searchIndex: searchIndexBooks(db), calendar: calendarBooks(db), language: chineseLanguage() };
  expect(await indexChanges({ ...by, database: db, now: Date.now })()).toBeGreaterThan(0);
}

/** A citizen's question that his unit answered; returns its number. */
async function closedEnquiry(reply: string): Promise<string> {
  const opening = { tickets: ticketBooks(county.db), now: Date.now, newId: randomUUID };
  const asked = appeal({ type: 'ENQUIRY', title: '路灯归谁修', content: '想问路灯归谁修' });
  const { id, number } = await openTicket(opening)({ appeal: asked, callId: null, actor: county.agent });
  await county.db.query(`update tickets set state = 'closed', closed_at = now() where id = $1`, [id]);
  await county.db.query(
    `insert into ticket_events (id, ticket_id, seq, at, type, body)
     select $1::uuid, $2::uuid, max(seq) + 1, now(), 'replyMended', $3::jsonb from ticket_events where ticket_id = $2::uuid`,
    [randomUUID(), id, JSON.stringify({ reply })],
  );
  return number;
}

const place = (name: string) =>
  county.db.query(
    `insert into places (id, code, name, address, category, keeper, unit_code, verified_on, changed_at)
     values ($1, 'P1', $2, '青园路1号', 'urban.lighting', 'unit', 'lighting', '2025-01-01', now())`,
    [randomUUID(), name],
  );

/** What an agent looked for in his call, and what he told the citizen then. */
async function quoted(words: string, entryId: string): Promise<void> {
  const callId = await county.call();
  const { accountId } = county.agent;
  await county.db.query(
    `insert into knowledge_searches (id, at, account_id, call_id, line, words, hits, entry_id)
     values ($1, now() - interval '1 minute', $2, $3, '12345', $4, 1, $5)`,
    [randomUUID(), accountId, callId, words, entryId],
  );
  await county.db.query(
    `insert into knowledge_quotes (id, call_id, entry_id, version, at, agent_id, message)
     values ($1, $2, $3, 1, now(), $4, 'notAsked')`,
    [randomUUID(), callId, entryId, accountId],
  );
}
const inVain = (words: string) =>
  county.db.query(
    `insert into knowledge_searches (id, at, line, words, hits) values ($1, now() - interval '1 minute', '12345', $2, 0)`,
    [randomUUID(), words],
  );

/** A pack whose surge key has had its time. */
async function packOver(): Promise<void> {
  const { accountId } = county.lead;
  await county.db.query(
    `insert into knowledge_packs (code, title, push, changed_at, changed_by) values ('typhoon', '台风', 'none', now(), $1)`,
    [accountId],
  );
  await county.db.query(
    `insert into knowledge_pack_uses (id, pack, surge, until, ordered_at, ordered_by)
     values ($1, 'typhoon', 'storm', now() - interval '1 minute', now() - interval '1 hour', $2)`,
    [randomUUID(), accountId],
  );
}

const drafts = async (origin: string) =>
  (
    await county.db.query(
      `select e.owner_unit as unit, v.state, v.answer from knowledge_entries e
         join knowledge_versions v on v.entry_id = e.id
       where e.origin = 'enquiry' and e.origin_ref = $1`,
      [origin],
    )
  ).rows;
const asked = async () =>
  (
    await county.db.query(
      `select k.kind || ' ' || k.unit_code as task, t.content from knowledge_tasks k join tickets t on t.id = k.ticket_id
       where k.kind in ('weekly', 'places') order by 1`,
    )
  ).rows;
const lessons = async (entryId: string) =>
  (await county.db.query('select token, times from search_lessons where ref = $1', [entryId])).rows;
const places = async () =>
  (await county.db.query(`select title from search_documents where kind = 'place'`)).rows;
const endings = async () => (await county.db.query('select ending from knowledge_pack_uses')).rows;

test('a worker drafts what was answered, sends the lists of the week, asks about places, ends packs, indexes what is new and learns what was told', async () => {
  const ending = new Date(Date.now() + 10 * DAY_MS).toISOString().slice(0, 10);
  const [entry = ''] = await stockEntries(county.db, [
    { unit: 'lighting', state: 'published', validTo: ending },
  ]);
  await index();
  await quoted('路灯', entry);
  await inVain('残疾证怎么办');
  await place('路灯报修窗口');
  await packOver();
  const enquiry = await closedEnquiry('由路灯管理所维修。');
  await work();
  await expect
    .poll(() => drafts(enquiry), PATIENCE)
    .toEqual([{ unit: 'lighting', state: 'draft', answer: '由路灯管理所维修。' }]);
  await expect.poll(asked, PATIENCE).toEqual([
    { task: 'places lighting', content: expect.stringContaining('P1 路灯报修窗口') },
    { task: 'weekly centre', content: expect.stringContaining('“残疾证怎么办” 1 次') },
    { task: 'weekly lighting', content: expect.stringContaining(`（${ending}）路灯不亮找谁`) },
  ]);
  await expect.poll(() => lessons(entry), PATIENCE).toEqual([{ token: '路灯', times: 1 }]);
  await expect.poll(places, PATIENCE).toEqual([{ title: '路灯报修窗口' }]);
  await expect.poll(endings, PATIENCE).toEqual([{ ending: 'over' }]);
}, 180_000);
