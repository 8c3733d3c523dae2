import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smsGateway } from '../../../src/adapters/channels/sms-gateway.ts';
import { wechatAccount } from '../../../src/adapters/channels/wechat-account.ts';
import { type Counter, openCounter } from './counter.ts';

// 诉求受理 (RD-12): who is let in at the doors, what cannot harm them, and who reads what came in.

const SECRET = 'a secret of sixteen';
let counter: Counter;
beforeAll(async () => {
  counter = await openCounter({
    connections: 1,
    intakeChannels: { sms: smsGateway({ secret: SECRET }), wechat: wechatAccount({ token: 'Token123' }) },
  });
});
afterAll(() => counter.close());

let house = 0;
const from = () => ({ 'x-forwarded-for': `203.0.113.${++house}` });
function smsOf(body: string | Buffer, over: Record<string, string> = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SECRET).update(`${timestamp}.`).update(body).digest('hex');
  return counter.ask(null, 'POST', '/v1/public/channels/sms', body, {
    'content-type': 'application/json',
    ...{ 'x-yihaotong-timestamp': timestamp, 'x-yihaotong-signature': `v1=${signature}` },
    ...from(),
    ...over,
  });
}
const submit = (body: object, more: Record<string, string> = {}) =>
  counter.ask(null, 'POST', '/v1/public/tickets', body, { ...from(), ...more });

test('what opened a confidential ticket is read by whoever may read that ticket, and by nobody else', async () => {
  const text = '举报：科长收受红包';
  const { body } = await smsOf(JSON.stringify({ id: randomUUID(), from: '13811120001', text }));
  expect(body.outcome).toBe('opened');
  const { rows } = await counter.db.query('select id from tickets where number = $1', [body.number]);
  const ticketId: string = rows[0]?.id;
  const seen = async (who: keyof Counter['people'], query: string) =>
    (await counter.ask(counter.people[who], 'GET', `/v1/incoming-messages?${query}`)).raw.includes(text);
  const mark = (confidential: boolean, listedOnly: boolean) =>
    counter.db.query('update tickets set confidential = $2, listed_only = $3 where id = $1', [
      ...[ticketId, confidential, listedOnly],
    ]);
  for (const query of ['channel=sms', `ticketId=${ticketId}`]) {
    await mark(false, false);
    expect(await seen('agent', query)).toBe(true);
    await mark(true, false);
    expect(await seen('agent', query)).toBe(false);
    expect(await seen('dispatcher', query)).toBe(true);
    await mark(true, true);
    expect(await seen('dispatcher', query)).toBe(false);
    expect(await seen('lead', query)).toBe(true);
  }
});

