import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from '../../../src/adapters/log/log.ts';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { outboxBooks } from '../../../src/adapters/pg/outbox.ts';
import type { Notice } from '../../../src/app/live/notices.ts';
import { relayOutbox } from '../../../src/app/tickets/relay-outbox.ts';
import { type Counter, openCounter } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';
import { knowledgeUpkeep } from './knowledge-upkeep.ts';

// What was told: corrected when it was wrong, to each citizen who heard it; and what every agent is to read now.

let now = Date.now();
let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  desk = knowledgeDesk(counter);
});
afterAll(() => counter.close());

async function told(entryId: string, callerNumber: string): Promise<string> {
  const callId = await counter.call(counter.people.agent.id);
  await counter.db.query('update calls set caller_number = $2 where id = $1', [callId, callerNumber]);
  const { status, body } = await desk.quote(callId, entryId);
  expect(status, JSON.stringify(body)).toBe(201);
  return callId;
}

test('a correction finds each citizen who heard the wrong version, once, and each is told', async () => {
  const id = await desk.published();
  const { lead, agent } = counter.people;
  const first = await told(id, '13800138001');
  const second = await told(id, '13800138001');
  await told(id, '051384123456');
  await told(id, 'anonymous');
  await told(id, '');
  await told(await desk.published(), '13800138009');
  const reason = '金额写错，按新文件为准';
  const early = await desk.post(lead, `/knowledge/${id}/corrections`, { versions: [1], reason });
  expect(early.body).toMatchObject({ code: 'knowledge.stillTold', data: { version: 1 } });
  await desk.revise(id, { answer: '一年可以取两次。', message: '租房提取公积金每年两次。' });
  await desk.publish(id, 2);
  now += 1000;
  const key = randomUUID();
  const body = { versions: [1], rightVersion: 2, reason };
  const made = await desk.post(lead, `/knowledge/${id}/corrections`, body, key);
  expect(made.body).toMatchObject({ citizens: 4, calls: 5 });
  expect((await desk.post(lead, `/knowledge/${id}/corrections`, body, key)).body).toEqual(made.body);

  const { body: listed } = await counter.ask(agent, 'GET', '/v1/knowledge-corrections');
  expect(listed.corrections).toMatchObject([
    {
      versions: [1],
      rightVersion: 2,
      citizens: 4,
      open: 4,
      message: expect.stringContaining('有更正：租房提取公积金每年两次。'),
    },
  ]);
  const list = `/v1/knowledge-corrections/${made.body.id}/items`;
  const items = (await counter.ask(agent, 'GET', list)).body.items as {
    id: string;
    callerNumber: string;
    calls: string[];
  }[];
  const mobile = items.find(({ callerNumber }) => callerNumber === '138****8001');
  expect(new Set(mobile?.calls)).toEqual(new Set([first, second]));
  const landline = items.find(({ callerNumber }) => callerNumber === '051****3456');
  const settle = (item: string, how: string, note = '') =>
    desk.post(agent, `/knowledge-correction-items/${item}/settlement`, { how, note });
  expect((await settle(mobile?.id ?? '', 'written')).body).toMatchObject({ state: 'written' });
  expect((await settle(mobile?.id ?? '', 'written')).body).toMatchObject({ state: 'written' });
  expect((await settle(mobile?.id ?? '', 'called', '已打电话')).body.code).toBe('knowledge.itemSettled');
  expect((await settle(landline?.id ?? '', 'written')).body.code).toBe('knowledge.notMobile');
  expect((await settle(landline?.id ?? '', 'called')).body.code).toBe('knowledge.reasonMissing');
  const rung = await desk.post(agent, `/knowledge-correction-items/${landline?.id}/call`, {});
  expect(JSON.stringify(rung.body)).not.toContain('84123456');
  expect(counter.control.asked.at(-1)).toMatchObject({
    ...{ kind: 'call', purpose: 'correction', agentId: agent.id, number: '051384123456' },
    callId: rung.body.callId,
  });
  const shown = (await counter.ask(agent, 'GET', list)).body.items as {
    id: string;
    calledOut: object | null;
  }[];
  expect(shown.find(({ id: one }) => one === landline?.id)?.calledOut).toEqual({
    ...{ callId: rung.body.callId, at: new Date(now).toISOString() },
  });
  expect((await settle(landline?.id ?? '', 'called', '已电话更正')).body).toMatchObject({ state: 'called' });
  // Called by one key: call control dials what no screen shows, and the list says that he was called.
  const again = (item: string) => desk.post(agent, `/knowledge-correction-items/${item}/call`, {});
  const withheld = items.find(({ callerNumber }) => callerNumber === '')?.id ?? '';
  const called = await again(withheld);
  expect(called.status, JSON.stringify(called.body)).toBe(201);
  expect(counter.control.asked.at(-1)).toMatchObject({ kind: 'call', purpose: 'correction', number: '' });
  expect((await again(landline?.id ?? '')).body.code).toBe('knowledge.itemSettled');
  expect((await again(randomUUID())).body.code).toBe('knowledge.itemUnknown');
  const { rows } = await counter.db.query(
    `select number, text from citizen_messages where kind = 'knowledgeCorrected'`,
  );
  expect(rows).toEqual([{ number: '13800138001', text: listed.corrections[0].message }]);
  const open = await counter.ask(agent, 'GET', `${list}?state=open`);
  expect(open.body.items.map((one: { callerNumber: string }) => one.callerNumber)).toEqual(['', '']);
});

