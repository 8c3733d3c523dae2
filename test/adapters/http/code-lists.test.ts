import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginEditions } from '../../../src/app/codes/begin-editions.ts';
import { watchLapses } from '../../../src/app/codes/watch-lapses.ts';
import { loudLog } from '../../support/loud-log.ts';
import { type Counter, openCounter, type Person } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';

const DAY_MS = 86_400_000;
const dayIn = (days: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10);
const REASON = '全县代码调整';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const post = (path: string, body: object, who: Person = counter.people.operator) =>
  counter.ask(who, 'POST', `/v1${path}`, body);
const get = async (path: string, who: Person = counter.people.lead) =>
  (await counter.ask(who, 'GET', `/v1${path}`)).body;

async function draft(list: string, rows: object, validFrom = dayIn(0)): Promise<number> {
  const made = await post(`/codes/${list}/draft`, { title: '新版', validFrom });
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 });
  const edited = await post(`/codes/${list}/draft/rows`, { revision: made.body.revision, ...rows });
  expect(edited, JSON.stringify(edited.body)).toMatchObject({ status: 200 });
  return edited.body.revision;
}
const publish = (list: string, revision: number, who: Person = counter.people.lead) =>
  post(`/codes/${list}/draft/publish`, { revision, reason: REASON }, who);

async function ticket(categoryCode: string, more: object = {}): Promise<string> {
  const opened = await post(
    '/tickets',
    { type: 'COMPLAINT', categoryCode, content: '江海路漏水', place: '江海路', ...more },
    counter.people.agent,
  );
  expect(opened, JSON.stringify(opened.body)).toMatchObject({ status: 201 });
  return opened.body.id;
}
const findings = async (list: string): Promise<string[]> =>
  (await get(`/codes/${list}/draft/check`)).findings.map(
    ({ severity, code, codes }: { severity: string; code: string; codes: string[] }) =>
      `${severity} ${code} ${codes.join()}`,
  );
const span = () =>
  `from=${new Date(Date.now() - DAY_MS).toISOString()}&to=${new Date(Date.now() + DAY_MS).toISOString()}`;
const rows = async (query: string): Promise<unknown[]> =>
  (await get(`/reports/appeals?${span().replaceAll('+', '%2B')}&${query}`)).rows.map(
    ({ code, count, unsure, among, without }: Record<string, unknown>) => ({
      ...{ code, count },
      ...(unsure === 0 ? {} : { unsure }),
      ...((among as string[]).length === 0 ? {} : { among }),
      ...((without as string[]).length === 0 ? {} : { without }),
    }),
  );