test('what waits and is about a confidential ticket is read and settled by whoever may read that ticket, and what is made of it is confidential', async () => {
  const write = async (text: string, sender: string) =>
    (await smsOf(JSON.stringify({ id: randomUUID(), from: sender, text }))).body;
  const { number } = await write('举报：站长收受红包', '13811170002');
  const mark = (columns: string) =>
    counter.db.query(`update tickets set ${columns} where number = $1`, [number]);
  const seen = async (who: keyof Counter['people'], text: string) => {
    const { body } = await counter.ask(counter.people[who], 'GET', '/v1/incoming-messages?waiting=true');
    return body.messages.find((one: { text: string }) => one.text.includes(text)) ?? null;
  };
  // Nothing is told of a confidential one, nor taken for it; what he says of it waits all the same, be it under its number or not.
  await mark('confidential = true');
  expect(await write(`${number} 补充：红包装在茶叶盒里`, '13811170002')).toMatchObject({
    reason: 'notTheirs',
  });
  expect(await write(`${number} 另有知情人`, '13811170003')).toMatchObject({ reason: 'notTheirs' });
  await mark(`state = 'closed'`);
  expect(await write('退订', '13811170002')).toMatchObject({ reason: 'stop' });
  for (const text of ['茶叶盒', '知情人', '退订']) {
    expect(await seen('agent', text), text).toBeNull();
    expect(await seen('lead', text), text).not.toBeNull();
  }
  const { id } = await seen('lead', '知情人');
  const settle = (who: keyof Counter['people'], note: string) =>
    counter.ask(counter.people[who], 'POST', `/v1/incoming-messages/${id}/settlement`, {
      as: 'opened',
      note,
    });
  expect(await settle('agent', '登记')).toMatchObject({ status: 404, body: { code: 'intake.unknown' } });
  const settled = await settle('lead', '登记为新线索');
  expect(settled.status, settled.raw).toBe(200);
  const made = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${settled.body.ticketId}`);
  expect(made.body).toMatchObject({ confidential: true });
  // Of one that is kept to its list the same hands and no others: whoever stands on the list, and who keeps it.
  await mark('listed_only = true');
  const { people } = counter;
  const of = async (numberOrId: string) =>
    (
      await counter.db.query('select id, listed_only from tickets where number = $1 or id::text = $1', [
        numberOrId,
      ])
    ).rows[0];
  const source = (await of(number))?.id;
  await counter.db.query(
    `insert into ticket_grants (id, ticket_id, account_id, reason, granted_by, granted_at, until)
     select gen_random_uuid(), $1, $2, '协助核查', $3, now(), now() + interval '1 day'`,
    [source, people.reviewer.id, people.lead.id],
  );
  const tea = await seen('lead', '茶叶盒');
  expect(await seen('dispatcher', '茶叶盒')).toBeNull();
  const listed = await counter.ask(people.lead, 'POST', `/v1/incoming-messages/${tea.id}/settlement`, {
    ...{ as: 'opened', note: '另立线索' },
  });
  expect(listed.status, listed.raw).toBe(200);
  expect(await of(listed.body.ticketId)).toMatchObject({ listed_only: true });
  const read = async (who: keyof Counter['people']) =>
    (await counter.ask(people[who], 'GET', `/v1/tickets/${listed.body.ticketId}`)).status;
  expect([await read('dispatcher'), await read('reviewer'), await read('lead')]).toEqual([404, 200, 200]);
  // Of an open matter everybody at a desk reads what comes about it.
  await mark('listed_only = false');
  await mark(`confidential = false`);
  expect(await seen('agent', '退订')).not.toBeNull();
});

test('signs that no database keeps harm neither a form nor a gateway’s message, and the same again is the same', async () => {
  const form = {
    text: '青园路路灯不亮',
    telephone: '13812350001',
    place: '青\u0000园路',
    name: '张\ud800三',
  };
  expect(await submit(form)).toMatchObject({ status: 201, body: { outcome: 'opened' } });
  for (const id of ['a\u0000b', 'ab', 'a\ud800b']) {
    const body = JSON.stringify({ id, from: '13811120002', text: `${JSON.stringify(id)}水管爆裂` });
    const [first, again] = [await smsOf(body), await smsOf(body)];
    expect(first, first.raw).toMatchObject({ status: 200 });
    expect(again.body).toEqual(first.body);
  }
  const { rows } = await counter.db.query(
    `select count(*)::integer as n from incoming_messages where sender = '13811120002'`,
  );
  expect(rows).toEqual([{ n: 3 }]);
});

test('the signature is over the bytes: words in another encoding are the gateway’s all the same', async () => {
  const bytes = Buffer.concat([
    Buffer.from('{"id":"gbk","from":"13811120003","text":"'),
    Buffer.from([0xc4, 0xe3]),
    Buffer.from('water"}'),
  ]);
  expect((await smsOf(bytes)).status).toBe(200);
});

test('whoever tries secrets is held, and takes nothing from what is signed nor from the other channel', async () => {
  const here = { 'x-forwarded-for': '198.51.100.7' };
  const body = JSON.stringify({ id: randomUUID(), from: '13811120004', text: '井盖破损' });
  const wrong = { ...here, 'x-yihaotong-signature': 'v1=00' };
  for (let nth = 0; nth < 30; nth += 1) expect((await smsOf(body, wrong)).status).toBe(401);
  expect((await smsOf(body, wrong)).status).toBe(429);
  expect((await smsOf(body, here)).status).toBe(200);
  const query = 'signature=00&timestamp=1700000000&nonce=1&echostr=1';
  expect(
    await counter.ask(null, 'GET', `/v1/public/channels/wechat?${query}`, undefined, here),
  ).toMatchObject({
    ...{ status: 401, body: { code: 'channel.signatureWrong' } },
  });
});

test('repetitions cost no matter, and are not for ever', async () => {
  const same = { 'idempotency-key': randomUUID(), 'x-forwarded-for': '198.51.100.8' };
  const form = { text: '青园路路灯不亮', telephone: '13812350009' };
  for (let nth = 0; nth < 100; nth += 1) expect((await submit(form, same)).status).toBe(201);
  expect(await submit(form, same)).toMatchObject({ status: 429, body: { code: 'request.tooOften' } });
  // What one repeats for ever shuts nobody else out who is behind the same address.
  const first = { ...same, 'idempotency-key': randomUUID() };
  expect((await submit({ ...form, telephone: '13812350010' }, first)).status).toBe(201);
  expect((await submit({ ...form, telephone: '13812350010' }, first)).status).toBe(201);
});

test('what could not be taken, for the books were away, costs none of his appeals', async () => {
  const form = { text: '青园路路灯不亮', telephone: '13812350011' };
  await counter.db.query('alter table message_settings rename to message_settings_away');
  for (let nth = 0; nth < 6; nth += 1) expect((await submit(form)).status).toBeGreaterThanOrEqual(500);
  await counter.db.query('alter table message_settings_away rename to message_settings');
  expect((await submit(form)).status).toBe(201);
});