test('nobody is corrected with words that are told to nobody, nor written what was found to be wrong', async () => {
  const id = await desk.published();
  const { lead, agent, reviewer } = counter.people;
  const callId = await counter.call(agent.id);
  await counter.db.query('update calls set caller_number = $2 where id = $1', [callId, '13700137001']);
  expect((await desk.quote(callId, id, { message: true })).body.message).toBe('queued');
  await desk.revise(id, { answer: '一年可以取两次。', message: '租房提取公积金每年两次。' });
  const body = { versions: [1], rightVersion: 2, reason: '金额写错，按新文件为准' };
  await desk.moved(reviewer, id, 'withdraw', 1, '金额写错');
  expect((await desk.post(lead, `/knowledge/${id}/corrections`, body)).body.code).toBe(
    'knowledge.unpublished',
  );
  await desk.publish(id, 2);
  const made = await desk.post(lead, `/knowledge/${id}/corrections`, body);
  expect(made.body).toMatchObject({ citizens: 1 });
  const list = await counter.ask(agent, 'GET', `/v1/knowledge-corrections/${made.body.id}/items`);
  const item = list.body.items[0].id;
  const settle = () => desk.post(agent, `/knowledge-correction-items/${item}/settlement`, { how: 'written' });
  await desk.moved(reviewer, id, 'withdraw', 2, '又有变化');
  expect((await settle()).body.code).toBe('knowledge.withdrawn');
  const { rows } = await counter.db.query(
    `select kind, state from citizen_messages where number = '13700137001'`,
  );
  expect(rows).toEqual([{ kind: 'knowledgeAnswer', state: 'cancelled' }]);
});

