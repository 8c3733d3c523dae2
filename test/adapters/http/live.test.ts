import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { AgentView } from '../../../src/app/ports/agent-view.ts';
import type { CallView } from '../../../src/app/ports/call-view.ts';
import { agentView as shown } from '../../support/agent-view.ts';
import { type Counter, openCounter } from './counter.ts';
import { cuttingProxy, type Heard, listen, portOf, refusedWith } from './web-socket.ts';

const HEARTBEAT_MS = 200;
let counter: Counter;
let port: number;
const open: Heard[] = [];
beforeAll(async () => {
  counter = await openCounter({
    options: { heartbeatMs: HEARTBEAT_MS, sessionCheckMs: 100, wordMs: 600_000 },
  });
  port = await portOf(counter);
});
afterEach(async () => {
  for (const { socket } of open.splice(0)) socket.terminate();
  for (const call of counter.control.calls.values()) counter.control.tell({ kind: 'callGone', call });
  for (const agentId of counter.control.agents.keys()) counter.control.tell({ kind: 'agentGone', agentId });
  for (const code of counter.control.queues.keys()) counter.control.tell({ kind: 'queueGone', code });
  counter.control.at = null;
});
afterAll(() => counter.close());

function watch(...args: [Parameters<typeof listen>[2], Record<string, string>?]): Heard {
  const heard = listen(port, '/v1/live', ...args);
  open.push(heard);
  return heard;
}
const agentView = (agentId: string, more: Partial<AgentView> = {}): AgentView => shown({ agentId, ...more });
const callView = (callId: string, more: Partial<CallView> = {}): CallView => ({
  callId,
  state: 'QUEUED',
  dialled: '12345',
  line: '12345',
  lineName: '政府热线',
  mode: 'MAIN',
  queue: 'general',
  callerNumber: '13812345678',
  agentId: null,
  sinceMs: 1,
  arrivedMs: 1,
  ...more,
});

test('the snapshot comes first, then each change in order, numbered without a gap; callers are masked', async () => {
  const me = counter.people.agent.id;
  counter.control.tell({ kind: 'agent', agent: agentView(me) });
  counter.control.tell({ kind: 'call', call: callView('c1') });
  const board = watch(counter.people.lead);
  await board.until(1);
  expect(board.messages[0]).toMatchObject({
    n: 0,
    type: 'snapshot',
    source: 'live',
    agents: [{ agentId: me }],
    calls: [{ callId: 'c1', callerNumber: '138****5678' }],
  });
  counter.control.tell({ kind: 'call', call: callView('c1', { state: 'TALKING', agentId: me }) });
  counter.control.tell({ kind: 'agent', agent: agentView(me, { state: 'TALKING', callId: 'c1' }) });
  counter.control.tell({ kind: 'callGone', call: callView('c1') });
  counter.control.tell({ kind: 'source', source: 'away' });
  counter.control.tell({ kind: 'source', source: 'live' });
  await board.until(6);
  expect(board.messages.map((one) => `${one.n} ${one.type}`)).toEqual([
    '0 snapshot',
    '1 call',
    '2 agent',
    '3 callGone',
    '4 source',
    '5 source',
  ]);
  expect(JSON.stringify(board.messages)).not.toContain('13812345678');
});

test('an agent sees himself and his call, from the ringing on, and nothing of others; two tabs see the same', async () => {
  const me = counter.people.agent.id;
  const [first, second] = [watch(counter.people.agent), watch(counter.people.agent)];
  await Promise.all([first.until(1), second.until(1)]);
  counter.control.tell({ kind: 'call', call: callView('mine') });
  counter.control.tell({ kind: 'call', call: callView('other', { agentId: 'somebody' }) });
  counter.control.tell({ kind: 'agent', agent: agentView('somebody') });
  counter.control.tell({ kind: 'agent', agent: agentView(me, { state: 'RINGING', callId: 'mine' }) });
  counter.control.tell({ kind: 'call', call: callView('mine', { agentId: me, state: 'TALKING' }) });
  // Handed on to a colleague: it leaves this screen although it goes on.
  counter.control.tell({ kind: 'agent', agent: agentView(me) });
  counter.control.tell({ kind: 'call', call: callView('mine', { agentId: 'somebody', state: 'TALKING' }) });
  counter.control.tell({ kind: 'callGone', call: callView('mine') });
  counter.control.tell({ kind: 'source', source: 'live' });
  await Promise.all([first.until(7), second.until(7)]);
  expect(first.messages.map((one) => one.type)).toEqual([
    'snapshot',
    'agent',
    'call',
    'call',
    'agent',
    'callGone',
    'source',
  ]);
  expect(second.messages).toEqual(first.messages);
  const { body } = await counter.ask(counter.people.agent, 'GET', '/v1/calls/live');
  expect(body.calls).toEqual([]);
  expect((await counter.ask(counter.people.lead, 'GET', '/v1/calls/live')).body.calls).toHaveLength(1);
  // Who belongs to a unit sees as that unit, whatever else he is.
  const insider = watch(await counter.person(['unit', 'leader'], { unitCode: 'power' }));
  await insider.until(1);
  expect(insider.messages[0]).toMatchObject({ type: 'snapshot', calls: [] });
});

