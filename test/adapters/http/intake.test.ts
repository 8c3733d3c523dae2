import { createHash, createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smsGateway } from '../../../src/adapters/channels/sms-gateway.ts';
import { wechatAccount } from '../../../src/adapters/channels/wechat-account.ts';
import { forgetProofs } from '../../../src/app/intake/forget-proofs.ts';
import { watchWaitingMessages } from '../../../src/app/intake/watch-waiting-messages.ts';
import { tellTicketSteps } from '../../../src/app/messages/tell-ticket-steps.ts';
import { JOIN_MS, WAITS_LATE_MS } from '../../../src/domain/intake/incoming.ts';
import { type Answer, type Counter, openCounter } from './counter.ts';

// 诉求受理 (RD-12): text messages and WeChat become tickets beside the telephone's, and what cannot is work for a clerk.

const SECRET = 'a secret of sixteen';
const TOKEN = 'Token123';
let counter: Counter;
/** How far the clock of this counter is ahead. */
let ahead = 0;
/** By how much each look at it moves it on. */
let tick = 0;
const clock = () => {
  ahead += tick;
  return Date.now() + ahead;
};
beforeAll(async () => {
  counter = await openCounter({
    connections: 1,
    now: clock,
    intakeChannels: { sms: smsGateway({ secret: SECRET }), wechat: wechatAccount({ token: TOKEN }) },
  });
});
afterAll(() => counter.close());

let house = 0;
/** From a house of his own each time: the limit of one address is a test of its own. */
const from = () => ({ 'x-forwarded-for': `203.0.113.${++house % 250}` });
function smsOf(body: string, over: Record<string, string> = {}): Promise<Answer> {
  const timestamp = String(Math.floor(clock() / 1000));
  const signature = createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex');
  return counter.ask(null, 'POST', '/v1/public/channels/sms', body, {
    'content-type': 'application/json',
    'x-yihaotong-timestamp': timestamp,
    'x-yihaotong-signature': `v1=${signature}`,
    ...from(),
    ...over,
  });
}
const sms = (text: string, sender: string, id: string = randomUUID()) =>
  smsOf(JSON.stringify({ id, from: sender, text }));

let nonces = 0;
function wechatQuery(more: Record<string, string> = {}): string {
  const timestamp = String(Math.floor(clock() / 1000));
  const nonce = String(++nonces);
  const signature = createHash('sha1').update([TOKEN, timestamp, nonce].sort().join('')).digest('hex');
  return new URLSearchParams({ signature, timestamp, nonce, ...more }).toString();
}
const wechat = (inside: string, follower: string, query = wechatQuery()): Promise<Answer> =>
  counter.ask(
    null,
    'POST',
    `/v1/public/channels/wechat?${query}`,
    `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[${follower}]]></FromUserName><CreateTime>1</CreateTime>${inside}</xml>`,
    { 'content-type': 'text/xml', ...from() },
  );
let ids = 0;
const wrote = (words: string, id = String(++ids)) =>
  `<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${words}]]></Content><MsgId>${id}</MsgId>`;

const { lead, agent } = { lead: () => counter.people.lead, agent: () => counter.people.agent };
async function ticketOf(number: string) {
  const found = (await counter.ask(lead(), 'GET', `/v1/tickets?number=${number}`)).body.tickets[0];
  return (await counter.ask(lead(), 'GET', `/v1/tickets/${found.id}`)).body;
}
const waiting = async (query = '') =>
  (await counter.ask(agent(), 'GET', `/v1/incoming-messages?waiting=true${query}`)).body.messages;
const lines = (ticket: { timeline: { type: string; reason: string }[] }) =>
  ticket.timeline.filter(({ type }) => type === 'citizenAdded').map(({ reason }) => reason);

