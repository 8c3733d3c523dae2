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
