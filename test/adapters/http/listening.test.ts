import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let lead: Person;
beforeAll(async () => {
  counter = await openCounter();
  ({ lead } = counter.people);
});
beforeEach(() => {
  counter.control.reply = { ok: true, agent: null };
});
afterAll(() => counter.close());

const ask = (who: Person, callId: string, body: object) =>
  counter.ask(who, 'POST', `/v1/calls/${callId}/listening`, body);

test.each(['monitor', 'whisper', 'barge', 'takeOver'])(
  '%s: on record with its reason before it is asked for',
  async (mode) => {
    const callId = randomUUID();
    const { status, body } = await ask(lead, callId, { mode, reason: ' 新人首日带教 ' });
    expect({ status, body }).toEqual({ status: 200, body: { callId, mode } });
    expect(counter.control.asked.at(-1)).toEqual({
      kind: 'listen',
      agentId: lead.id,
      callId,
      mode,
      reason: '新人首日带教',
    });
    expect(await counter.services.audit.ofSubject('call', callId)).toMatchObject([
      { accountId: lead.id, action: 'call.listenedIn', reason: `${mode}: 新人首日带教` },
    ]);
  },
);

test('without a reason, and for whoever is no lead, nothing is asked for', async () => {
  const callId = randomUUID();
  const before = counter.control.asked.length;
  for (const reason of ['', '    ', undefined]) {
    expect((await ask(lead, callId, { mode: 'monitor', reason })).status).toBe(400);
  }
  const { agent, supervisor, operator, unit, admin } = counter.people;
  for (const who of [agent, supervisor, operator, unit, admin]) {
    expect((await ask(who, callId, { mode: 'monitor', reason: '新人首日带教' })).status).toBe(403);
  }
  expect(counter.control.asked.length).toBe(before);
  expect(await counter.services.audit.ofSubject('call', callId)).toEqual([]);
});

test('a refusal comes with its code; ending needs no reason', async () => {
  const callId = randomUUID();
  counter.control.reply = { ok: false, code: 'listening.noPhone', detail: 'no phone' };
  expect((await ask(lead, callId, { mode: 'monitor', reason: '新人首日带教' })).body).toMatchObject({
    status: 409,
    code: 'listening.noPhone',
  });
  counter.control.reply = { ok: true, agent: null };
  const { status } = await counter.ask(lead, 'POST', `/v1/calls/${callId}/listening/end`);
  expect(status).toBe(200);
  expect(counter.control.asked.at(-1)).toMatchObject({ kind: 'listen', callId, mode: null });
});
