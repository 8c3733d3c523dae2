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
/** As call control tells of whom this agent had dialled out of the directory; `expert` null: by hand. */
const called = (state: string, expert: string | null = expertId, over: object = {}) => ({
  ...{ id: 'p', kind: 'number', agentId: null, number: NUMBER, role: 'consulted', by: agent.id, state },
  ...(expert === null ? {} : { expert }),
  ...over,
});
let expertId: string;
const list = async (who: Person) => (await counter.ask(who, 'GET', '/v1/consultations')).body;
const read = (who: Person, callId: string) => counter.ask(who, 'GET', `/v1/consultations/${callId}`);

test('the directory takes an account of the own unit or of the hotline, and shows it to them alone', async () => {
  const { unit, operator } = counter.people;
  const stranger = await counter.person(['unit'], { unitCode: 'power' });
  const refused = await desk.post(operator, '/experts', fields({ account: stranger.username }));
  expect(refused.body).toMatchObject({
    code: 'knowledge.nameUnknown',
    data: { accounts: [stranger.username] },
  });
  expect((await desk.post(operator, '/experts', fields({ account: 'nobody.here' }))).body.code).toBe(
    'knowledge.nameUnknown',
  );
  const made = await desk.post(operator, '/experts', fields({ account: expert.username }));
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  expect(made.body.account).toBe(expert.username);
  expertId = made.body.id;
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

  talks(callId, [called('aside')]);
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
    lines: [{ text: '苏价规〔2024〕3 号第八条', from: 'expert', inFull: '苏价规〔2024〕3 号第八条' }],
  });
  const rows: OutboxRow[] = [];
  await outboxBooks(counter.db).relay(200, Date.now(), async (row) => {
    rows.push(row);
    return 'sent';
  });
  expect(rows.filter(({ topic }) => topic === 'help').map(({ body }) => body)).toMatchObject([
    { kind: 'help', callId, agentId: agent.id },
  ]);
  // A telephone that he gives is read by him and by the agent for whom he wrote it, and cut for everybody else.
  const given = '收费科电话 13900001234';
  expect((await type(expert, given, 'a-number')).body.lines.at(-1)).toMatchObject({ text: given });
  const helpOf = async (who: Person) =>
    (await counter.ask(who, 'GET', `/v1/calls/${callId}/help`)).body.lines.at(-1);
  expect(await helpOf(agent)).toMatchObject({ inFull: given });
  const cut = await helpOf(counter.people.lead);
  expect(cut).toMatchObject({ from: 'expert', inFull: null });
  expect(JSON.stringify(cut)).not.toContain('13900001234');

  // Confidential from now on.
  await counter.ask(agent, 'PUT', `/v1/calls/${callId}/draft`, {
    began: words,
    words: { ...words, confidential: true },
  });
  const closed = await read(expert, callId);
  expect(closed.body).toMatchObject({
    told: 'nothing',
    content: '',
    title: '',
    categoryCode: '',
    savedAt: null,
  });
  expect(closed.raw).not.toContain('水表');

  talks(callId, []);
  expect(await list(expert)).toEqual({ expert: true, calls: [] });
  expect((await read(expert, callId)).status).toBe(403);
  expect((await type(expert, '晚了', 'too-late')).body.code).toBe('consultation.notAsked');
  const looked = (await counter.services.audit.ofSubject('call', callId)).map(
    ({ action, accountId, reason }) => ({
      ...{ action, accountId, reason },
    }),
  );
  // Not of the look at nothing, nor of what was withheld; the many looks of one minute are one.
  expect(looked).toEqual([{ action: 'call.expertLooked', accountId: expert.id, reason: expertId }]);
});

test('a unit that enters a number and its own account is refused, and a number dialled by hand shows nobody anything', async () => {
  const { unit, operator } = counter.people;
  const claimed = fields({ number: '13812345678', account: unit.username });
  expect((await desk.post(unit, '/experts', claimed)).body.code).toBe('knowledge.accountByCentre');
  const other = (await desk.post(operator, '/experts', fields({ name: '李工' }))).body.id;
  const callId = randomUUID();
  for (const party of [called('aside', null), called('aside', other)]) {
    talks(callId, [party]);
    expect(await list(expert)).toEqual({ expert: true, calls: [] });
    expect((await read(expert, callId)).body.code).toBe('consultation.notAsked');
  }
});