test('a text message is a registered ticket with its sender, its two clocks and its place in the review, and is answered by the outbox', async () => {
  const answer = await sms('我要投诉楼上装修半夜不停', '+8613811110001');
  expect(answer, answer.raw).toMatchObject({ status: 200, body: { outcome: 'opened', reason: null } });
  const ticket = await ticketOf(answer.body.number);
  expect(ticket).toMatchObject({
    ...{ state: 'registered', channel: 'sms', type: 'COMPLAINT', category: { code: 'uncategorised' } },
    ...{ content: '我要投诉楼上装修半夜不停', citizenNumber: '138****0001', createdBy: null, unit: null },
  });
  expect(Date.parse(ticket.citizenDueAt)).toBeGreaterThan(clock());
  const spoken = await counter.ask(agent(), 'POST', '/v1/tickets', {
    ...{
      callId: await counter.call(agent().id),
      type: 'COMPLAINT',
      categoryCode: 'uncategorised',
      content: '楼上装修',
    },
  });
  const clocks = ({ deadlines }: { deadlines: { clock: string; kind: string; level: number }[] }) =>
    deadlines.map(({ clock: of, kind, level }) => `${of} ${kind} ${level}`).toSorted();
  expect(clocks(ticket)).toEqual(clocks(await ticketOf(spoken.body.number)));
  // As with every ticket: a clerk sorts and dispatches it, and the review has it until then.
  const version = ticket.version;
  const submitted = await counter.ask(agent(), 'POST', `/v1/tickets/${ticket.id}/moves`, {
    ...{ move: 'submit', version },
  });
  expect(submitted.body).toMatchObject({ state: 'underReview' });

  await counter.db.query('update message_settings set quiet_from_minute = 0, quiet_to_minute = 0');
  await tellTicketSteps({ ...counter.services, settleMs: -1000 })();
  const { body } = await counter.ask(lead(), 'GET', `/v1/messages?subjectId=${ticket.id}`);
  expect(body.messages).toMatchObject([{ kind: 'ticketAccepted', number: '138****0001', state: 'pending' }]);
  expect(body.messages[0].text).toContain(answer.body.number);
  expect(counter.log()).not.toMatch(/13811110001|装修半夜/);
});

test('sent again, also at the same moment, it is the same ticket', async () => {
  const id = randomUUID();
  const both = await Promise.all([1, 2, 3].map(() => sms('路灯不亮', '13811110002', id)));
  expect(new Set(both.map(({ body }) => body.number)).size).toBe(1);
  expect(await sms('路灯不亮', '13811110002', id)).toMatchObject({ status: 200, body: both[0]?.body });
  const { rows } = await counter.db.query(
    `select count(*)::integer as n from tickets where citizen_number = '13811110002'`,
  );
  expect(rows).toEqual([{ n: 1 }]);
  const ticket = await ticketOf(both[0]?.body.number);
  expect(lines(ticket)).toEqual([]);
});

test('other words or another sender under an id that is known are no repetition: kept once, and a clerk reads them', async () => {
  const id = randomUUID();
  const first = await sms('路灯不亮', '13811110020', id);
  for (const [text, sender] of [
    ['水管爆裂', '13811110020'],
    ['路灯不亮', '13811110021'],
  ] as const)
    for (const time of ['first', 'again'])
      expect(await sms(text, sender, id), time).toMatchObject({
        ...{ status: 202, body: { outcome: 'parked', number: null, reason: 'sameId' } },
      });
  const kept = (await waiting('&channel=sms')).filter((one: { reason: string }) => one.reason === 'sameId');
  expect(kept.map((one: { text: string; sender: string }) => [one.text, one.sender])).toEqual([
    ['水管爆裂', '138****0020'],
    ['路灯不亮', '138****0021'],
  ]);
  expect((await sms('路灯不亮', '13811110020', id)).body).toEqual(first.body);
});

test('pieces of one sender within three minutes belong to one ticket, also those that come at once; later it is another matter', async () => {
  const whole = await Promise.all(
    ['第一段：水管爆裂', '第二段：在青园路', '第三段：没人管'].map((text) => sms(text, '13811110003')),
  );
  expect(whole.map(({ body }) => body.outcome).toSorted()).toEqual(['joined', 'joined', 'opened']);
  expect(new Set(whole.map(({ body }) => body.number)).size).toBe(1);
  const ticket = await ticketOf(whole[0]?.body.number);
  expect([ticket.content, ...lines(ticket)].toSorted()).toEqual(
    ['第一段：水管爆裂', '第三段：没人管', '第二段：在青园路'].toSorted(),
  );
  // Another's words never.
  expect((await sms('垃圾没人收', '13811110004')).body.outcome).toBe('opened');
  ahead += JOIN_MS;
  expect((await sms('又有一件事', '13811110003')).body.outcome).toBe('opened');
});