test('the life of a new list: draft, check, second person, in force; old tickets keep code and name of their day', async () => {
  const { people, db } = counter;
  const old = await ticket('leak', { unitCode: 'water' });
  const desk = knowledgeDesk(counter);
  const entry = await desk.draft();
  await post('/dispatch/catalogue', {
    version: (await get('/dispatch/catalogue')).version,
    reason: '目录',
    entries: [{ category: 'leak', lead: 'water', validFrom: '2026-01-01' }],
  });

  const revision = await draft('category', {
    set: [
      { code: 'supply', name: '供水保障' },
      { code: 'supply.pipe', name: '管网漏损', parentCode: 'supply' },
      { code: 'supply.meter', name: '水表', parentCode: 'supply' },
    ],
    remove: ['leak'],
  });
  expect(await findings('category')).toEqual(['error endedInUse leak']);
  expect(await publish('category', revision)).toMatchObject({
    status: 422,
    body: { code: 'codes.faulty', data: { findings: [{ code: 'endedInUse' }] } },
  });
  const mapped = await post('/codes/category/draft/rows', {
    revision,
    remove: ['water'],
    mapping: [
      { from: 'leak', to: 'supply.pipe', main: true },
      { from: 'leak', to: 'supply.meter' },
      { from: 'water', to: 'supply' },
    ],
  });
  expect(await findings('category')).toEqual([]);
  // What a screen offers of it is what the server would do.
  const movesOf = async (who: Person) => (await get('/codes/category/editions/2', who)).moves;
  expect(await movesOf(people.operator)).toEqual([
    { move: 'publish', byAnother: true },
    { move: 'discard', byAnother: false },
  ]);
  expect(await movesOf(people.lead)).toEqual([{ move: 'publish', byAnother: false }]);
  expect(await movesOf(people.agent)).toEqual([]);
  // Who edited does not publish, and who saw an older draft publishes nothing.
  expect(await publish('category', mapped.body.revision, people.operator)).toMatchObject({
    status: 403,
    body: { code: 'codes.ownWork' },
  });
  expect(await publish('category', revision)).toMatchObject({ body: { code: 'codes.changedMeanwhile' } });
  const published = await publish('category', mapped.body.revision);
  expect(published).toMatchObject({ status: 200, body: { edition: { number: 2, state: 'inForce' } } });

  const seen = await get(`/tickets/${old}`);
  expect(seen).toMatchObject({
    category: { code: 'leak', name: '漏水' },
    categoryNow: [{ code: 'supply.pipe' }, { code: 'supply.meter' }],
  });
  const refused = await post('/tickets', { type: 'HELP', categoryCode: 'leak', content: '漏' }, people.agent);
  expect(refused).toMatchObject({
    status: 422,
    body: { code: 'ticket.categoryEnded', data: { now: ['supply.pipe', 'supply.meter'] } },
  });
  // Nor is it written into the knowledge base; an entry that bore it before keeps it until somebody sorts it anew.
  const late = await desk.post(people.unit, '/knowledge', desk.words());
  expect(late).toMatchObject({
    status: 422,
    body: {
      code: 'knowledge.categoryEnded',
      data: { categories: [{ code: 'leak', now: ['supply.pipe', 'supply.meter'] }] },
    },
  });
  expect((await desk.revise(entry, { question: '水管漏了找谁' })).status).toBe(201);
  expect((await desk.revise(entry, { categories: ['supply.pipe'] })).status).toBe(201);
  expect((await desk.revise(entry, { categories: ['leak'] })).body.code).toBe('knowledge.categoryEnded');
  expect((await get('/categories')).categories.map(({ code }: { code: string }) => code)).toEqual(
    expect.not.arrayContaining(['leak', 'water']),
  );

  // Whatever asks by a category of today, or by one of then, finds both.
  const fresh = await ticket('supply.pipe');
  const found = async (category: string) =>
    (await get(`/tickets?categoryCode=${category}`)).tickets.map(({ id }: { id: string }) => id).toSorted();
  for (const category of ['supply', 'supply.pipe', 'leak']) {
    expect(await found(category), category).toEqual([old, fresh].toSorted());
  }
  expect(await found('supply.meter')).toEqual([old]);

  // Whose it is follows at once, and a ticket with the old code is still suggested its unit.
  const { entries } = await get('/dispatch/responsible?category=supply.pipe');
  expect(entries.map(({ leadUnit }: { leadUnit: string }) => leadUnit)).toEqual(['water']);
  const [version] = (await get('/dispatch/catalogue/versions')).versions;
  expect(version).toMatchObject({ origin: 'codes', by: null });
  const { suggestions } = await get(`/tickets/${old}/suggestions`);
  expect(suggestions[0]).toMatchObject({ unitCode: 'water' });
  expect((await get(`/tickets/${old}/suggestions`)).matter.categories).toEqual(['supply.pipe', 'supply']);
  const { rows: changes } = await db.query<{ n: number }>('select count(*)::int as n from code_paths');
  expect(changes[0]?.n).toBe(3);

  // Figures by today's list and by the one of then; the same appeals.
  expect(await rows('list=category&level=all')).toEqual([{ code: 'supply.pipe', count: 2, unsure: 1 }]);
  expect(await rows('list=category&level=all&edition=1')).toEqual([{ code: 'leak', count: 2 }]);
  expect(await rows('list=category')).toEqual([{ code: 'supply', count: 2, unsure: 1 }]);
  expect(await get('/codes/category/map?code=leak&from=1')).toMatchObject({
    kind: 'one',
    code: 'supply.pipe',
    sure: false,
  });

  // Somebody who knows says which part it is.
  const sorted = await post(
    `/tickets/${old}/classification`,
    { categoryCode: 'supply.meter', reason: '表后漏水' },
    people.dispatcher,
  );
  expect(sorted).toMatchObject({ status: 200, body: { categoryCode: 'supply.meter' } });
  expect(await rows('list=category&level=all')).toEqual([
    { code: 'supply.meter', count: 1 },
    { code: 'supply.pipe', count: 1 },
  ]);
  const line = (await get(`/tickets/${old}`)).timeline.at(-1);
  expect(line).toMatchObject({
    type: 'classified',
    reason: '表后漏水',
    body: { from: { categoryCode: 'leak' } },
  });
});

