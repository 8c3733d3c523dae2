import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wechatAccount } from '../../../src/adapters/channels/wechat-account.ts';
import { JOIN_MS } from '../../../src/domain/intake/incoming.ts';
import { type Counter, openCounter } from './counter.ts';

// 诉求受理 (RD-12): a follower on WeChat has no telephone until he gives it.

const TOKEN = 'TokenOfSixteenAndMore';
let counter: Counter;
/** How far the clock of this counter is ahead. */
let ahead = 0;
const clock = () => Date.now() + ahead;
beforeAll(async () => {
  counter = await openCounter({
    ...{ connections: 1, now: clock },
    intakeChannels: { sms: null, wechat: wechatAccount({ token: TOKEN }) },
  });
});
afterAll(() => counter.close());

let sent = 0;
async function wrote(words: string, follower: string): Promise<string> {
  const [timestamp, nonce] = [String(Math.floor(clock() / 1000)), String(++sent)];
  const signature = createHash('sha1').update([TOKEN, timestamp, nonce].sort().join('')).digest('hex');
  const { raw } = await counter.ask(
    null,
    'POST',
    `/v1/public/channels/wechat?${new URLSearchParams({ signature, timestamp, nonce }).toString()}`,
    `<xml><ToUserName>gh_1</ToUserName><FromUserName>${follower}</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content><![CDATA[${words}]]></Content><MsgId>${sent}</MsgId></xml>`,
    { 'content-type': 'text/xml' },
  );
  return raw;
}
/** What follows is a day later; who is signed in here has had no such day. */
async function aDayLater(then: () => Promise<void>): Promise<void> {
  ahead += 24 * 3_600_000;
  await then();
  ahead -= 24 * 3_600_000;
}
const numberIn = (answer: string) => /[A-Z]+\d{8}-\d{6,}/.exec(answer)?.[0] ?? expect.fail(answer);
const ASKS = '请回复“我的电话”';
async function ticketOf(number: string) {
  const { lead } = counter.people;
  const { tickets } = (await counter.ask(lead, 'GET', `/v1/tickets?number=${number}`)).body;
  return (await counter.ask(lead, 'GET', `/v1/tickets/${tickets[0].id}`)).body;
}
const given = ({ timeline }: { timeline: { type: string }[] }) =>
  timeline.filter(({ type }) => type === 'citizenNumberGiven');
const follows = async (number: string, telephone: string) =>
  (await counter.ask(null, 'POST', '/v1/public/tickets/progress', { number, telephone })).status === 200;

test('a number that comes with the next piece is the ticket’s, which says so without telling it, and he follows it by that', async () => {
  const first = await wrote('楼道灯不亮', 'oLater');
  expect(first).toContain(ASKS);
  const number = numberIn(first);
  // He may mean somebody else: it is kept as words, and he is asked again.
  expect(await wrote('13811130002', 'oLater')).toContain(ASKS);
  expect(await ticketOf(number)).toMatchObject({ citizenNumber: '' });
  expect(await wrote('我的电话 138-1113-0001', 'oLater')).not.toContain(ASKS);
  const ticket = await ticketOf(number);
  expect(ticket).toMatchObject({ citizenNumber: '138****0001' });
  expect(given(ticket)).toMatchObject([{ actor: null, reason: '', body: { channel: 'wechat' } }]);
  expect(await follows(number, '13811130001')).toBe(true);
  expect(await follows(number, '13811130002')).toBe(false);
});

test('later he names his ticket; what stands in it already stays', async () => {
  const number = numberIn(await wrote('井盖破损', 'oNamed'));
  ahead += JOIN_MS;
  expect(await wrote(`${number} 联系电话13811130003`, 'oNamed')).toContain('已补充');
  expect(await ticketOf(number)).toMatchObject({ citizenNumber: '138****0003' });
  expect(await wrote('我的电话13811130004', 'oNamed')).toContain('已记入');
  const ticket = await ticketOf(number);
  expect(ticket).toMatchObject({ citizenNumber: '138****0003' });
  expect(given(ticket)).toHaveLength(1);
  expect(await follows(number, '13811130004')).toBe(false);
});

test('a repetition asks as it did before', async () => {
  const first = await wrote('水管爆裂', 'oTwice');
  sent -= 1;
  const again = await wrote('水管爆裂', 'oTwice');
  expect(numberIn(again)).toBe(numberIn(first));
  expect(again).toContain(ASKS);
});

test('a day later the answer’s own words with his number fill the ticket that has none, and open no other', async () => {
  const first = await wrote('路面塌陷', 'oDayLater');
  const number = numberIn(first);
  const [, called = ''] = /请回复(“.+?”)/.exec(first) ?? [];
  await aDayLater(async () => {
    const answer = await wrote(`${called}13811130005`, 'oDayLater');
    expect(answer).toContain(`已补充到工单${number}`);
    expect(answer).not.toContain(ASKS);
    // Where none wants one: a clerk reads it, and no second matter begins.
    ahead += JOIN_MS;
    for (const follower of ['oDayLater', 'oNobody']) {
      const parked = await wrote('我的电话13811130006', follower);
      expect(parked).toContain('没有找到您名下待补电话的工单');
      expect(parked).not.toMatch(/[A-Z]+\d{8}-\d{6,}/);
    }
  });
  const ticket = await ticketOf(number);
  expect(ticket).toMatchObject({ citizenNumber: '138****0005' });
  expect(given(ticket)).toHaveLength(1);
  expect(await follows(number, '13811130005')).toBe(true);
  expect(await follows(number, '13811130006')).toBe(false);
});

test('of two that want a number the latest gets it first, and what is over gets none', async () => {
  const { lead } = counter.people;
  const older = numberIn(await wrote('窨井冒水', 'oTwo'));
  ahead += JOIN_MS;
  const latest = numberIn(await wrote('围墙倾斜', 'oTwo'));
  ahead += JOIN_MS;
  const over = numberIn(await wrote('树枝断落', 'oTwo'));
  const { id, version } = await ticketOf(over);
  const why = { move: 'withdraw', version, reason: '诉求人要求撤回' };
  expect((await counter.ask(lead, 'POST', `/v1/tickets/${id}/moves`, why)).status).toBe(200);
  await aDayLater(async () => {
    expect(await wrote('您好，我的电话13811130007，谢谢', 'oTwo')).toContain(`已补充到工单${latest}`);
    expect(await wrote('我的电话13811130008', 'oTwo')).toContain(`已补充到工单${older}`);
    ahead += JOIN_MS;
    expect(await wrote('我的电话13811130009', 'oTwo')).toContain('没有找到');
  });
  expect(await ticketOf(over)).toMatchObject({ citizenNumber: '' });
});
