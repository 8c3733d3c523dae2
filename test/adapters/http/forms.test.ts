import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const post = (path: string, body: object, who = counter.people.operator) =>
  counter.ask(who, 'POST', `/v1${path}`, body);
const get = async (path: string) => (await counter.ask(counter.people.lead, 'GET', `/v1${path}`)).body;
const field = (key: string, kind: string, over: object = {}) => ({
  ...{ key, kind, label: `标签${key}`, required: false, help: '', options: [], least: null, most: null },
  ...over,
});
const open = (form: object | null, categoryCode = 'leak') =>
  post('/tickets', { type: 'COMPLAINT', categoryCode, content: '漏水', form }, counter.people.agent);
const METER = field('meter', 'text', { required: true, label: '水表号' });

test('a form is drafted, mended and published; it is asked of its category and of all under it', async () => {
  const saved = await post('/forms/water/draft', { title: '供水', fields: [METER, field('水压', 'number')] });
  expect(saved).toMatchObject({
    status: 200,
    body: { form: { version: 1, revision: 1 }, faults: [{ index: 1 }] },
  });
  expect(await post('/forms/water/publish', { revision: 1 })).toMatchObject({
    status: 422,
    body: { code: 'form.faulty', data: { faults: [{ key: '水压' }] } },
  });
  expect((await get('/forms/leak')).form).toBeNull();
  expect(await post('/forms/water/draft', { title: '供水', fields: [METER] })).toMatchObject({
    status: 409,
    body: { code: 'form.changedMeanwhile', data: { revision: 1 } },
  });
  await post('/forms/water/draft', {
    revision: 1,
    title: '供水',
    fields: [METER, field('days', 'number', { least: 0 })],
  });
  expect(await post('/forms/water/publish', { revision: 2 })).toMatchObject({
    status: 200,
    body: { state: 'published' },
  });
  expect((await get('/forms/leak')).form).toMatchObject({ categoryCode: 'water', version: 1, title: '供水' });
  expect(await post('/forms/nothing/draft', { title: '无', fields: [METER] })).toMatchObject({
    status: 422,
    body: { code: 'ticket.categoryUnknown' },
  });
  expect(
    (await post('/forms/water/draft', { title: '供水', fields: [METER] }, counter.people.agent)).status,
  ).toBe(403);
});

test('a ticket is refused without what its category asks, and shows the form that it was written in for ever', async () => {
  const given = (version: number, values: object) => ({ categoryCode: 'water', version, values });
  expect(await open(null)).toMatchObject({
    status: 422,
    body: { code: 'form.missing', data: { categoryCode: 'water', version: 1, required: ['meter'] } },
  });
  expect(await open(given(1, { days: -1, colour: '红' }))).toMatchObject({
    status: 422,
    body: { code: 'form.invalid', data: { faults: [{ key: 'colour' }, { key: 'meter' }, { key: 'days' }] } },
  });
  const old = await open(given(1, { meter: 'A-17', days: 3 }));
  expect(old.status, old.raw).toBe(201);

  await post('/forms/water/draft', { title: '供水（新）', fields: [{ ...METER, label: '户号' }] });
  expect(await post('/forms/water/publish', { revision: 1 })).toMatchObject({
    status: 200,
    body: { version: 2 },
  });
  expect(await get(`/tickets/${old.body.id}`)).toMatchObject({
    form: {
      version: 1,
      title: '供水',
      fields: [{ label: '水表号' }, { key: 'days' }],
      values: { meter: 'A-17', days: 3 },
    },
  });
  // Who had begun in the old form loses nothing of it.
  expect((await open(given(1, { meter: 'A-18' }))).status).toBe(201);
  expect((await open(given(2, { meter: 'A-19' }))).status).toBe(201);
  await counter.db.query(`update appeal_forms set ended_at = now() - interval '2 days' where version = 1`);
  expect(await open(given(1, { meter: 'A-20' }))).toMatchObject({
    status: 409,
    body: { code: 'form.outdated', data: { categoryCode: 'water', version: 2 } },
  });
  expect(await open({ categoryCode: 'leak', version: 1, values: {} })).toMatchObject({
    body: { code: 'form.outdated' },
  });
  expect((await get('/forms/water/versions')).versions.map(({ state }: { state: string }) => state)).toEqual([
    'published',
    'ended',
  ]);
});

test('a kind that tickets bear is not changed under its key; a form that is ended asks nothing', async () => {
  const other = await post('/forms/water/draft', {
    title: '供水',
    fields: [field('meter', 'number'), field('days', 'text')],
  });
  expect(other.body.faults.map(({ key }: { key: string }) => key)).toEqual(['meter', 'days']);
  expect(await post('/forms/water/end', {})).toMatchObject({ status: 200, body: { state: 'ended' } });
  expect((await open(null)).status).toBe(201);
  expect(await post('/forms/water/end', {})).toMatchObject({ status: 409, body: { code: 'form.noneInUse' } });
});
