import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { requestCallback } from '../../../src/domain/callbacks/callback.ts';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let me: Person;
beforeAll(async () => {
  counter = await openCounter();
  me = counter.people.agent;
});
afterAll(() => counter.close());
beforeEach(() => {
  counter.control.asked.length = 0;
  counter.control.reply = { ok: true, agent: null };
});

const NUMBER = '13987654321';
async function ticket(): Promise<{ readonly id: string; readonly number: string }> {
  const opened = await counter.ask(me, 'POST', '/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'leak', content: '门前水管爆裂' },
    ...{ citizenName: '张三丰', citizenNumber: NUMBER },
  });
  expect(opened.status).toBe(201);
  return opened.body;
}
const call = (body: object, key?: string, who = me) =>
  counter.ask(who, 'POST', '/v1/agents/me/calls', body, key === undefined ? {} : { 'idempotency-key': key });
const sent = () => counter.control.asked.flatMap((one) => (one.kind === 'call' ? [one] : []));

test('the number goes from the ticket to call control, and into no answer and no log', async () => {
  const { id, number } = await ticket();
  const placed = await call({ ticketId: id, purpose: 'ticket' });
  expect(placed.status).toBe(201);
  expect(sent()).toMatchObject([
    {
      ...{ kind: 'call', agentId: me.id, callId: placed.body.callId, purpose: 'ticket', number: NUMBER },
      ...{ about: number, subject: { callbackId: null, ticketId: id, missedCallId: null } },
    },
  ]);
  expect(placed.raw).not.toContain(NUMBER);
  expect(counter.log()).not.toContain(NUMBER);
});

test('F-17: the same request five times is one call, also when an answer got lost', async () => {
  const { id } = await ticket();
  const key = randomUUID();
  // The first answer never came: the key is free again, and the call is the same.
  counter.control.reply = 'away';
  expect((await call({ ticketId: id, purpose: 'ticket' }, key)).body.code).toBe('callControl.away');
  counter.control.reply = { ok: true, agent: null };
  const ids = new Set<string>();
  for (let n = 0; n < 4; n += 1) {
    const again = await call({ ticketId: id, purpose: 'ticket' }, key);
    expect(again.status).toBe(201);
    ids.add(again.body.callId);
  }
  expect([...ids]).toEqual([sent()[0]?.callId]);
  expect(new Set(sent().map(({ callId }) => callId)).size).toBe(1);
});

test.each([
  ['outbound.numberEmergency', 422],
  ['outbound.quietHours', 409],
  ['outbound.tooMany', 429],
  ['outbound.citizenOnLine', 409],
  ['outbound.agentNotFree', 409],
] as const)('%s is said in words', async (code, status) => {
  const { id } = await ticket();
  counter.control.reply = { ok: false, code, detail: '' };
  const refused = await call({ ticketId: id, purpose: 'ticket' });
  expect(refused).toMatchObject({ status, body: { code } });
  expect(refused.body.title).not.toBe('');
});

test('a return visit is a return visitor’s; a ticket that is none is none', async () => {
  const { id } = await ticket();
  expect((await call({ ticketId: id, purpose: 'returnVisit' })).body.code).toBe('access.denied');
  expect((await call({ ticketId: randomUUID(), purpose: 'ticket' })).body.code).toBe('ticket.unknown');
  expect((await call({ ticketId: id, purpose: 'queueCallback' })).status).toBe(400);
  expect(sent()).toEqual([]);
});

test('nobody of a unit calls for a return visit of its own ticket (invariant 9)', async () => {
  const { body } = await counter.ask(me, 'POST', '/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'leak', content: '门前水管爆裂', unitCode: 'water' },
    ...{ citizenName: '张三丰', citizenNumber: NUMBER },
  });
  const own = await counter.person(['agent', 'returnVisitor'], { unitCode: 'water' });
  const asked = { ticketId: body.id, purpose: 'returnVisit' };
  expect(await call(asked, undefined, own)).toMatchObject({ status: 403, body: { code: 'ticket.ownUnit' } });
  expect(sent()).toEqual([]);
  // About the work itself it may, through the platform.
  expect((await call({ ...asked, purpose: 'ticket' }, undefined, own)).status).toBe(201);
});

test('that nobody was reached goes to call control in its words', async () => {
  const told = await counter.ask(me, 'POST', '/v1/agents/me/not-reached', { outcome: 'machine' });
  expect(told.status).toBe(200);
  expect(counter.control.asked.at(-1)).toEqual({ kind: 'notReached', agentId: me.id, outcome: 'machine' });
  expect((await counter.ask(me, 'POST', '/v1/agents/me/not-reached', { outcome: 'busy' })).status).toBe(400);
});

test('leads see who is to be called back, masked, and cancel it for a reason; agents see their queues’', async () => {
  const [id, callId] = [randomUUID(), randomUUID()];
  const request = {
    ...{ id, number: NUMBER, queue: 'general', priority: 5, sinceMs: Date.now() - 60_000, callId },
    ...{ line: '12345', lineName: '', ticketId: null, rule: USUAL_CALLBACK_RULE },
  };
  await factWriter(counter.db, ({ reason }) => expect.fail(reason)).writeFacts([
    {
      ...{ id: randomUUID(), atMs: Date.now(), callId: null, type: 'callback', move: 'promised' },
      callback: requestCallback(request, Date.now(), 'Asia/Shanghai'),
      ...{ ofCall: callId, by: null, detail: '' },
    },
  ]);
  const { lead } = counter.people;
  const seen = await counter.ask(lead, 'GET', '/v1/callbacks?only=open');
  expect(seen.body).toMatchObject({
    callbacks: [{ id, number: '139****4321', state: 'onLine' }],
    next: null,
  });
  expect(seen.raw).not.toContain(NUMBER);
  const own = await counter.ask(me, 'GET', '/v1/callbacks');
  expect(own.body.callbacks).toMatchObject([{ id, number: '139****4321' }]);
  const elsewhere = await counter.person(['agent'], { queues: [] });
  expect((await counter.ask(elsewhere, 'GET', '/v1/callbacks')).body.callbacks).toEqual([]);
  expect(
    (await counter.ask(me, 'POST', `/v1/callbacks/${id}/cancel`, { reason: '市民已到现场' })).status,
  ).toBe(403);
  const url = `/v1/callbacks/${id}/cancel`;
  expect((await counter.ask(lead, 'POST', url, { reason: '' })).status).toBe(400);
  expect((await counter.ask(lead, 'POST', url, { reason: '市民已到现场' })).body).toEqual({ id });
  expect(counter.control.asked.at(-1)).toMatchObject({
    ...{ kind: 'cancelCallback', callbackId: id, reason: '市民已到现场' },
    by: { accountId: lead.id },
  });
  counter.control.reply = { ok: false, code: 'callback.over', detail: '' };
  expect((await counter.ask(lead, 'POST', url, { reason: '再次取消' })).body.code).toBe('callback.over');
  const unknown = `/v1/callbacks/${randomUUID()}/cancel`;
  expect((await counter.ask(lead, 'POST', unknown, { reason: '再次取消' })).body.code).toBe(
    'callback.unknown',
  );
});
