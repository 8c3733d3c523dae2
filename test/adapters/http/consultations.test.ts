import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outboxBooks } from '../../../src/adapters/pg/outbox.ts';
import type { AgentView } from '../../../src/app/ports/agent-view.ts';
import type { CallView } from '../../../src/app/ports/call-view.ts';
import type { OutboxRow } from '../../../src/app/ports/outbox.ts';
import { NO_WORDS } from '../../../src/domain/tickets/appeal-words.ts';
import { type Counter, openCounter, type Person } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';

// An expert who is asked out of a call sees what it is about, for as long as he is on its line (D10).

const NUMBER = '051384123456';
let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
let agent: Person;
let expert: Person;
beforeAll(async () => {
  counter = await openCounter();
  desk = knowledgeDesk(counter);
  ({ agent } = counter.people);
  expert = await counter.person(['unit'], { unitCode: 'water' });
});
afterAll(() => counter.close());

const fields = (over: object = {}) => ({
  ...{ unitCode: 'water', name: '陈工', post: '营业所', number: NUMBER, categories: ['water'] },
  ...over,
});
/** The agent talks with a citizen, and with whoever is given beside. */
function talks(callId: string, others: readonly object[]): void {
  const own = { id: `${callId}.a1`, kind: 'agent', agentId: agent.id, number: null, state: 'in' };
  counter.control.tell({
    kind: 'call',
    call: {
      ...{ callId, state: 'talking', dialled: '12345', line: '12345', lineName: '如东 12345', mode: 'MAIN' },
      ...{ queue: null, callerNumber: '13812345678', agentId: agent.id, sinceMs: 1_000, arrivedMs: 1_000 },
      talk: { phase: 'together', parties: [own, ...others] },
    } as unknown as CallView,
  });
}
const called = (state: string, number = NUMBER) => ({
  id: 'p',
  kind: 'number',
  agentId: null,
  number,
  state,
});
const list = async (who: Person) => (await counter.ask(who, 'GET', '/v1/consultations')).body;
const read = (who: Person, callId: string) => counter.ask(who, 'GET', `/v1/consultations/${callId}`);

test('the directory takes an account of the own unit or of the hotline, and shows it to them alone', async () => {
  const { unit, operator } = counter.people;
  const stranger = await counter.person(['unit'], { unitCode: 'power' });
  const refused = await desk.post(unit, '/experts', fields({ account: stranger.username }));
  expect(refused.body).toMatchObject({
    code: 'knowledge.nameUnknown',
    data: { accounts: [stranger.username] },
  });
  expect((await desk.post(unit, '/experts', fields({ account: 'nobody.here' }))).body.code).toBe(
    'knowledge.nameUnknown',
  );
  const made = await desk.post(unit, '/experts', fields({ account: expert.username }));
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  expect(made.body.account).toBe(expert.username);
  const seen = async (who: Person) =>
    (await counter.ask(who, 'GET', '/v1/experts?unit=water')).body.experts.map(
      ({ account }: { account: string | null }) => account,
    );
  expect(await seen(unit)).toEqual([expert.username]);
  expect(await seen(operator)).toEqual([expert.username]);
  expect(await seen(stranger)).toEqual([null]);
});

