import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import type { CallFact } from '../../../src/app/ports/facts.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let me: Person;
let colleague: Person;
beforeAll(async () => {
  counter = await openCounter();
  me = counter.people.agent;
  colleague = await counter.person(['agent']);
  await mkdir(join(counter.recordingsDir, 'messages'), { recursive: true });
});
afterAll(() => counter.close());

const CALLER = '13912340000';
const SOUND = Buffer.from('a message of a citizen');

/** A citizen called, left a message and hung up. */
async function left(atMs = Date.now(), callerNumber = CALLER): Promise<string> {
  const callId = randomUUID();
  const recording = `${callId}.m1`;
  await writeFile(join(counter.recordingsDir, 'messages', `${recording}.wav`), SOUND);
  const told: CallFact[] = [
    { type: 'callArrived', trunk: 'carrier', dialled: '12345', callerNumber, headers: {}, recording: '' },
    { type: 'callAnswered' },
    { type: 'messageLeft', recording, queue: 'general', end: 'hungUp', durationMs: 9_000, spokenMs: 7_000 },
    { type: 'callEnded', releasedBy: 'caller', result: 'messageLeft', detail: '' },
  ];
  await factWriter(counter.db, ({ reason }) => expect.fail(reason)).writeFacts(
    told.map((fact, seq) => ({ id: randomUUID(), atMs: atMs + seq, callId, seq: seq + 1, ...fact })),
  );
  return callId;
}
const listed = async (who: Person, query = ''): Promise<{ callId: string }[]> =>
  (await counter.ask(who, 'GET', `/v1/voice-messages${query}`)).body.messages;

test('every agent sees every message, the caller masked; made into a ticket by one, it is dealt with', async () => {
  const callId = await left();
  const { body, raw } = await counter.ask(me, 'GET', '/v1/voice-messages?open=true');
  expect(raw).not.toContain(CALLER);
  expect(body.messages).toMatchObject([
    {
      callId,
      callerNumber: '139****0000',
      queue: 'general',
      durationMs: 9_000,
      outcome: null,
      ticketId: null,
    },
  ]);
  const appeal = { callId, type: 'HELP', categoryCode: 'leak', content: '留言：家中水管漏水，请回电。' };
  const opened = await counter.ask(me, 'POST', '/v1/tickets', appeal);
  expect(opened).toMatchObject({ status: 201 });
  expect(await counter.ask(colleague, 'POST', '/v1/tickets', appeal)).toMatchObject({
    status: 409,
    body: { code: 'call.outcomeExists' },
  });
  expect((await counter.ask(me, 'GET', `/v1/tickets/${opened.body.id}`)).body).toMatchObject({
    channel: 'voiceMessage',
    callId,
  });
  expect(await listed(me, '?open=true')).toEqual([]);
  expect(await listed(me, '?open=false')).toMatchObject([{ callId, ticketId: opened.body.id }]);
});

test('the sound is played, each time on record; without its file there is a clear answer', async () => {
  const callId = await left();
  const url = `/v1/voice-messages/${callId}/recording`;
  const played = await counter.app.inject({ url, headers: { authorization: `Bearer ${colleague.token}` } });
  expect([played.statusCode, played.rawPayload]).toEqual([200, SOUND]);
  expect(await counter.services.audit.ofSubject('call', callId)).toMatchObject([
    { accountId: colleague.id, action: 'voiceMessage.played' },
  ]);
  const none = `/v1/voice-messages/${await counter.call(me.id)}/recording`;
  expect(await counter.ask(me, 'GET', none)).toMatchObject({
    status: 404,
    body: { code: 'voiceMessage.unknown' },
  });
  await counter.db.query("update voice_messages set recording = '../../etc/passwd' where call_id = $1", [
    callId,
  ]);
  expect(await counter.ask(me, 'GET', url)).toMatchObject({ status: 404, body: { code: 'recording.none' } });
});

