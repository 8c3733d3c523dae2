import { afterAll, beforeAll, expect, test } from 'vitest';
import { senderKey } from '../../../src/domain/intake/incoming.ts';
import { type Counter, openCounter } from './counter.ts';

// What the pages know of the town before anybody signs in.

let now = Date.parse('2026-11-27T10:00:00+08:00');
let counter: Counter;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
});
afterAll(() => counter.close());

const read = (headers: Record<string, string> = {}) =>
  counter.ask(null, 'GET', '/v1/public/hotline', undefined, headers);

test('it is the number that this town has, a minute later another; who has it already is told so', async () => {
  const { status, body, headers } = await read();
  expect(status).toBe(200);
  expect(body.number).toBe('12345');
  expect(headers['cache-control']).toBe('public, max-age=60');
  expect((await read({ 'if-none-match': String(headers.etag) })).status).toBe(304);
  await counter.db.query(`update municipality set main_number = '12320', name = '如皋市'`);
  now += 60_000;
  expect((await read({ 'if-none-match': String(headers.etag) })).body).toMatchObject({
    number: '12320',
    municipality: '如皋市',
  });
});

test('a form that asks for what is told here is taken, and what is told of mobiles is what messages are sent to', async () => {
  const { appeal } = (await read()).body;
  const submit = (text: string, telephone: string) =>
    counter.ask(null, 'POST', '/v1/public/tickets', { text, telephone });
  const telephone = new RegExp(appeal.telephone);
  for (const one of ['138 1234 0001', '0513-84123456', '+86 13812340001', '路灯', '138', '1381234000a']) {
    const { status } = await submit('青园路路灯不亮', one);
    expect([one, status], one).toEqual([one, telephone.test(one) ? 201 : 400]);
  }
  const shortest = '灯'.repeat(appeal.textAtLeast);
  expect((await submit(shortest, '13812340002')).status).toBe(201);
  expect((await submit(shortest.slice(1), '13812340002')).status).toBe(400);
  const begins = new RegExp(appeal.mobileBegins);
  for (const said of ['13812340001', '+8613812340001', '008613812340001', '013812340001', '051384123456']) {
    expect(begins.test(said), said).toBe(senderKey('website', said) === '13812340001');
  }
});