test('back to the list before: the old codes again, and what was written meanwhile is counted there', async () => {
  const restored = await post('/codes/category/restore', { reason: '新表有误，先恢复' });
  expect(restored).toMatchObject({
    status: 201,
    body: { number: 3, state: 'inForce', title: '恢复第 1 版', titleEn: 'Back to version 1' },
  });
  const codes = (await get('/codes/category')).terms.map(({ code }: { code: string }) => code);
  expect(codes).toEqual(['leak', 'water']);
  expect(await rows('list=category&level=all')).toEqual([{ code: 'leak', count: 2 }]);
  expect(await ticket('leak')).toBeTruthy();
  const [version] = (await get('/dispatch/catalogue/versions')).versions;
  expect(version).toMatchObject({ origin: 'codes' });
  expect((await get('/dispatch/responsible?category=leak')).entries[0]).toMatchObject({ leadUnit: 'water' });
});

test('a list for a later day waits, begins with its day, and can be taken back before', async () => {
  const revision = await draft('category', { set: [{ code: 'gas', name: '燃气' }] }, dayIn(2));
  expect(await publish('category', revision)).toMatchObject({ body: { edition: { state: 'published' } } });
  expect(await post('/codes/category/draft', { title: '再一版', validFrom: dayIn(3) })).toMatchObject({
    status: 409,
    body: { code: 'codes.waiting', data: { number: 4 } },
  });
  const gas = () =>
    post('/tickets', { type: 'HELP', categoryCode: 'gas', content: '漏气' }, counter.people.agent);
  expect(await gas()).toMatchObject({ body: { code: 'ticket.categoryUnknown' } });
  const beginAt = (days: number) =>
    beginEditions({ ...counter.services, log: loudLog, now: () => Date.now() + days * DAY_MS })();
  expect(await beginAt(0)).toBe(0);
  // Of two workers at midnight one lets it begin.
  const begun = await Promise.all([beginAt(2), beginAt(2), beginAt(2)]);
  expect(begun.toSorted()).toEqual([0, 0, 1]);
  expect(await gas()).toMatchObject({ status: 201 });
  const next = await draft('category', { set: [{ code: 'heat', name: '供热' }] }, dayIn(9));
  const { body } = await publish('category', next);
  const number = body.edition.number;
  const withdrawn = await post(`/codes/category/editions/${number}/withdraw`, { reason: '文件未下发' });
  expect(withdrawn).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
  expect(await post(`/codes/category/editions/${number}/withdraw`, { reason: '文件未下发' })).toMatchObject({
    status: 409,
    body: { code: 'codes.moveImpossible' },
  });
  expect(await beginAt(20)).toBe(0);
});