test('pages join, newest first, though messages share a millisecond', async () => {
  const atMs = Date.now();
  for (let n = 0; n < 5; n += 1) await left(atMs);
  const all = (await listed(me, '?limit=200')).map(({ callId }) => callId);
  const walked: string[] = [];
  let after = '';
  do {
    const { body } = await counter.ask(me, 'GET', `/v1/voice-messages?limit=2${after}`);
    walked.push(...body.messages.map(({ callId }: { callId: string }) => callId));
    after = body.next === null ? '' : `&after=${body.next}`;
  } while (after !== '');
  expect(walked).toEqual(all);
  expect(await counter.ask(me, 'GET', '/v1/voice-messages?after=x')).toMatchObject({
    body: { code: 'page.invalid' },
  });
});

test('a caller is noted by number or by a call, once a number, on record, and masked', async () => {
  const callId = await left(Date.now(), '+8613700137000');
  const noted = await counter.ask(me, 'POST', '/v1/caller-notes', {
    callId,
    vulnerable: true,
    note: '听力不便，请说慢些',
  });
  expect(noted).toMatchObject({
    status: 201,
    body: { number: '137****7000', vulnerable: true, language: null, notedBy: { id: me.id } },
  });
  const again = await counter.ask(colleague, 'POST', '/v1/caller-notes', {
    number: '137 0013 7000',
    vulnerable: false,
    language: 'en',
    note: '说英语',
  });
  expect(again.body).toMatchObject({ id: noted.body.id, since: noted.body.since, language: 'en' });
  const { body, raw } = await counter.ask(me, 'GET', '/v1/caller-notes');
  expect(body.notes).toHaveLength(1);
  expect(raw).not.toContain('13700137000');
  const of = (number: string) =>
    counter.ask(me, 'GET', `/v1/caller-notes?number=${encodeURIComponent(number)}`);
  expect((await of('+86 137 0013 7000')).body.notes).toMatchObject([{ id: noted.body.id }]);
  expect((await of('13700137001')).body).toEqual({ notes: [], next: null });
  expect(await of('没有')).toMatchObject({ status: 422, body: { code: 'caller.numberInvalid' } });
  expect(await counter.services.audit.ofSubject('callerNote', noted.body.id)).toMatchObject([
    { accountId: colleague.id, action: 'caller.noted', reason: '说英语' },
    { accountId: me.id, action: 'caller.noted' },
  ]);
  const url = `/v1/caller-notes/${noted.body.id}/remove`;
  expect((await counter.ask(me, 'POST', url, { reason: '本人要求删除' })).status).toBe(204);
  expect(await counter.ask(me, 'POST', url, { reason: '本人要求删除' })).toMatchObject({
    status: 404,
    body: { code: 'callerNote.unknown' },
  });
  expect(counter.log()).not.toContain('13700137000');
});

test.each([
  [{ vulnerable: true, note: '没有号码也没有通话' }, 400, 'request.invalid'],
  [
    { number: '13800138000', callId: randomUUID(), vulnerable: true, note: '二者都有' },
    400,
    'request.invalid',
  ],
  [{ number: '12', vulnerable: true, note: '号码太短了' }, 400, 'request.invalid'],
  [{ number: '1 - - - 2', vulnerable: true, note: '不是号码' }, 422, 'caller.numberInvalid'],
  [
    { number: '13800138000', vulnerable: true, language: 'English', note: '语言代码不对' },
    400,
    'request.invalid',
  ],
  [{ callId: randomUUID(), vulnerable: true, note: '没有这个通话' }, 404, 'call.unknown'],
])('what cannot be noted is refused: %j', async (body, status, code) => {
  expect(await counter.ask(me, 'POST', '/v1/caller-notes', body)).toMatchObject({ status, body: { code } });
});

test('of a caller who withheld the number nothing can be noted', async () => {
  const callId = await left(Date.now(), '');
  expect(
    await counter.ask(me, 'POST', '/v1/caller-notes', { callId, vulnerable: true, note: '号码未显示' }),
  ).toMatchObject({ status: 409, body: { code: 'caller.withheld' } });
});