test('who names his ticket supplements it; who names another’s, or one that is over, is read by a clerk and changes nothing', async () => {
  const { number } = (await sms('井盖破损', '13811110005')).body;
  ahead += JOIN_MS;
  expect((await sms(`${number.toLowerCase()} 有人摔倒了`, '+86 138 1111 0005')).body).toEqual({
    ...{ outcome: 'supplemented', number, reason: null },
  });
  const stranger = await sms(`${number} 不用修了`, '13811110006');
  expect(stranger).toMatchObject({
    status: 202,
    body: { outcome: 'parked', number: null, reason: 'notTheirs' },
  });
  const ticket = await ticketOf(number);
  expect(lines(ticket)).toEqual([`${number.toLowerCase()} 有人摔倒了`]);
  await counter.ask(agent(), 'POST', `/v1/tickets/${ticket.id}/moves`, {
    ...{ move: 'withdraw', version: ticket.version, reason: '诉求人要求撤回' },
  });
  expect((await sms(`${number} 还是没修`, '13811110005')).body).toMatchObject({ reason: 'over' });
  // What a clerk wrote down for him by telephone is his as well.
  const written = await counter.ask(agent(), 'POST', '/v1/tickets', {
    ...{ type: 'HELP', categoryCode: 'leak', content: '漏水', citizenNumber: '13811110006' },
  });
  expect((await sms(`${written.body.number} 更大了`, '13811110006')).body.outcome).toBe('supplemented');
});

test('a number that is no ticket’s of this hotline is a word like others, and one behind it is the ticket’s all the same', async () => {
  const { number } = (await sms('快递柜堵住消防通道', '13811110040')).body;
  ahead += JOIN_MS;
  const shop = 'JD20261127-000123';
  expect((await sms(`订单${shop} 商家不发货`, '13811110040')).body.outcome).toBe('opened');
  ahead += JOIN_MS;
  expect((await sms(`${shop} 还在 ${number} 那里`, '13811110040')).body).toMatchObject({
    ...{ outcome: 'supplemented', number },
  });
  const wrong = `${number.slice(0, -6)}999999`;
  expect((await sms(`${wrong} 怎么样了`, '13811110040')).body.reason).toBe('notTheirs');
});

test('an address that is not the gateway’s, an old one, a changed one: refused, and nothing is kept', async () => {
  const count = async () =>
    (await counter.db.query('select count(*)::integer as n from incoming_messages')).rows[0];
  const before = await count();
  const body = JSON.stringify({ id: 'forged', from: '13811110007', text: '水' });
  for (const [over, code] of [
    [{ 'x-yihaotong-signature': 'v1=00' }, 'channel.signatureWrong'],
    [{ 'x-yihaotong-signature': '' }, 'channel.signatureWrong'],
    [{ 'x-yihaotong-timestamp': '1700000000' }, 'channel.signatureWrong'],
  ] as const)
    expect(await smsOf(body, over)).toMatchObject({ status: 401, body: { code } });
  ahead -= 400_000;
  const old = { timestamp: String(Math.floor(clock() / 1000)) };
  const signature = createHmac('sha256', SECRET).update(`${old.timestamp}.${body}`).digest('hex');
  ahead += 400_000;
  const replayed = { 'x-yihaotong-timestamp': old.timestamp, 'x-yihaotong-signature': `v1=${signature}` };
  expect(await smsOf(body, replayed)).toMatchObject({ status: 401, body: { code: 'channel.stale' } });
  expect(await count()).toEqual(before);

  const guessing = { 'x-yihaotong-signature': 'v1=00', 'x-forwarded-for': '198.51.100.7' };
  for (let nth = 0; nth < 30; nth += 1) expect((await smsOf(body, guessing)).status).toBe(401);
  expect(await smsOf(body, guessing)).toMatchObject({ status: 429, body: { code: 'request.tooOften' } });
});

test('what is signed and cannot be a ticket is taken, said why, and waits for a clerk, the oldest first', async () => {
  const parked = [
    await sms(' 。 ', '13811110008'),
    await sms('退订', '13811110008'),
    await sms('长'.repeat(10_001), '13811110008'),
    await sms('话费不足', '10086'),
    await smsOf('{"id":'),
    await smsOf(JSON.stringify({ message: '水', phone: '13811110008' })),
  ];
  const reasons = ['empty', 'stop', 'tooLong', 'sender', 'unreadable', 'unreadable'];
  expect(parked.map(({ status, body }) => [status, body.reason])).toEqual(reasons.map((one) => [202, one]));
  const seen = (await waiting('&channel=sms')).filter(
    (one: { reason: string }) => !['notTheirs', 'sameId'].includes(one.reason),
  );
  expect(seen.map((one: { reason: string }) => one.reason).slice(-6)).toEqual(reasons);
  // Nothing is cut, and nobody's number is told.
  const long = seen.find((one: { reason: string }) => one.reason === 'tooLong');
  expect(long).toMatchObject({ sender: '138****0008', settled: null });
  // Whoever shows it need not know after how long leads are told.
  expect(Date.parse(long.lateAt) - Date.parse(long.receivedAt)).toBe(WAITS_LATE_MS);
  expect(long.text).toHaveLength(10_001);
  expect(JSON.stringify(seen)).not.toContain('13811110008');
});