test('who was cut off goes on from the last number; who was away for too long gets the whole again', async () => {
  const { control, people } = counter;
  const epoch = 'e1';
  const tell = (seq: number, state: string) =>
    control.tell({ kind: 'call', call: callView('c1', { state }) }, { epoch, seq });
  tell(1, 'S1');
  tell(2, 'S2');
  const first = watch(people.lead);
  await first.until(1);
  expect(first.messages[0]).toMatchObject({ type: 'snapshot', epoch, seq: 2 });
  tell(3, 'S3');
  await first.until(2);
  expect(first.messages[1]).toMatchObject({ n: 1, seq: 3, type: 'call', call: { state: 'S3' } });
  first.socket.terminate();
  tell(4, 'S4');
  control.tell({ kind: 'callGone', call: callView('c1') }, { epoch, seq: 5 });
  const back = listen(port, `/v1/live?epoch=${epoch}&after=3`, people.lead);
  open.push(back);
  await back.until(3);
  expect(back.messages).toMatchObject([
    { n: 0, type: 'resumed', epoch, seq: 5, source: 'live' },
    { n: 1, seq: 4, type: 'call', call: { state: 'S4', callerNumber: '138****5678' } },
    { n: 2, seq: 5, type: 'callGone', callId: 'c1' },
  ]);
  // Of another writer, from the future, or somebody whose view is only a part of it.
  for (const [query, who] of [
    ['epoch=e0&after=3', people.lead],
    [`epoch=${epoch}&after=9`, people.lead],
    [`epoch=${epoch}&after=3`, people.agent],
  ] as const) {
    const anew = listen(port, `/v1/live?${query}`, who);
    open.push(anew);
    await anew.until(1);
    expect(anew.messages[0]).toMatchObject({ type: 'snapshot', epoch, seq: 5 });
  }
  // What a comparison found was not numbered: nobody can go on across it.
  control.tell({ kind: 'agentGone', agentId: 'a9' });
  const across = listen(port, `/v1/live?epoch=${epoch}&after=5`, people.lead);
  open.push(across);
  await across.until(1);
  expect(across.messages[0]).toMatchObject({ type: 'snapshot' });
});

test('a queue is shown with who waits and who is there, to who leads and to who serves it', async () => {
  const { control, people } = counter;
  const tally = { name: '总席', day: '2026-11-25', offered: 9, answered: 7, abandoned: 1, elsewhere: 0 };
  control.tell({ kind: 'queue', queue: { code: 'general', ...tally } });
  control.tell({ kind: 'queue', queue: { code: 'desk', ...tally } });
  control.tell({ kind: 'agent', agent: agentView(people.agent.id, { state: 'READY', queues: ['general'] }) });
  const [lead, agent, unit] = [watch(people.lead), watch(people.agent), watch(people.unit)];
  await Promise.all([lead.until(1), agent.until(1), unit.until(1)]);
  const codes = (heard: Heard) =>
    ((heard.messages[0]?.queues ?? []) as { code: string }[]).map(({ code }) => code);
  expect([codes(lead), codes(agent), codes(unit)]).toEqual([['desk', 'general'], ['general'], []]);
  control.tell({ kind: 'call', call: callView('c1', { waitingSinceMs: 5 }) });
  control.tell({ kind: 'call', call: callView('c2', { waitingSinceMs: 3 }) });
  const general = {
    code: 'general',
    ...tally,
    waiting: 2,
    longestSinceMs: 3,
    estimateMs: null,
    agents: { NOT_READY: 0, READY: 1, RINGING: 0, TALKING: 0, WRAP_UP: 0 },
  };
  for (const heard of [lead, agent]) {
    await vi.waitFor(() =>
      expect(heard.messages).toContainEqual(expect.objectContaining({ type: 'queue', queue: general })),
    );
  }
  expect(JSON.stringify(agent.messages)).not.toContain('desk');
  // Whoever has no part in it hears nothing before the next word.
  control.tell({ kind: 'source', source: 'live' });
  await unit.until(2);
  expect(unit.messages.map(({ type }) => type)).toEqual(['snapshot', 'source']);
});

