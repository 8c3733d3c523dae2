import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outboxBooks } from '../../../src/adapters/pg/outbox.ts';
import { endHelpOfEndedCalls } from '../../../src/app/help/ask-help.ts';
import type { AgentView } from '../../../src/app/ports/agent-view.ts';
import type { OutboxRow } from '../../../src/app/ports/outbox.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let me: Person;
let lead: Person;
beforeAll(async () => {
  counter = await openCounter();
  me = await counter.person(['agent']);
  lead = counter.people.lead;
});
afterAll(() => counter.close());

function talks(callId: string, who: Person = me, state = 'TALKING'): void {
  const agent = { agentId: who.id, state, callId, queues: [] } as unknown as AgentView;
  counter.control.tell({ kind: 'agent', agent });
}
async function inTalk(): Promise<string> {
  const callId = await counter.call(me.id, { ended: false });
  talks(callId);
  return callId;
}
const askFor = (callId: string, text = '', key?: string, who = me) =>
  counter.ask(
    who,
    'POST',
    `/v1/calls/${callId}/help`,
    { text },
    key === undefined ? {} : { 'idempotency-key': key },
  );
const answer = (callId: string, text: string, who = lead) =>
  counter.ask(who, 'POST', `/v1/calls/${callId}/help/answer`, { text });
const asking = async () => (await counter.ask(lead, 'GET', '/v1/help-requests')).body.requests;

test('one key asks, leads see who and since when, a line answers, and both read it in the thread of the call', async () => {
  const callId = await inTalk();
  expect((await askFor(callId)).body).toMatchObject({ request: { state: 'open', last: null }, lines: [] });
  // Asked once more with a word: the same request, the word is added.
  const worded = await askFor(callId, '市民问补贴，户主电话 13912345678', 'help-1234');
  expect((await askFor(callId, '市民问补贴，户主电话 13912345678', 'help-1234')).body).toEqual(worded.body);
  expect(worded.body.lines).toMatchObject([{ from: 'agent', text: expect.stringContaining('139****78') }]);
  expect(await asking()).toMatchObject([
    { callId, agentId: me.id, agentName: '王小明', last: expect.stringContaining('补贴') },
  ]);

  expect((await answer(callId, ' \u0007 ')).body.code).toBe('help.empty');
  expect((await answer(callId, '', counter.people.agent)).body.code).toBe('access.denied');
  expect((await answer(callId, '见知识库第 12 条')).body).toMatchObject({
    request: { state: 'answered', how: 'typed', endedBy: '王小明' },
    lines: [{}, { from: 'lead', text: '见知识库第 12 条' }],
  });
  expect(await asking()).toEqual([]);
  expect((await counter.ask(me, 'GET', `/v1/calls/${callId}/help`)).body.lines).toHaveLength(2);
  // He asks again in the same call.
  expect((await askFor(callId, '还是不明白')).body).toMatchObject({
    request: { state: 'open' },
    lines: [{}, {}, {}],
  });
  expect((await counter.ask(me, 'POST', `/v1/calls/${callId}/help/withdraw`)).body.request.state).toBe(
    'withdrawn',
  );
  expect((await counter.ask(me, 'POST', `/v1/calls/${callId}/help/withdraw`)).body.code).toBe(
    'help.notAsked',
  );
});

test('who does not talk in the call asks nobody, and reads nobody’s thread', async () => {
  const callId = await inTalk();
  const stranger = await counter.person(['agent']);
  expect((await askFor(callId, '', undefined, stranger)).body.code).toBe('call.notTalking');
  expect((await counter.ask(stranger, 'GET', `/v1/calls/${callId}/help`)).body.code).toBe('call.notYours');
  talks(callId, me, 'WRAP_UP');
  expect((await askFor(callId)).body.code).toBe('call.notTalking');
  expect((await answer(callId, '你好')).body.code).toBe('help.notAsked');
});

test('a lead who comes to the call has answered, and how stands beside it', async () => {
  const callId = await inTalk();
  await askFor(callId);
  counter.control.reply = { ok: false, code: 'call.notTalking', detail: '' };
  const come = () =>
    counter.ask(lead, 'POST', `/v1/calls/${callId}/listening`, { mode: 'whisper', reason: '话务员求助' });
  expect((await come()).status).toBe(409);
  expect(await asking()).toHaveLength(1);
  counter.control.reply = { ok: true, agent: null };
  expect((await come()).status).toBe(200);
  const { request } = (await counter.ask(me, 'GET', `/v1/calls/${callId}/help`)).body;
  expect(request).toMatchObject({ state: 'answered', how: 'whisper' });
});