test('sub-types and tags: local, in editions, across type and category; unknown ones are named', async () => {
  const { people } = counter;
  await publish(
    'type',
    await draft('type', { set: [{ code: 'attitude', name: '服务态度', parentCode: 'COMPLAINT' }] }),
  );
  await publish(
    'tag',
    await draft('tag', {
      set: [
        { code: 'flood', name: '涉汛', words: ['积水'] },
        { code: 'epidemic', name: '疫情防控' },
      ],
    }),
  );
  const one = await ticket('gas', { subtypeCode: 'attitude', tags: ['flood'] });
  const open = (body: object) =>
    post('/tickets', { type: 'COMPLAINT', categoryCode: 'gas', content: '漏', ...body }, people.agent);
  expect(await open({ subtypeCode: 'nothing' })).toMatchObject({ body: { code: 'ticket.subtypeUnknown' } });
  expect(await open({ type: 'HELP', subtypeCode: 'attitude' })).toMatchObject({
    status: 422,
    body: { code: 'ticket.subtypeUnknown', data: { subtype: 'attitude', type: 'HELP' } },
  });
  expect(await open({ tags: ['flood', 'fire'] })).toMatchObject({
    body: { code: 'ticket.tagUnknown', data: { tags: ['fire'] } },
  });
  expect((await open({ type: 'OTHER' })).status).toBe(201);
  expect(await get(`/tickets/${one}`)).toMatchObject({
    subtype: { code: 'attitude', name: '服务态度' },
    tags: [{ code: 'flood', name: '涉汛' }],
  });
  const tagged = await post(
    `/tickets/${one}/classification`,
    { addTags: ['epidemic'], removeTags: [] },
    people.agent,
  );
  expect(tagged.body.tags).toEqual(['flood', 'epidemic']);
  expect((await get('/tickets?tag=epidemic')).tickets.map(({ id }: { id: string }) => id)).toEqual([one]);
  expect(await rows('list=tag&category=gas')).toEqual(
    expect.arrayContaining([
      { code: 'epidemic', count: 1 },
      { code: 'flood', count: 1 },
    ]),
  );
  const report = await get(`/reports/appeals?${span()}&list=type&tag=flood`);
  expect(report).toMatchObject({ appeals: 1, rows: [{ code: 'attitude', name: '服务态度', count: 1 }] });
  expect(report.types.find(({ type }: { type: string }) => type === 'OTHER')).toMatchObject({ tickets: 0 });

  // A call that was answered on the spot is an appeal as well.
  const callId = await counter.call(people.agent.id);
  const closed = await post(
    `/calls/${callId}/outcome`,
    { outcome: 'answeredOnSpot', type: 'OTHER', categoryCode: 'gas', tags: ['flood'] },
    people.agent,
  );
  expect(closed, JSON.stringify(closed.body)).toMatchObject({ status: 201 });
  expect(await rows('list=tag&type=OTHER')).toEqual([{ code: 'flood', count: 1 }]);
  const other = await counter.ask(people.unit, 'POST', `/v1/tickets/${one}/classification`, {
    addTags: ['flood'],
  });
  expect(other.status).toBe(403);
});

test('units that were merged: the register, the catalogue and figures follow; what came in meanwhile is not lost', async () => {
  const { people, db } = counter;
  const old = await ticket('gas', { unitCode: 'power' });
  await post('/dispatch/catalogue', {
    version: (await get('/dispatch/catalogue')).version,
    reason: '目录',
    entries: [{ category: 'gas', lead: 'power', validFrom: '2026-01-01' }],
  });
  const revision = await draft('unit', {
    set: [{ code: 'energy', name: '县能源公司', unitKind: 'public-utility' }],
    remove: ['power'],
  });
  expect(await findings('unit')).toEqual(['error endedInUse power']);
  const mapped = await post('/codes/unit/draft/rows', {
    revision,
    mapping: [{ from: 'power', to: 'energy' }],
  });
  const added = await post('/units', { code: 'late', name: '后来的单位', kind: 'government' });
  expect(added.status).toBe(201);
  expect(await publish('unit', mapped.body.revision)).toMatchObject({ status: 200 });
  const units = (await get('/units')).units.map(({ code }: { code: string }) => code);
  expect(units).toEqual(expect.arrayContaining(['energy', 'late']));
  expect(units).not.toContain('power');
  expect((await get('/dispatch/responsible?category=gas')).entries[0]).toMatchObject({ leadUnit: 'energy' });
  expect(await get(`/tickets/${old}`)).toMatchObject({ unit: { code: 'power', name: '县供电公司' } });
  expect(await rows('list=unit&level=all&category=gas')).toEqual([{ code: 'energy', count: 1 }]);
  const refused = await post(
    '/tickets',
    { type: 'HELP', categoryCode: 'gas', content: '漏', unitCode: 'power' },
    people.agent,
  );
  expect(refused).toMatchObject({ status: 422, body: { code: 'ticket.unitUnknown' } });
  const { rows: kept } = await db.query<{ ended: boolean }>(
    `select ended_at is not null as ended from units where code = 'power'`,
  );
  expect(kept).toEqual([{ ended: true }]);
});