test('what no ticket can be made of for a reason of the house is kept as well', async () => {
  await counter.db.query(`update categories set ended_at = now() where code = 'uncategorised'`);
  const { body } = await sms('水管爆裂', '13811110009');
  await counter.db.query(`update categories set ended_at = null where code = 'uncategorised'`);
  expect(body).toMatchObject({ outcome: 'parked', reason: 'refused' });
});

test('leads are told of what waits longer than a quarter of an hour, until nothing does', async () => {
  const { intake, alarms, newId } = counter.services;
  const worker = () => watchWaitingMessages({ intake, alarms, now: clock, newId });
  const [one, other] = [worker(), worker()];
  const watch = async () => {
    await one();
    await other();
  };
  const standing = async () => (await alarms.list(true, 50)).filter(({ kind }) => kind === 'intake.waiting');
  ahead += WAITS_LATE_MS + 1000;
  const before = (await waiting()).length;
  await sms('余额不足', '10086');
  await watch();
  const told = `${before} 条来件超过 15 分钟无人处理`;
  expect(await standing()).toMatchObject([{ times: 1, detail: expect.stringContaining(told) }]);
  await watch();
  expect(await standing()).toMatchObject([{ times: 1 }]);
  ahead += WAITS_LATE_MS + 1000;
  await watch();
  expect(await standing()).toMatchObject([{ times: 2 }]);
  const dismiss = async ({ id }: { id: string }) => {
    const path = `/v1/incoming-messages/${id}/settlement`;
    const settled = await counter.ask(agent(), 'POST', path, { as: 'dismissed', note: '广告' });
    expect(settled.status, settled.raw).toBe(200);
  };
  const [first, ...others] = await waiting();
  await dismiss(first);
  await watch();
  const now = `${others.length} 条来件超过 15 分钟无人处理`;
  expect(await standing()).toMatchObject([
    { times: 2, subject: others[0].id, detail: expect.stringContaining(now) },
  ]);
  // An hour later as many wait as did: it is counted again, by one of them.
  ahead += 3_600_000 + 1000;
  await watch();
  const [told3] = await standing();
  expect(told3).toMatchObject({ times: 3 });
  // A lead who closed it is left in peace for an hour, or until one more waits.
  await alarms.close(told3?.id ?? '', lead().id, clock(), '已安排');
  await watch();
  expect(await standing()).toEqual([]);
  ahead += 3_600_000 + 1000;
  await watch();
  expect(await standing()).toMatchObject([{ times: 1 }]);
  for (const another of others) await dismiss(another);
  await watch();
  expect(await standing()).toEqual([]);
  // Who was idle all these hours would have been signed out.
  ahead -= 2 * (3_600_000 + 1000);
});

