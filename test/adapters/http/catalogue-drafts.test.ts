import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { learnLessons } from '../../../src/app/dispatch/learn-lessons.ts';
import { type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const post = (path: string, body: object, who = counter.people.operator) =>
  counter.ask(who, 'POST', `/v1/dispatch${path}`, body);
const get = async (path: string) =>
  (await counter.ask(counter.people.dispatcher, 'GET', `/v1/dispatch${path}`)).body;
const responsible = async (category: string): Promise<string[]> =>
  (await get(`/responsible?category=${category}`)).entries.map(
    ({ leadUnit }: { leadUnit: string }) => leadUnit,
  );
const day = (from: number) => new Date(Date.now() + from * 86_400_000).toISOString();

test('a grid is kept in sittings, faulty rows and all; the check names each, and nothing stands before it is published', async () => {
  const begun = await post('/drafts', {
    title: '年度调整',
    entries: [
      { category: 'leak', lead: '县自来水公司' },
      { category: '没有的', lead: 'power' },
    ],
  });
  expect(begun).toMatchObject({ status: 201, body: { state: 'draft', revision: 1, basedOn: 0 } });
  const { id } = begun.body;
  const checked = await get(`/drafts/${id}/check`);
  expect(checked.faults).toMatchObject([
    { index: 1, field: 'category', right: '写分类的代码或名称，或留空表示不限' },
  ]);
  expect(checked.added).toMatchObject([{ category: 'leak', leadUnit: 'water' }]);
  expect(await post(`/drafts/${id}/publish`, { revision: 1, reason: '年度' })).toMatchObject({
    status: 422,
    body: { code: 'dispatch.entryInvalid' },
  });
  expect(await responsible('leak')).toEqual([]);
  const entries = [
    { category: 'leak', lead: '县自来水公司', assist: ['power'] },
    { category: 'water', lead: 'centre' },
  ];
  const saved = await post(`/drafts/${id}`, { revision: 1, title: '年度调整', entries });
  expect(saved.body).toMatchObject({ revision: 2, content: { entries: [{ assist: ['power'] }, {}] } });
  // Of two who edit, the later loses nothing of the other's and is told.
  expect(await post(`/drafts/${id}`, { revision: 1, title: '另一人', entries: [] })).toMatchObject({
    status: 409,
    body: { code: 'dispatch.draftChanged', data: { revision: 2 } },
  });
  const again = await get(`/drafts/${id}/check`);
  expect(again).toMatchObject({ faults: [], mended: [{ code: 'categoryWithoutUnit' }] });
  const published = await post(`/drafts/${id}/publish`, { revision: 2, reason: '年度' });
  expect(published).toMatchObject({ status: 200, body: { version: 1, added: 2, removed: 0 } });
  expect(await responsible('leak')).toEqual(['water', 'centre']);
  expect(await post(`/drafts/${id}/publish`, { revision: 3, reason: '再来' })).toMatchObject({
    status: 409,
    body: { code: 'dispatch.draftClosed' },
  });
  expect((await get('/drafts')).drafts).toMatchObject([{ id, state: 'published', version: 1, rows: 2 }]);
});

test('what somebody else changed meanwhile is not overwritten; other matters are no hindrance', async () => {
  const { body: mine } = await post('/drafts', {
    title: '甲',
    entries: [{ category: 'leak', lead: 'power' }],
  });
  const edit = (entries: object[]) => post('/catalogue', { version: 1, reason: '乙', entries });
  expect((await edit([{ category: 'water', area: '', lead: 'water' }])).status).toBe(200);
  expect((await get(`/drafts/${mine.id}/check`)).overlaps).toEqual([]);
  const other = await post('/catalogue', {
    version: 2,
    reason: '丙',
    entries: [{ category: 'leak', lead: 'centre' }],
  });
  expect(other.status).toBe(200);
  expect(await post(`/drafts/${mine.id}/publish`, { revision: 1, reason: '甲' })).toMatchObject({
    status: 409,
    body: { code: 'dispatch.draftOverlaps', data: { keys: [{ category: 'leak' }] } },
  });
  const { title, content } = await get(`/drafts/${mine.id}`);
  await post(`/drafts/${mine.id}`, { ...content, title, revision: 1, rebase: true });
  expect(await post(`/drafts/${mine.id}/publish`, { revision: 2, reason: '核对过' })).toMatchObject({
    status: 200,
  });
  expect((await responsible('leak'))[0]).toBe('power');
});

test('back to an earlier version in one step, as a version of its own', async () => {
  const { version } = await get('/catalogue');
  expect(await post('/catalogue/rollback', { version: 1, to: 0, reason: '误' })).toMatchObject({
    status: 409,
    body: { code: 'dispatch.changedMeanwhile' },
  });
  const back = await post('/catalogue/rollback', { version, to: 1, reason: '误发布' });
  expect(back).toMatchObject({ status: 200, body: { version: version + 1 } });
  expect(await responsible('leak')).toEqual(['water', 'centre']);
  const [latest] = (await counter.ask(counter.people.lead, 'GET', '/v1/dispatch/catalogue/versions')).body
    .versions;
  expect(latest).toMatchObject({ origin: 'rollback', reason: '恢复第 1 版：误发布' });
  expect(latest).toMatchObject({ reasonEn: 'Back to version 1: 误发布' });
  const now = version + 1;
  expect(await post('/catalogue/rollback', { version: now, to: 1, reason: '再来' })).toMatchObject({
    body: { code: 'dispatch.nothingToUndo' },
  });
  expect(await post('/catalogue/rollback', { version: now, to: now, reason: '再来' })).toMatchObject({
    status: 422,
    body: { code: 'dispatch.versionUnknown' },
  });
});

test('last month against the draft: how often each catalogue says who did it in the end, and where not', async () => {
  const open = async (unitCode: string): Promise<void> => {
    const opened = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
      ...{ type: 'COMPLAINT', categoryCode: 'leak', content: `漏水 ${randomUUID()}`, unitCode },
    });
    expect(opened, JSON.stringify(opened.body)).toMatchObject({ status: 201 });
  };
  for (const unit of ['power', 'power', 'power', 'water']) await open(unit);
  expect(await learnLessons(counter.services)()).toBe(4);
  const { body: draft } = await post('/drafts', {
    title: '漏水归电',
    entries: [{ category: 'leak', lead: 'power' }],
  });
  const replayed = await get(`/drafts/${draft.id}/replay?from=${day(-30)}&to=${day(1)}`);
  expect(replayed).toMatchObject({
    standing: { matters: 4, first: 1, accuracy: 25 },
    draft: { matters: 4, first: 3, accuracy: 75 },
    misses: [{ category: 'leak', said: 'power', did: 'water', times: 1 }],
    changed: 4,
    changes: [
      { category: 'leak', before: 'water', after: 'power', did: 'power', times: 3 },
      { category: 'leak', before: 'water', after: 'power', did: 'water', times: 1 },
    ],
  });
  expect(replayed.changes.map(({ tickets }: { tickets: string[] }) => tickets.length)).toEqual([3, 1]);
  const names = await get('/names');
  expect(names).toMatchObject({ areas: expect.any(Array), assets: expect.any(Array) });
  const empty = await get(`/drafts/${draft.id}/replay?from=${day(-90)}&to=${day(-60)}`);
  expect(empty).toMatchObject({ draft: { matters: 0, accuracy: null } });
  expect((await post(`/drafts/${draft.id}/discard`, { revision: 1 })).body).toEqual({ state: 'discarded' });
  expect((await counter.ask(counter.people.agent, 'GET', `/v1/dispatch/drafts/${draft.id}`)).status).toBe(
    403,
  );
});