test('a beat tells a page how fresh its picture is, also when nothing happens', async () => {
  const quick = await openCounter({ options: { wordMs: 20 } });
  try {
    quick.control.source = 'away';
    const heard = listen(await portOf(quick), '/v1/live', quick.people.lead);
    open.push(heard);
    await heard.until(3);
    expect(heard.messages[2]).toEqual({
      n: 2,
      type: 'beat',
      epoch: null,
      seq: null,
      source: 'away',
      heardMs: 1,
    });
    heard.socket.terminate();
  } finally {
    await quick.close();
  }
});

test('a deadline that fired reaches the hotline’s desk and the ticket’s own unit, no other', async () => {
  const water = watch(counter.people.unit);
  const power = watch(await counter.person(['unit'], { unitCode: 'power' }));
  const desk = watch(counter.people.supervisor);
  const agent = watch(counter.people.agent);
  const all = [water, power, desk, agent];
  await Promise.all(all.map((one) => one.until(1)));
  counter.control.notify({
    kind: 'deadlineOverdue',
    ticketId: 't1',
    ticketNumber: 'RD20261123-000001',
    unitCode: 'water',
    atMs: 1,
    clock: 'citizen',
    level: 100,
  });
  counter.control.tell({ kind: 'source', source: 'live' });
  await Promise.all(all.map((one) => one.until(2)));
  const got = (heard: Heard) => heard.messages.some((one) => one.type === 'notice');
  expect(all.map(got)).toEqual([true, false, true, false]);
});

test('that help is asked goes to who asks and to the leads, to no other agent and no unit', async () => {
  const { agent, unit, lead, supervisor, operator } = counter.people;
  const all = [agent, await counter.person(['agent']), unit, lead, supervisor, operator].map((who) =>
    watch(who),
  );
  await Promise.all(all.map((one) => one.until(1)));
  counter.control.notify({ kind: 'help', callId: 'c1', agentId: agent.id, unitCode: null, atMs: 1 });
  counter.control.tell({ kind: 'source', source: 'live' });
  await Promise.all(all.map((one) => one.until(2)));
  const got = (heard: Heard) => heard.messages.some((one) => one.type === 'notice');
  expect(all.map(got)).toEqual([true, false, false, true, false, false]);
});

test('that the switch of the surge was turned, whoever works at the hotline is told, and no unit', async () => {
  const { agent, unit, lead, supervisor } = counter.people;
  const all = [agent, unit, lead, supervisor].map((who) => watch(who));
  await Promise.all(all.map((one) => one.until(1)));
  counter.control.notify({ kind: 'surgeMode', surgeModeId: 's1', unitCode: null, atMs: 1 });
  counter.control.tell({ kind: 'source', source: 'live' });
  await Promise.all(all.map((one) => one.until(2)));
  expect(all.map(({ messages }) => messages.some((one) => one.type === 'notice'))).toEqual([
    ...[true, false, true, true],
  ]);
});

test('a notice to every agent reaches all of them, an employer’s too, and who works at the hotline; no unit and no employer’s lead', async () => {
  const { agent, lead, operator, unit, vendorLead } = counter.people;
  const hired = await counter.person(['agent'], { employer: 'acme' });
  const told = [agent, hired, lead, operator].map((who) => watch(who));
  const others = [unit, vendorLead].map((who) => watch(who));
  const all = [...told, ...others];
  await Promise.all(all.map((one) => one.until(1)));
  const words = { noticeId: 'n1', title: '台风停课', critical: true };
  const notice = { kind: 'knowledgeNotice', ...words, unitCode: null, atMs: 1 } as const;
  counter.control.notify(notice);
  counter.control.tell({ kind: 'source', source: 'live' });
  await Promise.all([...told.map((one) => one.until(3)), ...others.map((one) => one.until(2))]);
  expect(told.map(({ messages }) => messages.slice(1))).toEqual(
    told.map(() => [
      { n: 1, type: 'notice', notice },
      { n: 2, type: 'source', source: 'live' },
    ]),
  );
  expect(others.map(({ messages }) => messages.slice(1))).toEqual(
    others.map(() => [{ n: 1, type: 'source', source: 'live' }]),
  );
});