test('a correction that waits for the morning is not written when what it says is withdrawn in the night', async () => {
  const id = await desk.published();
  const { lead, agent, reviewer } = counter.people;
  await told(id, '13700137002');
  await desk.revise(id, { answer: '一年可以取两次。', message: '租房提取公积金每年两次。' });
  await desk.publish(id, 2);
  const body = { versions: [1], rightVersion: 2, reason: '金额写错，按新文件为准' };
  const made = await desk.post(lead, `/knowledge/${id}/corrections`, body);
  const list = await counter.ask(agent, 'GET', `/v1/knowledge-corrections/${made.body.id}/items`);
  const path = `/knowledge-correction-items/${list.body.items[0].id}/settlement`;
  expect((await desk.post(agent, path, { how: 'written' })).body).toMatchObject({ state: 'written' });
  await desk.moved(reviewer, id, 'withdraw', 2, '又有变化');
  const { rows } = await counter.db.query(
    `select kind, state, failure from citizen_messages where number = '13700137002'`,
  );
  expect(rows).toEqual([{ kind: 'knowledgeCorrected', state: 'cancelled', failure: 'withdrawn' }]);
  // He is to be told again: by words that are right, or by telephone.
  const again = await counter.ask(agent, 'GET', `/v1/knowledge-corrections/${made.body.id}/items`);
  expect(again.body.items).toMatchObject([{ state: 'open', by: null, unwritten: 'withdrawn' }]);
  const called = await desk.post(agent, path, { how: 'called', note: '已电话说明暂缓执行' });
  expect(called.body).toMatchObject({ state: 'called' });
  // Its owner hears that a citizen waits in vain to be put right.
  const { rows: tasks } = await counter.db.query(
    `select count(*)::integer as n from tickets where content like '%' || (select number from knowledge_entries where id = $1) || '%'`,
    [id],
  );
  expect(tasks).toEqual([{ n: 1 }]);
});

test('a correction waits on when another version of its entry is withdrawn', async () => {
  const id = await desk.published();
  const { lead, agent, reviewer } = counter.people;
  await told(id, '13700137003');
  await desk.revise(id, { answer: '一年可以取两次。', message: '租房提取公积金每年两次。' });
  await desk.publish(id, 2);
  const body = { versions: [1], rightVersion: 2, reason: '金额写错，按新文件为准' };
  const made = await desk.post(lead, `/knowledge/${id}/corrections`, body);
  const list = await counter.ask(agent, 'GET', `/v1/knowledge-corrections/${made.body.id}/items`);
  const path = `/knowledge-correction-items/${list.body.items[0].id}/settlement`;
  expect((await desk.post(agent, path, { how: 'written' })).body).toMatchObject({ state: 'written' });
  await desk.revise(id, {
    answer: '一年可以取三次。',
    message: '租房提取公积金每年三次。',
    validFrom: '2099-01-01',
  });
  await desk.publish(id, 3);
  await desk.moved(reviewer, id, 'withdraw', 3, '又有变化');
  const { rows } = await counter.db.query(
    `select kind, state from citizen_messages where number = '13700137003'`,
  );
  expect(rows).toEqual([{ kind: 'knowledgeCorrected', state: 'pending' }]);
});

test('who hears a wrong version after it was corrected, from an agent that still had it, stands in the list as well', async () => {
  const id = await desk.published();
  const { lead, agent } = counter.people;
  const late = async (callerNumber: string): Promise<string> => {
    const callId = await counter.call(agent.id);
    await counter.db.query('update calls set caller_number = $2, arrived_at = $3 where id = $1', [
      ...[callId, callerNumber, new Date(now - 3_600_000)],
    ]);
    return callId;
  };
  const [one, other, alone] = [await late('13900139001'), await late('13900139001'), await late('anonymous')];
  await desk.revise(id, { answer: '一年可以取两次。', message: '租房提取公积金每年两次。' });
  await desk.publish(id, 2);
  const body = { versions: [1], rightVersion: 2, reason: '金额写错' };
  const made = await desk.post(lead, `/knowledge/${id}/corrections`, body);
  expect(made.body).toMatchObject({ citizens: 0, calls: 0 });
  for (const callId of [one, other, alone]) expect((await desk.quote(callId, id)).status).toBe(201);
  const list = `/v1/knowledge-corrections/${made.body.id}/items?state=open`;
  const { items } = (await counter.ask(agent, 'GET', list)).body;
  const told = items.map(({ callerNumber, calls }: { callerNumber: string; calls: string[] }) => [
    callerNumber,
    new Set(calls),
  ]);
  expect(new Set(told)).toEqual(
    new Set([
      ['139****9001', new Set([one, other])],
      ['', new Set([alone])],
    ]),
  );
});

