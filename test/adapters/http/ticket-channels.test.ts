import { afterAll, beforeAll, expect, test } from 'vitest';
import { WRITTEN_CHANNELS } from '../../../src/domain/tickets/opening.ts';
import { type Counter, openCounter } from './counter.ts';

// 集电话、网站、短信、微信等受理功能于一体 (RD-12): each appeal says by which way it came.

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const WORDS = { type: 'HELP', categoryCode: 'leak', content: '门前水管爆裂，无人处理' };
const open = (over: object) =>
  counter.ask(counter.people.agent, 'POST', '/v1/tickets', { ...WORDS, ...over });

test('an appeal in writing says whether it came by the website, a text message or WeChat, and the list finds it by that', async () => {
  const ids = new Map<string, string>();
  for (const writtenBy of WRITTEN_CHANNELS) ids.set(writtenBy, (await open({ writtenBy })).body.id);
  const silent: string = (await open({})).body.id;
  const { lead } = counter.people;
  for (const [channel, id] of ids) {
    expect((await counter.ask(lead, 'GET', `/v1/tickets/${id}`)).body).toMatchObject({ channel });
    const { body } = await counter.ask(lead, 'GET', `/v1/tickets?channel=${channel}`);
    const found = body.tickets.map((one: { id: string }) => one.id).sort();
    expect(found).toEqual((channel === 'other' ? [id, silent] : [id]).sort());
  }
  expect((await open({ writtenBy: 'phone' })).status).toBe(400);
  expect((await counter.ask(lead, 'GET', '/v1/tickets?channel=fax')).status).toBe(400);
});

test('counted by channel all add up to the whole, beside the same days of the year before; neither what the house asks itself nor a demonstration is among them', async () => {
  const report = async (from: string, to: string) =>
    (await counter.ask(counter.people.lead, 'GET', `/v1/reports/channels?from=${from}&to=${to}`)).body;
  const [day, next] = ['2031-03-10', '2031-03-11'];
  const at = async (id: string, moment: string) =>
    counter.db.query('update tickets set accepted_at = $2 where id = $1', [id, moment]);
  const opened = async (writtenBy: string, moment: string, over: object = {}) =>
    at((await open({ writtenBy, ...over })).body.id, moment);
  // The first and the last moment of the day here, and the moments beside them.
  await opened('sms', '2031-03-09T16:00:00Z');
  await opened('wechat', '2031-03-10T15:59:59.999Z');
  await opened('wechat', '2031-03-09T15:59:59.999Z');
  await opened('wechat', '2031-03-10T16:00:00Z');
  await opened('website', '2030-03-10T04:00:00Z');
  for (let nth = 0; nth < 3; nth += 1) await opened('wechat', '2030-03-10T05:00:00Z');
  const spoken = await open({ callId: await counter.call(counter.people.agent.id) });
  await at(spoken.body.id, '2031-03-10T04:00:00Z');
  await counter.db.query(`insert into categories (code, name, internal) values ('own', '内部', true)`);
  await opened('other', '2031-03-10T04:00:00Z', { categoryCode: 'own' });
  const shown = await open({ writtenBy: 'other' });
  await at(shown.body.id, '2031-03-10T04:00:00Z');
  await counter.db.query('update tickets set day_seconds = 3 where id = $1', [shown.body.id]);
  const { total, channels } = await report(day, day);
  expect(channels).toEqual([
    { channel: 'phone', tickets: 1, yearBefore: 0, growth: null },
    { channel: 'voiceMessage', tickets: 0, yearBefore: 0, growth: null },
    { channel: 'website', tickets: 0, yearBefore: 1, growth: -100 },
    { channel: 'sms', tickets: 1, yearBefore: 0, growth: null },
    { channel: 'wechat', tickets: 1, yearBefore: 3, growth: -66.67 },
    { channel: 'other', tickets: 0, yearBefore: 0, growth: null },
  ]);
  expect(total).toEqual({ tickets: 3, yearBefore: 4, growth: -25 });
  // Of a whole year, too; of more none is told.
  const year = await report('2031-01-01', '2031-12-31');
  for (const of of ['tickets', 'yearBefore'] as const)
    expect(year.channels.reduce((sum: number, one: typeof year.total) => sum + one[of], 0)).toBe(
      year.total[of],
    );
  expect((await report(next, day)).code).toBe('period.tooLong');
});
