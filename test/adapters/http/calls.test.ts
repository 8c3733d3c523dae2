import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import type { CallFact } from '../../../src/app/ports/facts.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let me: Person;
let colleague: Person;
let lead: Person;
beforeAll(async () => {
  counter = await openCounter();
  me = counter.people.agent;
  colleague = await counter.person(['agent']);
  lead = counter.people.lead;
});
afterAll(() => counter.close());

const CALLER = '13812345678';

test('an agent reads the own calls, who leads reads all; the caller is masked everywhere', async () => {
  const mine = await counter.call(me.id);
  const other = await counter.call(colleague.id);
  const missed = await counter.call(null);
  const seen = async (who: Person): Promise<string[]> => {
    const { body, raw } = await counter.ask(who, 'GET', '/v1/calls');
    expect(raw).not.toContain(CALLER);
    return body.calls.map((call: { id: string }) => call.id);
  };
  expect(await seen(me)).toEqual([mine]);
  expect(new Set(await seen(lead))).toEqual(new Set([mine, other, missed]));
  const { body: row } = await counter.ask(lead, 'GET', `/v1/calls?agentId=${me.id}`);
  expect(row.calls[0]).toMatchObject({ callerNumber: '138****5678', dialled: '12345', lineName: '政府热线' });
});

test('asking for a colleague’s calls gives an agent the own ones, not the colleague’s', async () => {
  const { body } = await counter.ask(me, 'GET', `/v1/calls?agentId=${colleague.id}`);
  expect(new Set(body.calls.map((call: { agentId: string }) => call.agentId))).toEqual(new Set([me.id]));
});

test('one call: legs, facts and the raw headers, without the caller and without the file’s path', async () => {
  const callId = await counter.call(me.id, { recording: '2026/11/23/x.wav' });
  const { body, raw } = await counter.ask(me, 'GET', `/v1/calls/${callId}`);
  expect(body).toMatchObject({ id: callId, recorded: true, trunk: 'carrier', result: 'answeredByAgent' });
  expect(body.legs).toMatchObject([{ agentId: me.id, agentNumber: '1001' }]);
  expect(body.facts.map((fact: { type: string }) => fact.type)).toContain('talkStarted');
  expect(raw).not.toContain(CALLER);
  expect(raw).not.toContain('84123456');
  expect(raw).not.toContain('x.wav');
  expect(await counter.ask(colleague, 'GET', `/v1/calls/${callId}`)).toMatchObject({
    status: 403,
    body: { code: 'call.notYours' },
  });
});

test('a number that an agent brought into the talk may be a person’s: masked in the legs and in the facts; a unit’s is public', async () => {
  const callId = await counter.call(me.id);
  const write = factWriter(counter.db, () => expect.unreachable('a fact was refused'));
  const rang = (leg: string, number: string, seq: number): CallFact & { seq: number } => ({
    type: 'legRang',
    leg: `${callId}.${leg}`,
    agentId: null,
    number,
    reason: '话务员邀请',
    seq,
  });
  const told = [rang('o2', '13700007777', 50), rang('o3', '84127788', 51), rang('u4', '051384139001', 52)];
  await write.writeFacts(
    told.map((fact, nth) => ({ id: randomUUID(), atMs: Date.now() + 100 + nth, callId, ...fact })),
  );
  const { body, raw } = await counter.ask(lead, 'GET', `/v1/calls/${callId}`);
  expect(body.legs.map((leg: { number: string | null }) => leg.number)).toEqual([
    null,
    '137****7777',
    '8****7788',
    '051384139001',
  ]);
  expect(raw).not.toContain('13700007777');
  expect(raw).not.toContain('84127788');
});

test('the caller is shown for a reason, and each view is on record with who, why and from where', async () => {
  const callId = await counter.call(me.id);
  const url = `/v1/calls/${callId}/reveal`;
  expect((await counter.ask(me, 'POST', url, {})).body.errors[0]).toMatchObject({ field: 'body.reason' });
  expect((await counter.ask(me, 'POST', url, { reason: '    ' })).status).toBe(400);
  expect((await counter.ask(colleague, 'POST', url, { reason: '核对来电人信息' })).status).toBe(403);
  const { status, body } = await counter.ask(me, 'POST', url, { reason: '核对来电人信息' });
  expect({ status, body }).toEqual({ status: 200, body: { callerNumber: CALLER } });
  const trail = await counter.services.audit.ofSubject('call', callId);
  expect(trail).toMatchObject([
    { accountId: me.id, action: 'call.callerRevealed', reason: '核对来电人信息', address: '127.0.0.1' },
  ]);
  expect(counter.log()).not.toContain(CALLER);
});

test('the audit trail can be added to and nothing else', async () => {
  for (const sql of [
    'update audit_trail set reason = null',
    'delete from audit_trail',
    'truncate audit_trail',
  ]) {
    await expect(counter.db.query(sql)).rejects.toThrow(/append-only/);
  }
});