test('a clerk makes a ticket of what waits, or says why not; once, and a unit’s people see none of it', async () => {
  const { body } = await sms('话说', '10010');
  expect(body.reason).toBe('sender');
  expect((await counter.ask(counter.people.unit, 'GET', '/v1/incoming-messages')).status).toBe(403);
  const [mine] = (await waiting()).slice(-1);
  ahead += 47 * 60_000;
  const settle = (what: object, key: string = randomUUID()) =>
    counter.ask(agent(), 'POST', `/v1/incoming-messages/${mine.id}/settlement`, what, {
      'idempotency-key': key,
    });
  expect((await settle({ as: 'dismissed', note: ' ' })).status).toBe(400);
  tick = 1;
  const settled = await settle({
    ...{
      as: 'opened',
      note: '电话核实过',
      content: '门前积水，已电话核实',
      type: 'HELP',
      categoryCode: 'leak',
    },
    ...{ place: '青园路', citizenNumber: '13811110010' },
  });
  tick = 0;
  expect(settled, settled.raw).toMatchObject({
    status: 200,
    body: {
      ...{ outcome: 'parked', lateAt: null },
      settled: { as: 'opened', note: '电话核实过', by: { displayName: '王小明' } },
    },
  });
  const ticket = await ticketOf(settled.body.ticketNumber);
  expect(ticket).toMatchObject({
    ...{ channel: 'sms', type: 'HELP', category: { code: 'leak' }, place: '青园路' },
    ...{ content: '门前积水，已电话核实', citizenNumber: '138****0010', createdBy: { id: agent().id } },
  });
  // His clock starts with the ticket: how long he had waited for it is told, and not what the clerk noted for himself.
  const lineOf = (type: string) => ticket.timeline.find((one: { type: string }) => one.type === type);
  expect(lineOf('incomingSettled')).toMatchObject({
    ...{ reason: '', actor: { displayName: '王小明' } },
    body: { channel: 'sms', receivedAt: mine.receivedAt, waitedMinutes: 47 },
  });
  expect(JSON.stringify(ticket)).not.toContain('电话核实过');
  const times = ticket.timeline.map(({ at }: { at: string }) => at);
  expect(times).toEqual(times.toSorted());
  expect(await settle({ as: 'dismissed', note: '重复' })).toMatchObject({
    ...{ status: 409, body: { code: 'intake.settled' } },
  });
  expect((await waiting()).map((one: { id: string }) => one.id)).not.toContain(mine.id);
  const of = await counter.ask(lead(), 'GET', `/v1/incoming-messages?ticketId=${ticket.id}`);
  expect(of.body.messages.map((one: { id: string }) => one.id)).toEqual([mine.id]);
  const unknown = `/v1/incoming-messages/${randomUUID()}/settlement`;
  expect((await counter.ask(agent(), 'POST', unknown, { as: 'dismissed', note: '没有' })).body.code).toBe(
    'intake.unknown',
  );
});

test('a note of which nobody sees anything is none', async () => {
  const path = `/v1/incoming-messages/${randomUUID()}/settlement`;
  for (const note of ['  ', '\u200b\u200b', '\u3164\u2800'])
    expect(
      await counter.ask(agent(), 'POST', path, { as: 'dismissed', note }),
      JSON.stringify(note),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'body.note', message: '不能是空白', messageEn: 'must not be blank' }] },
    });
});

test('WeChat shakes hands, and a follower’s words are a ticket of which he is told the number at once', async () => {
  const hello = await counter.ask(
    null,
    'GET',
    `/v1/public/channels/wechat?${wechatQuery({ echostr: '58384' })}`,
  );
  expect(hello).toMatchObject({ status: 200, raw: '58384' });
  expect(hello.headers['content-type']).toBe('text/plain; charset=utf-8');
  const bad = `/v1/public/channels/wechat?${wechatQuery({ echostr: '58384', nonce: 'x' })}`;
  expect((await counter.ask(null, 'GET', bad)).body).toMatchObject({ code: 'channel.signatureWrong' });

  const answer = await wechat(wrote('咨询：路灯归谁管，联系电话13811110011'), 'oFollowerA0123456789abcdefgh');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
  expect(answer.raw).toContain('<ToUserName><![CDATA[oFollowerA0123456789abcdefgh]]></ToUserName>');
  const number = /编号([A-Z]*\d{8}-\d{6,})/.exec(answer.raw)?.[1] ?? '';
  expect(await ticketOf(number)).toMatchObject({
    ...{ state: 'registered', channel: 'wechat', type: 'ENQUIRY', citizenNumber: '138****0011' },
  });
  const { body } = await counter.ask(lead(), 'GET', '/v1/incoming-messages?channel=wechat');
  expect(body.messages[0]).toMatchObject({ sender: 'oFo****efgh', outcome: 'opened' });

  ahead += JOIN_MS;
  const more = await wechat(wrote(`${number} 在青园路`), 'oFollowerA0123456789abcdefgh');
  expect(more.raw).toContain(`已补充到工单${number}`);
  const stranger = await wechat(wrote(`${number} 不用管了`), 'oFollowerB');
  expect(stranger.raw).toContain('没有找到您名下');
  expect(lines(await ticketOf(number))).toEqual([`${number} 在青园路`]);
});

test('WeChat’s repetition is answered the same; another message under one signature is refused', async () => {
  const query = wechatQuery();
  const words = wrote('井盖不见了');
  const first = await wechat(words, 'oFollowerC', query);
  expect(first.raw).toContain('编号');
  // It comes again when we were slow, with its own signature or a new one.
  const number = /编号([A-Z]*\d{8}-\d{6,})/.exec(first.raw)?.[1];
  for (const again of [await wechat(words, 'oFollowerC', query), await wechat(words, 'oFollowerC')])
    expect(again.raw).toContain(`编号${number}`);
  expect(await wechat(wrote('偷来的签名'), 'oFollowerD', query)).toMatchObject({
    ...{ status: 409, body: { code: 'channel.replayed' } },
  });
});

