import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendWeeklyLists } from '../../../src/app/knowledge/send-weekly-lists.ts';
import { type Counter, openCounter } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';
import { knowledgeUpkeep } from './knowledge-upkeep.ts';

// Whoever asks for a second connection within his transaction stands still in a pool that is full of such: here one is full.

const DAY_MS = 86_400_000;
// A Tuesday.
let now = Date.parse('2026-09-01T10:00:00+08:00');
let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
beforeAll(async () => {
  counter = await openCounter({ now: () => now, connections: 1 });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  desk = knowledgeDesk(counter);
});
afterAll(() => counter.close());

const tickets = async (category: string) =>
  (await counter.ask(counter.people.lead, 'GET', `/v1/tickets?categoryCode=${category}`)).body.tickets;

test('a doubt opens its ticket on the connection of its transaction', async () => {
  const id = await desk.published();
  const said = { version: 1, kind: 'wrong', note: '' };
  const { status, body } = await desk.post(counter.people.agent, `/knowledge/${id}/doubts`, said);
  expect(status, JSON.stringify(body)).toBe(201);
  expect((await tickets('knowledge.doubt')).map((one: { id: string }) => one.id)).toEqual([body.ticketId]);
});

test('so do the second look, what is over, what ends soon, and the week’s list', async () => {
  const atOnce = await desk.draft();
  const { lead } = counter.people;
  const { status, body } = await desk.moved(lead, atOnce, 'publishAtOnce', 1, '台风停课，须马上答复');
  expect(status, JSON.stringify(body)).toBe(200);
  expect(await tickets('knowledge.review')).toHaveLength(1);
  await desk.published({ validTo: '2026-09-01' });
  await desk.published({ validTo: '2026-09-25' });
  now = Date.parse('2026-09-21T10:00:00+08:00');
  expect(await knowledgeUpkeep(counter).keep()).toEqual({ marked: 1, ticketsOpened: 2, alarmsRaised: 1 });
  expect(await sendWeeklyLists({ ...counter.services, newId: randomUUID })()).toBeGreaterThan(0);
});

test('a surge key tells its pack, and the next time tells the same words anew', async () => {
  const { operator } = counter.people;
  const entry = await desk.draft({ question: '防汛转移安置点在哪里' });
  const pack = { revision: 0, title: '防汛', entries: [entry] };
  expect((await counter.ask(operator, 'PUT', '/v1/knowledge-packs/flood', pack)).status).toBe(200);
  for (const version of [1, 2]) {
    const opened = await desk.post(operator, '/rules/surge-keys', {
      ...{ code: 'flood', key: '7', label: '防汛', queue: 'general', text: '防汛热线请按7', pack: 'flood' },
      ...{ until: new Date(now + 3_600_000).toISOString(), reason: '防汛应急响应' },
    });
    expect(opened.status, JSON.stringify(opened.body)).toBe(201);
    expect(opened.body.pack.leftOut).toEqual([]);
    expect(await desk.read(entry)).toMatchObject({ current: { number: version, state: 'emergency' } });
    const ended = { menu: 'straight-12345', reason: '响应解除' };
    expect((await desk.post(operator, '/rules/surge-keys/flood/end', ended)).status).toBe(200);
    now += DAY_MS;
  }
});

test('a correction reads the right words, and the check of a draft of the catalogue its draft', async () => {
  const { lead, operator, dispatcher, reviewer } = counter.people;
  const id = await desk.published();
  await desk.revise(id, { answer: '带身份证到窗口办理。', message: '带身份证到窗口办理。' });
  await desk.publish(id, 2);
  expect((await desk.read(id, reviewer)).current.number).toBe(2);
  const corrected = await desk.post(lead, `/knowledge/${id}/corrections`, {
    ...{ versions: [1], rightVersion: 2, reason: '材料写错' },
  });
  expect(corrected.status, JSON.stringify(corrected.body)).toBe(201);
  const begun = await desk.post(operator, '/dispatch/drafts', {
    title: '年度调整',
    entries: [{ category: 'leak', lead: 'water' }],
  });
  expect(begun.status, JSON.stringify(begun.body)).toBe(201);
  const checked = await counter.ask(dispatcher, 'GET', `/v1/dispatch/drafts/${begun.body.id}/check`);
  expect(checked).toMatchObject({ status: 200, body: { added: [{ category: 'leak' }] } });
});
