import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter } from './counter.ts';

// 网上诉求 (RD-12): a citizen's form without an account.

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter({ connections: 1 });
});
afterAll(() => counter.close());

let house = 0;
/** From a house of his own each time: the limit of one address is a test of its own. */
const submit = (body: object, more: Record<string, string> = {}) =>
  counter.ask(null, 'POST', '/v1/public/tickets', body, {
    'x-forwarded-for': `203.0.113.${++house}`,
    ...more,
  });
const WORDS = { text: '青园路路灯不亮，晚上看不见', telephone: '13812340001' };
const ticketOf = async (number: string) => {
  const { lead } = counter.people;
  const { tickets } = (await counter.ask(lead, 'GET', `/v1/tickets?number=${number}`)).body;
  return (await counter.ask(lead, 'GET', `/v1/tickets/${tickets[0].id}`)).body;
};

test('a form is a registered ticket as he filled it in, which he follows by its number and his telephone', async () => {
  const form = { ...WORDS, type: 'HELP', place: '青园路', name: '张三丰' };
  const { status, body } = await submit(form);
  expect(status).toBe(201);
  expect(body).toMatchObject({ outcome: 'opened', reason: null, hotlineNumber: '12345' });
  expect(await ticketOf(body.number)).toMatchObject({
    ...{ state: 'registered', channel: 'website', type: 'HELP', category: { code: 'uncategorised' } },
    ...{ content: WORDS.text, place: '青园路', anonymous: false },
    ...{ citizenName: '张**', citizenNumber: '138****0001' },
  });
  const own = { number: body.number, telephone: '138 1234 0001' };
  const seen = await counter.ask(null, 'POST', '/v1/public/tickets/progress', own);
  expect(seen.body).toMatchObject({ number: body.number, state: 'registered', inHandsOf: 'hotline' });
  const other = { ...own, telephone: '13812340002' };
  expect((await counter.ask(null, 'POST', '/v1/public/tickets/progress', other)).status).toBe(404);
  expect(counter.log()).not.toMatch(/13812340001|张三丰|路灯/);
});

test('who wants to stay anonymous is named to nobody, and follows it all the same', async () => {
  const own = { ...WORDS, telephone: '13812340008', name: '李四', anonymous: true };
  const { number } = (await submit(own)).body;
  expect(await ticketOf(number)).toMatchObject({ anonymous: true, citizenName: '', citizenNumber: '' });
  const asked = { number, telephone: '13812340008' };
  expect((await counter.ask(null, 'POST', '/v1/public/tickets/progress', asked)).status).toBe(200);
});

test('two forms of one minute are two matters; whatever ticket one names', async () => {
  const first = await submit({ ...WORDS, telephone: '13812340003' });
  const second = await submit({ text: `上次${first.body.number}办得好`, telephone: '13812340003' });
  expect(second.body).toMatchObject({
    outcome: 'opened',
    number: expect.not.stringMatching(first.body.number),
  });
});

test('under one key it is taken once, also at the same moment; another form under it is refused', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const form = { ...WORDS, telephone: '13812340004' };
  const all = await Promise.all([submit(form, key), submit(form, key), submit(form, key)]);
  expect(all.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(all.map(({ body }) => body.number)).size).toBe(1);
  expect(all.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(2);
  const { rows } = await counter.db.query(
    `select count(*)::integer as n from tickets where citizen_number = '13812340004'`,
  );
  expect(rows).toEqual([{ n: 1 }]);
  for (const other of [
    { ...form, text: '另一件事，水管爆裂' },
    { ...form, telephone: '13812340005' },
    { ...form, anonymous: true },
    { ...form, place: '另一条路' },
  ])
    expect(await submit(other, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency.otherRequest' },
    });
});

test('an address and a telephone have so many an hour; a repetition and a refusal cost none', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const form = { ...WORDS, telephone: '13812340006' };
  for (let nth = 0; nth < 6; nth += 1) expect((await submit(form, key)).status).toBe(201);
  for (let nth = 0; nth < 6; nth += 1) expect((await submit({ ...form, text: ' ' })).status).toBe(400);
  for (let nth = 0; nth < 4; nth += 1) expect((await submit(form)).status).toBe(201);
  const held = await submit({ ...form, telephone: '0138-1234-0006' });
  expect(held).toMatchObject({ status: 429, body: { code: 'request.tooOften' } });
  expect(Number(held.headers['retry-after'])).toBeGreaterThan(0);

  const here = { 'x-forwarded-for': '198.51.100.9' };
  const from = (nth: number) => submit({ ...WORDS, telephone: `1381235${1000 + nth}` }, here);
  for (let nth = 0; nth < 20; nth += 1) expect((await from(nth)).status).toBe(201);
  expect((await from(20)).status).toBe(429);
  expect((await submit({ ...WORDS, telephone: '13812351020' })).status).toBe(201);
});

test.each([
  ['no word', { text: '   。。。 ' }, 'text'],
  ['too many words', { text: '长'.repeat(10_001) }, 'text'],
  ['a name for a telephone', { telephone: 'abc' }, 'telephone'],
  ['no telephone', { telephone: '' }, 'telephone'],
  ['an unknown type', { type: 'RUMOUR' }, 'type'],
  ['what is not his to say', { state: 'closed' }, 'state'],
])('a form with %s is refused by its field', async (_what, over, field) => {
  const { status, body } = await submit({ ...WORDS, ...over });
  expect(status).toBe(400);
  expect(body.errors.map((one: { field: string }) => one.field)).toContain(`body.${field}`);
});

test('no other site makes a browser send one, and a control character harms nothing', async () => {
  const { body } = await submit(WORDS, { 'sec-fetch-site': 'cross-site' });
  expect(body.code).toBe('session.crossSite');
  const odd = await submit({ ...WORDS, telephone: '13812340007', text: '水\u0000管\u0007爆裂' });
  expect((await ticketOf(odd.body.number)).content).toBe('水管爆裂');
});