test('nobody watches without a session, from another site, or over plain HTTP', async () => {
  expect(await refusedWith(watch(null))).toBe(401);
  const cookie = `yht_session=${counter.people.lead.token}`;
  expect(await refusedWith(watch(null, { cookie, origin: 'https://evil.example' }))).toBe(403);
  const own = watch(null, { cookie, origin: `http://127.0.0.1:${port}` });
  await own.until(1);
  expect(await counter.ask(counter.people.lead, 'GET', '/v1/live')).toMatchObject({
    status: 426,
    body: { code: 'request.webSocketOnly' },
  });
});

test('a session that ended ends the watching with a code that says so; call control is told nothing', async () => {
  const person = await counter.person(['lead']);
  const heard = watch(person);
  const other = watch(counter.people.lead);
  await Promise.all([heard.until(1), other.until(1)]);
  const asked = counter.control.asked.length;
  await counter.ask(person, 'DELETE', '/v1/session');
  expect((await heard.closed).code).toBe(4401);
  counter.control.tell({ kind: 'source', source: 'live' });
  await other.until(2);
  expect(counter.control.asked).toHaveLength(asked);
});

test('a proxy that cuts idle connections never finds this one idle', async () => {
  const proxy = await cuttingProxy(port, HEARTBEAT_MS * 3);
  const heard = listen(proxy.port, '/v1/live', counter.people.lead);
  open.push(heard);
  await heard.until(1);
  let pings = 0;
  heard.socket.on('ping', () => {
    pings += 1;
  });
  await vi.waitFor(() => expect(pings).toBeGreaterThan(8), { timeout: 5000 });
  counter.control.tell({ kind: 'source', source: 'live' });
  await heard.until(2);
  proxy.close();
});

test('who does not answer pings any more is let go', async () => {
  const heard = watch(counter.people.lead);
  await heard.until(1);
  heard.socket.pong = () => undefined;
  heard.socket.removeAllListeners('ping');
  (heard.socket as unknown as { _autoPong: boolean })._autoPong = false;
  expect((await heard.closed).code).toBe(1006);
});

test('a reader that does not read is cut; the others go on', async () => {
  const slow = watch(counter.people.lead);
  const quick = watch(counter.people.lead);
  await Promise.all([slow.until(1), quick.until(1)]);
  slow.socket.pause();
  const long = 'x'.repeat(20_000);
  for (let n = 0; n < 1000; n += 1) {
    counter.control.tell({ kind: 'agent', agent: agentView('a', { displayName: `${n} ${long}` }) });
    // Who reads keeps up; only the other one falls behind.
    if (n % 40 === 39) await quick.until(n + 2);
  }
  await quick.until(1001);
  expect(quick.messages.at(-1)).toMatchObject({ n: 1000 });
  slow.socket.resume();
  expect((await slow.closed).code).toBe(1006);
  expect(slow.messages.length).toBeLessThan(1001);
});

test('what a client says is not listened to, and too much of it ends the connection', async () => {
  const heard = watch(counter.people.lead);
  await heard.until(1);
  heard.socket.send('{"type":"snapshot"}');
  heard.socket.send('y'.repeat(100_000));
  expect((await heard.closed).code).toBe(1009);
});

test('a page shows life over its WebSocket, an agent’s only, and one that goes mad does not flood call control', async () => {
  const { asked } = counter.control;
  const { agent, lead } = counter.people;
  asked.length = 0;
  const page = watch(agent);
  const overseer = watch(lead);
  await Promise.all([page.until(1), overseer.until(1)]);
  overseer.socket.send('{"type":"heartbeat"}');
  for (const word of ['nonsense', '{"type":"other"}', Buffer.from('{"type":"heartbeat"}')])
    page.socket.send(word);
  for (let n = 0; n < 50; n += 1) page.socket.send('{ "type": "heartbeat" }');
  await vi.waitFor(() => expect(asked).toEqual([{ kind: 'heartbeat', agentId: agent.id }]));
  // What was sent before has been worked off when a later change has come back.
  counter.control.tell({ kind: 'source', source: 'live' });
  await page.until(2);
  expect(asked).toEqual([{ kind: 'heartbeat', agentId: agent.id }]);
});