test('pushed to every agent, read with a receipt; a critical one goes to call control with who has read it', async () => {
  const { lead, agent } = counter.people;
  const second = await counter.person(['agent']);
  const pushed = await desk.post(lead, '/knowledge-notices', {
    ...{ title: '台风停课口径', text: '明天全县停课，以教体局通知为准。', critical: true },
  });
  expect(pushed.status, JSON.stringify(pushed.body)).toBe(201);
  const { id, agents } = pushed.body;
  expect(counter.control.asked.at(-1)).toEqual({ kind: 'reloadConfiguration' });
  const held = async () => (await configurationBooks(counter.db).load()).holdingNotices;
  expect(await held()).toMatchObject([{ id, title: '台风停课口径', readBy: [] }]);

  const refused = await counter.ask(agent, 'POST', '/v1/agents/me/ready');
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({
    code: 'knowledge.noticeUnread',
    data: { notices: [{ id, title: '台风停课口径' }] },
  });
  const read = await counter.ask(agent, 'POST', `/v1/knowledge-notices/${id}/receipt`);
  expect(read.body).toMatchObject({ readAt: expect.any(String), readBy: 1, agents });
  expect(counter.control.asked.at(-1)).toEqual({ kind: 'noticeRead', agentId: agent.id, noticeId: id });
  await counter.ask(agent, 'POST', '/v1/agents/me/ready');
  expect(counter.control.asked.at(-1)).toEqual({ kind: 'ready', agentId: agent.id, read: [id] });
  expect(await held()).toMatchObject([{ readBy: [agent.id] }]);
  const { body } = await counter.ask(lead, 'GET', `/v1/knowledge-notices/${id}/receipts`);
  expect(body.receipts.at(-1)).toMatchObject({ agentId: agent.id, readAt: expect.any(String) });
  expect(body.receipts.find((one: { agentId: string }) => one.agentId === second.id)).toMatchObject({
    readAt: null,
  });

  const told: Notice[] = [];
  const relay = relayOutbox({
    outbox: outboxBooks(counter.db),
    enqueue: async () => 0,
    matter: async () => 'queued',
    notices: { publish: async (notice) => void told.push(notice) },
    now: () => now,
    log: openLog({ role: 'worker', level: 'silent' }),
  });
  while ((await relay()) === 'more');
  expect(told).toContainEqual(
    expect.objectContaining({ kind: 'knowledgeNotice', noticeId: id, critical: true }),
  );

  expect((await counter.ask(lead, 'POST', `/v1/knowledge-notices/${id}/withdrawal`)).body).toEqual({
    withdrawn: true,
  });
  expect((await counter.ask(lead, 'POST', `/v1/knowledge-notices/${id}/withdrawal`)).body).toEqual({
    withdrawn: false,
  });
  expect(await held()).toEqual([]);
  expect((await counter.ask(second, 'POST', '/v1/agents/me/ready')).status).toBe(200);
});

test('what is published is told to every agent with it; critical where its publisher says so, and not at all where he does', async () => {
  const { reviewer, agent } = counter.people;
  const last = async () => (await counter.ask(agent, 'GET', '/v1/knowledge-notices?limit=1')).body.notices[0];
  for (const [push, expected] of [
    ['normal', { critical: false }],
    ['critical', { critical: true }],
  ] as const) {
    now += 1000;
    const id = await desk.draft();
    await desk.moved(counter.people.unit, id, 'submit');
    await desk.moved(reviewer, id, 'approve');
    const { revision } = await desk.read(id);
    await desk.post(reviewer, `/knowledge/${id}/versions/1/moves`, { move: 'publish', revision, push });
    const notice = await last();
    expect(notice).toMatchObject({
      ...expected,
      entryId: id,
      version: 1,
      title: expect.stringContaining('知识更新'),
    });
    await counter.ask(agent, 'POST', `/v1/knowledge-notices/${notice.id}/receipt`);
  }
  const told = (await last()).id;
  const quiet = await desk.draft();
  await desk.moved(counter.people.unit, quiet, 'submit');
  await desk.moved(reviewer, quiet, 'approve');
  const { revision } = await desk.read(quiet);
  await desk.post(reviewer, `/knowledge/${quiet}/versions/1/moves`, {
    move: 'publish',
    revision,
    push: 'none',
  });
  expect((await last()).id).toBe(told);
});