test('what is not heard of now is not so, and once the agent has given the citizen away nobody asks any more', async () => {
  const callId = randomUUID();
  talks(callId, [called('aside')]);
  expect((await list(expert)).calls).toHaveLength(1);
  for (const source of ['switchAway', 'away'] as const) {
    counter.control.source = source;
    expect(await list(expert)).toEqual({ expert: true, calls: [] });
    expect((await read(expert, callId)).body.code).toBe('consultation.notAsked');
  }
  counter.control.source = 'live';
  expect((await list(expert)).calls).toHaveLength(1);
  talks(callId, [called('in', expertId, { role: 'transferred' })]);
  expect((await list(expert)).calls).toEqual([]);
  talks(callId, [called('in', expertId, { role: 'member', by: counter.people.lead.id })]);
  expect((await list(expert)).calls).toEqual([]);
});

test('an agent rings an expert of the directory as that expert, apart or with the citizen', async () => {
  for (const kind of ['consult', 'invite']) {
    const target = { kind: 'expert', expert: expertId };
    await counter.ask(agent, 'POST', `/v1/agents/me/talk/${kind}`, { target });
    expect(counter.control.asked.at(-1)).toMatchObject({
      wish: { kind, target: { kind: 'number', number: NUMBER, expert: expertId } },
    });
  }
  const unknown = { target: { kind: 'expert', expert: randomUUID() } };
  expect((await counter.ask(agent, 'POST', '/v1/agents/me/talk/consult', unknown)).body.code).toBe(
    'knowledge.expertUnknown',
  );
});

test('a report, and a complaint about his own unit, are shown to him as if nothing were written', async () => {
  const callId = randomUUID();
  talks(callId, [called('aside')]);
  let began: object = NO_WORDS;
  const write = async (over: object) => {
    const words = { ...NO_WORDS, content: '有人偷换水表', ...over };
    const saved = await counter.ask(agent, 'PUT', `/v1/calls/${callId}/draft`, { began, words });
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    began = words;
    return (await read(expert, callId)).body;
  };
  const nothing = { told: 'nothing', content: '', savedAt: null };
  expect(await write({ type: 'REPORT' })).toMatchObject(nothing);
  expect(await write({ type: 'COMPLAINT', accusedUnitCode: 'water' })).toMatchObject(nothing);
  expect(await counter.services.audit.ofSubject('call', callId)).toEqual([]);
  expect(await write({ type: 'COMPLAINT', accusedUnitCode: 'power' })).toMatchObject({ told: 'words' });
  talks(callId, []);
});

test('nobody else sees it: not another of his unit, nor the account after it was taken out of the directory', async () => {
  const callId = randomUUID();
  talks(callId, [called('in')]);
  expect((await list(expert)).calls).toHaveLength(1);
  for (const who of [counter.people.unit, counter.people.lead, counter.people.operator]) {
    expect(await list(who)).toEqual({ expert: false, calls: [] });
    expect((await read(who, callId)).body.code).toBe('consultation.notAsked');
  }
  const { operator, unit } = counter.people;
  const change = (who: Person, revision: number, over: object) =>
    counter.ask(who, 'PUT', `/v1/experts/${expertId}`, fields({ revision, ...over }));
  // Who changes the post says nothing of the account, and it stays.
  expect((await change(unit, 1, { post: '收费科' })).body).toMatchObject({
    ...{ account: expert.username, post: '收费科', revision: 2 },
  });
  expect((await change(unit, 2, { account: null })).body.code).toBe('knowledge.accountByCentre');
  expect((await list(expert)).calls).toHaveLength(1);
  expect((await change(operator, 2, { account: null })).body).toMatchObject({ account: null, revision: 3 });
  const kept = await counter.services.audit.ofSubject('expert', expertId);
  expect(kept.map(({ action, accountId, reason }) => ({ action, accountId, reason }))).toEqual([
    { action: 'expert.accountSet', accountId: operator.id, reason: `${expert.username} → ` },
    { action: 'expert.accountSet', accountId: operator.id, reason: ` → ${expert.username}` },
  ]);
  expect(await list(expert)).toEqual({ expert: false, calls: [] });
  expect((await read(expert, callId)).status).toBe(403);
});