test('nobody asks in a call that is over, and the day’s figures count what came of it', async () => {
  const ended = await counter.call(me.id);
  talks(ended);
  await askFor(ended);
  expect(await asking()).toEqual([]);
  const end = endHelpOfEndedCalls(counter.services);
  expect(await end()).toBe('done');
  expect((await counter.ask(lead, 'GET', `/v1/calls/${ended}/help`)).body.request.state).toBe('callOver');
  const { help } = (await counter.ask(lead, 'GET', '/v1/reports/desk')).body;
  expect(help).toEqual({ asked: 4, answered: 2, inVain: 1, meanAnswerMs: expect.any(Number) });
});

test('who asked and his leads are told of every change, through the outbox', async () => {
  const rows: OutboxRow[] = [];
  await outboxBooks(counter.db).relay(200, Date.now(), async (row) => {
    rows.push(row);
    return 'sent';
  });
  expect(rows.length).toBeGreaterThanOrEqual(9);
  for (const { topic, body } of rows)
    expect({ topic, body }).toMatchObject({ topic: 'help', body: { kind: 'help', agentId: me.id } });
});

test('how a talk was heard is told once, judged here, and stands on the call; what was not measured is not there', async () => {
  const callId = await counter.call(me.id);
  const leg = `${callId}.a1`;
  const heard = { seconds: 120, loss: 0.08, jitterMs: 40, roundTripMs: null, mos: 3.2, worstMos: 2.1 };
  const tell = (who: Person, body: object) =>
    counter.ask(who, 'PUT', `/v1/calls/${callId}/quality/${leg}`, body);
  const seen = async () => (await counter.ask(lead, 'GET', `/v1/calls/${callId}`)).body.quality;
  expect(await seen()).toEqual([]);
  expect((await tell(counter.people.agent, heard)).body.code).toBe('call.notYours');
  expect((await tell(me, { ...heard, mos: 5 })).status).toBe(400);
  // Of a leg that is another's, or of another call, he tells nothing.
  await counter.db.query(
    `insert into call_legs (call_id, leg, agent_id, rang_at, answered_at) values ($1, $2, $3, now(), now())`,
    [callId, `${callId}.a2`, counter.people.agent.id],
  );
  const of = (one: string) => counter.ask(me, 'PUT', `/v1/calls/${callId}/quality/${one}`, heard);
  expect((await of(`${callId}.a2`)).body.code).toBe('call.notYours');
  expect((await of(`${randomUUID()}.a1`)).body.code).toBe('call.notYours');
  expect((await of(`${callId}.a9`)).body.code).toBe('call.notYetWritten');
  expect((await tell(me, heard)).status).toBe(204);
  expect((await tell(me, { ...heard, mos: 4.4 })).status).toBe(204);
  expect(await seen()).toMatchObject([
    { leg, agentId: me.id, seconds: 120, roundTripMs: null, bad: true, mos: expect.closeTo(3.2, 3) },
  ]);
  const { quality, openCalls } = (await counter.ask(lead, 'GET', '/v1/reports/desk')).body;
  expect(quality).toEqual({ talks: 1, bad: 1, meanMos: expect.closeTo(3.2, 3) });
  expect(openCalls).toBe(2);
  const unknown = `/v1/calls/${randomUUID()}/quality/${randomUUID()}.a1`;
  expect((await counter.ask(me, 'PUT', unknown, heard)).body.code).toBe('call.notYetWritten');
});

test('whom the call is given to reads nothing of what the first wrote to his lead, nor the first what is answered to him', async () => {
  const callId = await inTalk();
  const second = await counter.person(['agent']);
  const asLead = await counter.person(['agent', 'supervisor']);
  await askFor(callId, '我不会，请指教');
  await answer(callId, '先安抚');
  for (const who of [second, asLead]) {
    talks(callId, who);
    const seen = await counter.ask(who, 'GET', `/v1/calls/${callId}/help`);
    expect(seen.body).toEqual({ request: null, lines: [] });
  }
  const words = ({ body }: { body: { lines: readonly { text: string }[] } }) =>
    body.lines.map(({ text }) => text);
  expect(words(await askFor(callId, '接手', undefined, second))).toEqual(['接手']);
  const both = await answer(callId, '转工单');
  expect(words(both)).toEqual(['我不会，请指教', '先安抚', '接手', '转工单']);
  const read = (who: Person) => counter.ask(who, 'GET', `/v1/calls/${callId}/help`);
  expect(words(await read(second))).toEqual(['接手', '转工单']);
  expect(words(await read(me))).toEqual(['我不会，请指教', '先安抚']);
  expect((await read(me)).body.request).toMatchObject({ agentId: me.id, last: '先安抚' });
});

test('a wordless cry for help whose answer got lost asks once, also after it was answered', async () => {
  const callId = await inTalk();
  const cry = () => askFor(callId, '', 'wordless-1');
  expect((await cry()).body.request.state).toBe('open');
  // The process ended before it could keep the answer, and the key is free again.
  const forget = () => counter.db.query('delete from idempotency_keys where key = $1', ['wordless-1']);
  await forget();
  expect((await cry()).status).toBe(201);
  await answer(callId, '来了');
  await forget();
  expect((await cry()).body.request.state).toBe('answered');
});