test('a file: in the wrong list, with a bad line, and the province’s list that ours are mapped to', async () => {
  const begun = await post('/codes/category/draft', { title: '导入', validFrom: dayIn(30) });
  const bring = (csv: string, checkOnly = false) =>
    post('/codes/category/draft/import', { revision: begun.body.revision, csv, checkOnly });
  const wrong = await bring('code,name,list\njuegang,掘港,area\n');
  expect(wrong.body.report).toMatchObject({ taken: 0, refused: [2], remarks: [{ line: 2, field: 'list' }] });
  const csv = (await counter.ask(counter.people.lead, 'GET', '/v1/codes/category/list.csv')).raw;
  const again = await bring(String(csv), true);
  expect(again.body.report, JSON.stringify(again.body.report)).toMatchObject({ refused: [] });
  expect(
    (await post('/codes/category/draft/discard', { revision: begun.body.revision, reason: REASON })).status,
  ).toBe(200);
  expect(await counter.ask(counter.people.lead, 'GET', '/v1/codes/category/draft/check')).toMatchObject({
    status: 404,
    body: { code: 'codes.draftMissing' },
  });

  const theirs = await draft('category@province', {
    set: [
      { code: '0101', name: '公用事业' },
      { code: '0102', name: '其他' },
    ],
    mapping: [
      { from: 'water', to: '0101' },
      { from: 'gas', to: '0102' },
    ],
  });
  expect(await findings('category@province')).toEqual(['warning notMappedOutside leak']);
  expect(await publish('category@province', theirs)).toMatchObject({ status: 200 });
  const byProvince = (await rows('list=category@province&level=all')) as { code: string }[];
  expect(byProvince.map(({ code }) => code).toSorted()).toEqual(['0101', '0102']);
  expect((await counter.ask(counter.people.lead, 'GET', '/v1/codes/colour')).status).toBe(400);
});

test('what has run out with nothing in its place is an alarm once a day, until something is, or a person says that it may', async () => {
  const { db, services, people } = counter;
  let today = Date.now();
  const watch = watchLapses({ ...services, now: () => today });
  const open = async () =>
    (await services.alarms.list(true, 100)).filter(({ kind }) => kind.endsWith('.lapsed'));
  const before = (await open()).length;
  await db.query(
    `update code_editions set valid_from = '2000-01-01', valid_to = $1 where list = 'tag' and state = 'inForce'`,
    [dayIn(-1)],
  );
  const ended = [
    ['any.thing', dayIn(-1)],
    ['other.thing', dayIn(-1)],
    ['third.thing', dayIn(-2)],
  ];
  for (const [asset, validTo] of ended) {
    await db.query(
      `insert into dispatch_entries (id, area, category, asset, lead_unit, assist_units, valid_from, valid_to, source, source_ref,
         basis, added_in)
       select gen_random_uuid(), '', '', $1, 'water', '{}', '2020-01-01', $2, 'catalogue', '', '', max(version) from dispatch_versions`,
      [asset, validTo],
    );
  }
  await watch();
  await watch();
  // Another worker, and this one after a restart, count the same day no second time.
  await Promise.all([1, 2].map(() => watchLapses({ ...services, now: () => today + 1 })()));
  const alarms = await open();
  expect(alarms).toHaveLength(before + 3);
  expect(alarms.find(({ kind }) => kind === 'codes.lapsed')).toMatchObject({ subject: 'tag', times: 1 });
  const [two] = alarms.filter(({ key }) => key === `dispatch.lapsed:${dayIn(-1)}`);
  expect(two).toMatchObject({ times: 1, detail: expect.stringContaining('有 2 条') });
  expect(two?.detail).toContain('其中 2 条已无责任单位');
  expect(two?.detailEn).toMatch(
    new RegExp(`ran out on ${dayIn(-1)} .*: 2, 2 of them with no unit now: .*was water`),
  );
  const closed = await counter.ask(people.lead, 'POST', `/v1/alarms/${two?.id}/close`, {
    reason: '不再需要',
  });
  expect(closed.status).toBe(200);
  // Its successor is written; the list has an edition that waits for its day.
  await db.query(`update dispatch_entries set valid_to = null where asset = 'third.thing'`);
  await db.query(
    `insert into code_editions (list, number, state, title, valid_from, drafted_at)
     values ('tag', 900, 'published', '新版', $1, now())`,
    [dayIn(30)],
  );
  today += DAY_MS;
  await watch();
  expect(await open()).toHaveLength(before);
});