test('while he is on the line he sees what was written, without who the citizen is; before and after it he sees nothing', async () => {
  const callId = randomUUID();
  counter.control.tell({
    kind: 'agent',
    agent: {
      agentId: agent.id,
      number: '1001',
      displayName: '沈悦',
      state: 'TALKING',
      callId,
      queues: [],
    } as unknown as AgentView,
  });
  talks(callId, [called('ringing')]);
  expect(await list(expert)).toEqual({ expert: true, calls: [] });
  expect((await read(expert, callId)).body.code).toBe('consultation.notAsked');

  talks(callId, [called('aside', '84123456')]);
  expect(await list(expert)).toMatchObject({ calls: [{ callId, agentName: '沈悦', agentNumber: '1001' }] });
  expect((await read(expert, callId)).body).toMatchObject({ told: 'nothing', content: '', savedAt: null });
  const words = {
    ...NO_WORDS,
    ...{ type: 'ENQUIRY', categoryCode: 'water', citizenName: '张三丰', citizenNumber: '13912345678' },
    content: '张三丰来电 13912345678，水表停走怎么收费',
  };
  const saved = await counter.ask(agent, 'PUT', `/v1/calls/${callId}/draft`, { began: NO_WORDS, words });
  expect(saved.status, JSON.stringify(saved.body)).toBe(200);
  const shown = await read(expert, callId);
  expect(shown.body).toMatchObject({ told: 'words', categoryCode: 'water', lineName: '如东 12345' });
  expect(shown.body.content).toContain('水表停走怎么收费');
  for (const hidden of ['张三丰', '13912345678', '13812345678']) expect(shown.raw).not.toContain(hidden);

  // What is better read than heard goes to the agent who asked, and to no other.
  const type = (who: Person, text: string, key = 'typed-once') =>
    counter.ask(who, 'POST', `/v1/consultations/${callId}/lines`, { text }, { 'idempotency-key': key });
  expect((await type(expert, ' \u0007 ', 'empty-one')).body.code).toBe('help.empty');
  expect((await type(counter.people.unit, '打扰', 'a-stranger')).body.code).toBe('consultation.notAsked');
  const typed = await type(expert, '苏价规〔2024〕3 号第八条');
  expect(typed.body).toMatchObject({ lines: [{ text: '苏价规〔2024〕3 号第八条' }] });
  expect((await type(expert, '苏价规〔2024〕3 号第八条')).body).toEqual(typed.body);
  expect((await read(expert, callId)).body.lines).toEqual(typed.body.lines);
  const seen = await counter.ask(agent, 'GET', `/v1/calls/${callId}/help`);
  expect(seen.body).toMatchObject({
    request: null,
    lines: [{ text: '苏价规〔2024〕3 号第八条', fromLead: true }],
  });
  const rows: OutboxRow[] = [];
  await outboxBooks(counter.db).relay(200, Date.now(), async (row) => {
    rows.push(row);
    return 'sent';
  });
  expect(rows.filter(({ topic }) => topic === 'help').map(({ body }) => body)).toMatchObject([
    { kind: 'help', callId, agentId: agent.id },
  ]);

  // Confidential from now on.
  await counter.ask(agent, 'PUT', `/v1/calls/${callId}/draft`, {
    began: words,
    words: { ...words, confidential: true },
  });
  const closed = await read(expert, callId);
  expect(closed.body).toMatchObject({ told: 'confidential', content: '', title: '', categoryCode: '' });
  expect(closed.raw).not.toContain('水表');

  talks(callId, []);
  expect(await list(expert)).toEqual({ expert: true, calls: [] });
  expect((await read(expert, callId)).status).toBe(403);
  expect((await type(expert, '晚了', 'too-late')).body.code).toBe('consultation.notAsked');
  const looked = (await counter.services.audit.ofSubject('call', callId)).map(({ action, accountId }) => ({
    action,
    accountId,
  }));
  expect(looked).toEqual([{ action: 'call.expertLooked', accountId: expert.id }]);
});

test('nobody else sees it: not another of his unit, nor the account after it was taken out of the directory', async () => {
  const callId = randomUUID();
  talks(callId, [called('in')]);
  expect((await list(expert)).calls).toHaveLength(1);
  for (const who of [counter.people.unit, counter.people.lead, counter.people.operator]) {
    expect(await list(who)).toEqual({ expert: false, calls: [] });
    expect((await read(who, callId)).body.code).toBe('consultation.notAsked');
  }
  const { experts } = (await counter.ask(counter.people.operator, 'GET', '/v1/experts?unit=water')).body;
  const [{ id, revision }] = experts;
  const change = await counter.ask(counter.people.unit, 'PUT', `/v1/experts/${id}`, fields({ revision }));
  expect(change.body).toMatchObject({ account: null, revision: revision + 1 });
  expect(await list(expert)).toEqual({ expert: false, calls: [] });
  expect((await read(expert, callId)).status).toBe(403);
});