test('a notice ends with the words that it tells of: withdrawn or replaced they hold back nobody', async () => {
  const { reviewer, agent } = counter.people;
  const held = async () => (await configurationBooks(counter.db).load()).holdingNotices ?? [];
  const pushed = async (id: string, version: number): Promise<void> => {
    // Each has a moment of its own: the list is in their order.
    now += 1000;
    await desk.moved(counter.people.unit, id, 'submit', version);
    await desk.moved(reviewer, id, 'approve', version);
    const { revision } = await desk.read(id);
    const move = { move: 'publish', revision, push: 'critical' };
    const { status } = await desk.post(reviewer, `/knowledge/${id}/versions/${version}/moves`, move);
    expect(status).toBe(200);
  };
  const before = (await held()).length;
  const id = await desk.draft();
  await pushed(id, 1);
  await desk.revise(id, { answer: '一年可以取两次。' });
  await pushed(id, 2);
  // The first version's notice went as the second took its place.
  expect(await held()).toHaveLength(before + 1);
  expect((await counter.ask(agent, 'POST', '/v1/agents/me/ready')).body.code).toBe('knowledge.noticeUnread');
  await desk.moved(reviewer, id, 'withdraw', 2, '文件暂缓执行');
  expect(counter.control.asked.at(-1)).toEqual({ kind: 'reloadConfiguration' });
  expect(await held()).toHaveLength(before);
  const { body } = await counter.ask(agent, 'GET', '/v1/knowledge-notices?limit=2');
  expect(body.notices).toMatchObject([
    { entryId: id, version: 2, withdrawnAt: expect.any(String) },
    { entryId: id, version: 1, withdrawnAt: expect.any(String) },
  ]);
});

test('what is not critical holds back nobody; what is over neither; and a notice names a version that is there', async () => {
  const { lead, agent } = counter.people;
  const entryId = await desk.published();
  now += 1000;
  const said = { title: '新口径', text: '公积金提取有新口径。' };
  expect(
    (await desk.post(lead, '/knowledge-notices', { ...said, entry: { id: entryId, version: 9 } })).body.code,
  ).toBe('knowledge.versionUnknown');
  now += 1000;
  await desk.post(lead, '/knowledge-notices', { ...said, entry: { id: entryId, version: 1 } });
  expect((await counter.ask(agent, 'POST', '/v1/agents/me/ready')).status).toBe(200);
  now += 1000;
  await desk.post(lead, '/knowledge-notices', { ...said, critical: true, hours: 1 });
  expect((await counter.ask(agent, 'POST', '/v1/agents/me/ready')).status).toBe(409);
  now += 3_600_000;
  expect((await counter.ask(agent, 'POST', '/v1/agents/me/ready')).status).not.toBe(409);
  const { body } = await counter.ask(agent, 'GET', '/v1/knowledge-notices?limit=1');
  expect(body.notices).toMatchObject([{ critical: true, readAt: null }]);
  const next = await counter.ask(agent, 'GET', `/v1/knowledge-notices?limit=1&after=${body.next}`);
  expect(next.body.notices).toMatchObject([{ entryId, version: 1 }]);
});

test('what is over takes its notice with it, by itself', async () => {
  const today = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
  const id = await desk.published({ validTo: today });
  const pushed = await desk.post(counter.people.lead, '/knowledge-notices', {
    ...{ title: '今天截止的口径', text: '只到今天。', critical: true, hours: 72 },
    entry: { id, version: 1 },
  });
  expect(pushed.status, JSON.stringify(pushed.body)).toBe(201);
  const held = async () =>
    ((await configurationBooks(counter.db).load()).holdingNotices ?? []).map(({ title }) => title);
  expect(await held()).toContain('今天截止的口径');
  now += 86_400_000;
  await knowledgeUpkeep(counter).keep();
  expect(await held()).not.toContain('今天截止的口径');
});
