import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { queueMessages } from '../../../src/app/messages/queue-messages.ts';
import { type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const REASON = '网关已恢复，重新发送';
const queue = (callerNumber: string) =>
  queueMessages(counter.services)([
    {
      kind: 'restored',
      callerNumber,
      text: '供水已恢复。',
      subject: { kind: 'incident', id: 'i1' },
      dedupeKey: randomUUID(),
    },
  ]);
const ask = (method: 'GET' | 'POST' | 'PUT', url: string, body?: object) =>
  counter.ask(counter.people.operator, method, `/v1${url}`, body);

test('operators and leads read what was written to whom, masked, by state and subject', async () => {
  await queue('13812345678');
  const { status, body, raw } = await ask('GET', '/messages?state=pending&subjectKind=incident&subjectId=i1');
  expect(status, raw).toBe(200);
  expect(body.messages).toMatchObject([{ number: '138****5678', state: 'pending', kind: 'restored' }]);
  expect(raw).not.toContain('13812345678');
  expect((await ask('GET', '/messages?subjectId=i2')).body.messages).toEqual([]);
  expect((await ask('GET', '/messages?after=x')).body.code).toBe('page.invalid');
  expect((await counter.ask(counter.people.agent, 'GET', '/v1/messages')).status).toBe(403);
});

test('a failed one is retried for a reason, which is on record; others are not', async () => {
  await queue('13900139000');
  const { body } = await ask('GET', '/messages?limit=1');
  const { id } = body.messages[0];
  expect((await ask('POST', `/messages/${id}/retry`, { reason: REASON })).body).toMatchObject({
    code: 'message.notFailed',
    data: { state: 'pending' },
  });
  await counter.db.query(
    `update citizen_messages set state = 'failed', finished_at = now(), failure = 'http 400' where id = $1`,
    [id],
  );
  expect((await ask('POST', `/messages/${id}/retry`, { reason: REASON })).body).toEqual({ state: 'pending' });
  expect(await counter.services.audit.ofSubject('message', id)).toMatchObject([
    { action: 'message.retried', accountId: counter.people.operator.id, reason: REASON },
  ]);
  expect((await ask('POST', `/messages/${randomUUID()}/retry`, { reason: REASON })).body.code).toBe(
    'message.unknown',
  );
});

test('quiet hours and retraining are settings, changed for a reason', async () => {
  expect((await ask('GET', '/message-settings')).body).toEqual({
    quietFrom: '22:00',
    quietTo: '07:00',
    retraining: true,
    ticketSteps: true,
  });
  const settings = { quietFrom: '21:30', quietTo: '08:00', retraining: false };
  const { body } = await ask('PUT', '/message-settings', { ...settings, reason: '市民反映打扰休息' });
  // Whoever says nothing of the steps of tickets leaves them as they are.
  expect(body).toEqual({ ...settings, ticketSteps: true, cancelled: 0 });
  expect((await ask('GET', '/message-settings')).body).toEqual({ ...settings, ticketSteps: true });
  expect(
    (await ask('PUT', '/message-settings', { ...settings, quietFrom: '25:00', reason: REASON })).body.errors,
  ).toMatchObject([{ field: 'body.quietFrom' }]);
  expect(await counter.services.audit.ofSubject('settings', 'messages')).toHaveLength(1);
});

test('no number of a citizen reached the log', () => {
  expect(counter.log()).not.toMatch(/13812345678|13900139000/);
});