test('a call is closed as answered on the spot, once, with type and category', async () => {
  const callId = await counter.call(me.id);
  const url = `/v1/calls/${callId}/outcome`;
  const missing = await counter.ask(me, 'POST', url, { outcome: 'answeredOnSpot' });
  expect(missing.body.errors.map((one: { field: string }) => one.field)).toEqual([
    'body.type',
    'body.categoryCode',
  ]);
  const onSpot = { outcome: 'answeredOnSpot', type: 'ENQUIRY', categoryCode: 'water' };
  expect((await counter.ask(me, 'POST', url, { ...onSpot, categoryCode: 'nonsense' })).body.code).toBe(
    'ticket.categoryUnknown',
  );
  expect((await counter.ask(colleague, 'POST', url, onSpot)).body.code).toBe('call.notYours');
  expect((await counter.ask(me, 'POST', url, onSpot)).status).toBe(201);
  expect((await counter.ask(me, 'POST', url, onSpot)).body).toMatchObject({
    code: 'call.outcomeExists',
    status: 409,
  });
  const { body } = await counter.ask(lead, 'GET', `/v1/calls/${callId}`);
  expect(body).toMatchObject({
    outcome: 'answeredOnSpot',
    closing: { type: 'ENQUIRY', category: 'water', closedBy: me.id },
  });
});

test('an invalid call needs a reason; an abandoned one has no outcome', async () => {
  const callId = await counter.call(me.id);
  const url = `/v1/calls/${callId}/outcome`;
  expect((await counter.ask(me, 'POST', url, { outcome: 'invalid' })).body.errors[0].field).toBe(
    'body.reason',
  );
  expect((await counter.ask(me, 'POST', url, { outcome: 'invalid', reason: '静默电话' })).status).toBe(201);
  const missed = await counter.call(null);
  expect(
    (
      await counter.ask(lead, 'POST', `/v1/calls/${missed}/outcome`, {
        outcome: 'invalid',
        reason: '静默电话',
      })
    ).body.code,
  ).toBe('call.notAnswered');
});

test('a call that the board shows and the books do not have yet: try again in a second', async () => {
  const callId = '11111111-2222-4333-8444-555555555555';
  counter.control.tell({
    kind: 'call',
    call: {
      callId,
      state: 'TALKING',
      dialled: '12345',
      line: '12345',
      lineName: '政府热线',
      mode: 'MAIN',
      queue: 'general',
      callerNumber: CALLER,
      agentId: me.id,
      sinceMs: 1,
      arrivedMs: 1,
    },
  });
  const answer = await counter.ask(me, 'POST', '/v1/tickets', {
    callId,
    type: 'HELP',
    categoryCode: 'leak',
    content: '漏水',
  });
  expect(answer).toMatchObject({
    status: 409,
    body: { code: 'call.notYetWritten' },
    headers: { 'retry-after': '1' },
  });

  const outcome = { outcome: 'answeredOnSpot', type: 'ENQUIRY', categoryCode: 'leak' };
  const url = `/v1/calls/${callId}/outcome`;
  const stranger = await counter.person(['agent']);
  expect(await counter.ask(stranger, 'POST', url, outcome)).toMatchObject({
    status: 403,
    body: { code: 'call.notYours' },
  });
  expect((await counter.ask(lead, 'POST', url, outcome)).body.code).toBe('call.notYetWritten');
});

test('the totals add up, per day and over the period', async () => {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const yesterday = new Date(Date.now() - 16 * 3_600_000).toISOString().slice(0, 10);
  const callId = await counter.call(me.id);
  await counter.ask(me, 'POST', '/v1/tickets', {
    callId,
    type: 'HELP',
    categoryCode: 'leak',
    content: '漏水',
  });
  const { body } = await counter.ask(lead, 'GET', `/v1/totals?from=${yesterday}&to=${today}`);
  expect(body.days.map((day: { day: string }) => day.day)).toEqual([yesterday, today]);
  const { total } = body;
  expect(total.tickets).toBe(1);
  expect(total.onSpot).toBe(1);
  expect(total.invalid).toBe(1);
  expect(total.answered).toBe(total.onSpot + total.tickets + total.invalid + total.open);
  expect(total.arrived).toBe(
    total.answered +
      total.informed +
      total.messages +
      total.abandoned +
      total.refused +
      total.lost +
      total.callbacks +
      total.underWay,
  );
});

test('the register: lines, units, queues, categories, for whoever is signed in', async () => {
  const unit = counter.people.unit;
  expect((await counter.ask(unit, 'GET', '/v1/lines')).body.lines).toHaveLength(2);
  expect((await counter.ask(unit, 'GET', '/v1/lines/12369')).body).toMatchObject({
    mode: 'FORWARD',
    name: '环保热线',
  });
  expect((await counter.ask(unit, 'GET', '/v1/lines/99999')).body.code).toBe('line.unknown');
  expect((await counter.ask(unit, 'GET', '/v1/units')).body.units).toHaveLength(3);
  expect((await counter.ask(unit, 'GET', '/v1/queues')).body.queues).toHaveLength(1);
  expect((await counter.ask(unit, 'GET', '/v1/categories')).body.categories).toContainEqual({
    code: 'leak',
    parentCode: 'water',
    name: '漏水',
  });
});