test('whatever else WeChat writes into its address, its message is taken', async () => {
  const query = wechatQuery({ encrypt_type: 'raw', msg_signature: 'x', openid: 'oFollowerG' });
  expect(await wechat(wrote('下水道堵了'), 'oFollowerG', query)).toMatchObject({
    ...{ status: 200, raw: expect.stringContaining('编号') },
  });
});

test('a picture, a new follower, an event: each has its answer, and the picture waits for a clerk', async () => {
  const image = '<MsgType>image</MsgType><PicUrl><![CDATA[http://p/1]]></PicUrl><MsgId>9001</MsgId>';
  expect((await wechat(image, 'oFollowerE')).raw).toContain('请用文字');
  expect((await waiting('&channel=wechat')).at(-1)).toMatchObject({
    text: '[image] http://p/1',
    reason: 'notText',
  });
  const event = (name: string) => wechat(`<MsgType>event</MsgType><Event>${name}</Event>`, 'oFollowerE');
  expect((await event('subscribe')).raw).toContain('12345');
  expect((await event('unsubscribe')).raw).toBe('success');
});

test('twenty pieces are one appeal; what was sent to the ticket before a pause counts no more', async () => {
  const sender = '13811110030';
  const { number } = (await sms('楼道灯不亮', sender)).body;
  for (let nth = 0; nth < 19; nth += 1) expect((await sms(`第${nth}段`, sender)).body.outcome).toBe('joined');
  expect((await sms('再一段', sender)).body).toMatchObject({ outcome: 'parked', reason: 'tooMany' });
  // Nor are they of the five additions of a day, which they leave him.
  ahead += JOIN_MS;
  for (let nth = 0; nth < 5; nth += 1) {
    expect((await sms(`${number} 又坏了${nth}`, sender)).body.outcome).toBe('supplemented');
    expect((await sms(`还有楼梯${nth}`, sender)).body).toMatchObject({ outcome: 'joined', number });
  }
  expect((await sms(`${number} 又坏了`, sender)).body).toMatchObject({
    outcome: 'parked',
    reason: 'tooMany',
  });
});

test('the signature of an event or a handshake is good for it again, and for no message; nor a message’s for them', async () => {
  const event = '<MsgType>event</MsgType><Event>VIEW</Event>';
  const hello = (query: string) => counter.ask(null, 'GET', `/v1/public/channels/wechat?${query}`);
  const replayed = { status: 409, body: { code: 'channel.replayed' } };
  const query = wechatQuery();
  for (let nth = 0; nth < 2; nth += 1) expect((await wechat(event, 'oFollowerH', query)).raw).toBe('success');
  expect(await wechat(wrote('偷来的签名'), 'oFollowerI', query)).toMatchObject(replayed);
  expect(await hello(query)).toMatchObject(replayed);
  const shaken = wechatQuery({ echostr: '58385' });
  for (let nth = 0; nth < 2; nth += 1) expect((await hello(shaken)).raw).toBe('58385');
  expect(await wechat(wrote('偷来的签名'), 'oFollowerI', shaken)).toMatchObject(replayed);
  const messages = wechatQuery();
  expect((await wechat(wrote('路面塌陷'), 'oFollowerH', messages)).raw).toContain('编号');
  expect(await wechat(event, 'oFollowerI', messages)).toMatchObject(replayed);
  // When it would be too old anyway it need not be known any more.
  ahead += 2 * 3_600_000;
  const { intake } = counter.services;
  expect(await forgetProofs({ intake, now: clock })()).toBeGreaterThanOrEqual(3);
  expect(await forgetProofs({ intake, now: clock })()).toBe(0);
});

test('a channel whose secret nobody gave is off, and says which', async () => {
  const other = await openCounter();
  for (const [method, path, variable] of [
    ['POST', 'sms', 'SMS_INTAKE_SECRET'],
    ['POST', `wechat?${wechatQuery()}`, 'WECHAT_TOKEN'],
    ['GET', `wechat?${wechatQuery()}`, 'WECHAT_TOKEN'],
  ] as const) {
    const sent = method === 'POST' ? '{}' : undefined;
    const headers = sent === undefined ? {} : { 'content-type': 'application/json' };
    expect(await other.ask(null, method, `/v1/public/channels/${path}`, sent, headers)).toMatchObject({
      ...{ status: 503, body: { code: 'channel.off', data: { variable } } },
    });
  }
  await other.close();
});
