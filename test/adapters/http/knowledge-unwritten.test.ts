import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from '../../../src/adapters/log/log.ts';
import { BACK_OFF_MS } from '../../../src/domain/messages/sending.ts';
import { messageRounds } from '../../../src/roles/message-rounds.ts';
import { type Counter, openCounter } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';
import { knowledgeUpkeep } from './knowledge-upkeep.ts';

// What was told on the telephone and waits to be written: what is over or withdrawn by then goes to nobody, and somebody hears
// that a citizen waits for it in vain.

let now = Date.now();
let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
let folder: string;
/** What the worker does every second. */
let send: () => Promise<unknown>;
/** The same with a gateway that takes nothing. */
let sendNowhere: () => Promise<unknown>;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  desk = knowledgeDesk(counter);
  folder = await mkdtemp(join(tmpdir(), 'messages-'));
  // At whatever hour this runs.
  await counter.db.query('update message_settings set quiet_from_minute = 0, quiet_to_minute = 0');
  const log = openLog({ role: 'worker', level: 'silent' });
  const times = { claimMs: 60_000, sweepEveryMs: 60_000, now: () => now };
  const sending = (into: string) => {
    const rounds = messageRounds(counter.db, { webhook: null, folder: into, visitPage: null }, log, times);
    const round = rounds.find(({ name }) => name === 'messages');
    if (round === undefined) throw new Error('no round sends messages');
    return () => round.work(new AbortController().signal);
  };
  send = sending(folder);
  sendNowhere = sending('/dev/null/there');
});
afterAll(async () => {
  await counter.close();
  await rm(folder, { recursive: true });
});

const MESSAGE = '租房提取公积金每年一次，带身份证到窗口办理。';
async function quoted(entryId: string, callerNumber: string): Promise<void> {
  const callId = await counter.call(counter.people.agent.id);
  await counter.db.query('update calls set caller_number = $2 where id = $1', [callId, callerNumber]);
  const { body } = await desk.quote(callId, entryId, { message: true });
  expect(body).toMatchObject({ message: 'queued' });
}
const messagesOf = async (subjectId: string) =>
  (await counter.services.messages.list({ subjectKind: 'knowledgeEntry', subjectId }, { limit: 10 }))
    .messages;
/** Whom a message has left for. */
async function numbersWritten(): Promise<readonly string[]> {
  const files = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  const lines = files.flatMap((text) => text.trim().split('\n'));
  return lines.map((line) => (JSON.parse(line) as { number: string }).number);
}
/** What the owner is asked to see to. */
async function tasksOf(entryId: string) {
  const { rows } = await counter.db.query<{ title: string; unit: string; content: string }>(
    `select t.title, t.unit_code as unit, t.content from knowledge_tasks k join tickets t on t.id = k.ticket_id
     where k.entry_id = $1 and t.title like '短信答复未发出%'`,
    [entryId],
  );
  return rows;
}
const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;
/** The last day of what is told for today alone. */
const today = () => new Date(now + ZONE_MS).toISOString().slice(0, 10);
/** Nobody who sits at a desk waits so long for the next one. */
async function onTheNextDay(work: () => Promise<unknown>): Promise<void> {
  const before = now;
  now = Math.ceil((now + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS + 1;
  try {
    await work();
  } finally {
    now = before;
  }
}

test('an entry whose last day is over as its message leaves: it is held with the reason, and the owner is told once', async () => {
  const standing = await desk.published({ message: MESSAGE });
  const ended = await desk.published({ message: MESSAGE, validTo: today() });
  await quoted(standing, '13700137101');
  await quoted(ended, '13700137102');
  await quoted(ended, '13700137103');
  // Nobody has marked it yet: the day alone says so.
  await onTheNextDay(send);
  expect(await messagesOf(standing)).toMatchObject([{ state: 'sent', failure: null }]);
  expect(await messagesOf(ended)).toMatchObject([
    { state: 'cancelled', failure: 'expired' },
    { state: 'cancelled', failure: 'expired' },
  ]);
  expect(await numbersWritten()).toEqual(['13700137101']);
  expect(await tasksOf(standing)).toEqual([]);
  expect(await tasksOf(ended)).toMatchObject([
    { unit: 'water', content: expect.stringContaining('第 1 版已到期') },
  ]);
});

test('a message that failed, and is tried anew when its words were withdrawn: it is held then', async () => {
  const { lead, reviewer } = counter.people;
  const id = await desk.published({ message: MESSAGE });
  await quoted(id, '13700137104');
  await counter.db.query(
    `update citizen_messages set state = 'failed', finished_at = now(), failure = 'http 500' where subject_id = $1`,
    [id],
  );
  await desk.moved(reviewer, id, 'withdraw', 1, '文件暂缓执行');
  const [failed] = await messagesOf(id);
  expect(failed).toMatchObject({ state: 'failed' });
  expect(await tasksOf(id)).toEqual([]);
  const retried = await counter.ask(lead, 'POST', `/v1/messages/${failed?.id}/retry`, {
    reason: '网关已恢复',
  });
  expect(retried.status).toBe(200);
  await send();
  // Who asks what became of it reads why.
  const query = `subjectKind=knowledgeEntry&subjectId=${id}`;
  const { body } = await counter.ask(lead, 'GET', `/v1/messages?${query}`);
  expect(body.messages).toMatchObject([{ state: 'cancelled', failure: 'withdrawn' }]);
  expect(await tasksOf(id)).toMatchObject([{ content: expect.stringContaining('第 1 版已撤回') }]);
});

test('words that were replaced since are written as they were told', async () => {
  const id = await desk.published({ message: MESSAGE });
  await quoted(id, '13700137105');
  await desk.revise(id, { answer: '一年可以取两次。', message: '租房提取公积金每年两次。' });
  await desk.publish(id, 2);
  await send();
  expect(await messagesOf(id)).toMatchObject([{ state: 'sent' }]);
  expect(await tasksOf(id)).toEqual([]);
});

test('a correction whose right words are over as it leaves goes to nobody either', async () => {
  const { lead, agent } = counter.people;
  const id = await desk.published({ message: MESSAGE });
  await quoted(id, '13700137106');
  await send();
  await desk.revise(id, {
    ...{ answer: '一年可以取两次。', message: '租房提取公积金每年两次。', validTo: today() },
  });
  await desk.publish(id, 2);
  const made = await desk.post(lead, `/knowledge/${id}/corrections`, {
    ...{ versions: [1], rightVersion: 2, reason: '金额写错，按新文件为准' },
  });
  const list = await counter.ask(agent, 'GET', `/v1/knowledge-corrections/${made.body.id}/items`);
  const settlement = `/knowledge-correction-items/${list.body.items[0].id}/settlement`;
  expect((await desk.post(agent, settlement, { how: 'written' })).body).toMatchObject({ state: 'written' });
  await onTheNextDay(send);
  // He stands in the list again, and whoever works it off sees why.
  const again = await counter.ask(agent, 'GET', `/v1/knowledge-corrections/${made.body.id}/items?state=open`);
  expect(again.body.items).toMatchObject([
    { state: 'open', settledAt: null, by: null, unwritten: 'expired' },
  ]);
  const kinds = new Map((await messagesOf(id)).map(({ kind, state, failure }) => [kind, { state, failure }]));
  expect(kinds.get('knowledgeAnswer')).toEqual({ state: 'sent', failure: null });
  expect(kinds.get('knowledgeCorrected')).toEqual({ state: 'cancelled', failure: 'expired' });
  expect(await tasksOf(id)).toMatchObject([{ content: expect.stringContaining('第 2 版已到期') }]);
});

/** Someone heard what was wrong, and was written what is right: the message waits to leave. */
async function corrected(callerNumber: string) {
  const { lead, agent } = counter.people;
  const id = await desk.published({ message: MESSAGE });
  const callId = await counter.call(agent.id);
  await counter.db.query('update calls set caller_number = $2 where id = $1', [callId, callerNumber]);
  expect((await desk.quote(callId, id)).status).toBe(201);
  await desk.revise(id, { answer: '一年可以取两次。', message: '租房提取公积金每年两次。' });
  await desk.publish(id, 2);
  const made = await desk.post(lead, `/knowledge/${id}/corrections`, {
    ...{ versions: [1], rightVersion: 2, reason: '金额写错，按新文件为准' },
  });
  const items = async () =>
    (await counter.ask(agent, 'GET', `/v1/knowledge-corrections/${made.body.id}/items`)).body.items;
  const [{ id: item }] = await items();
  const write = async () =>
    (await desk.post(agent, `/knowledge-correction-items/${item}/settlement`, { how: 'written' })).body;
  expect(await write()).toMatchObject({ state: 'written' });
  const open = async () => {
    const { corrections } = (await counter.ask(lead, 'GET', '/v1/knowledge-corrections')).body;
    return corrections.find((one: { id: string }) => one.id === made.body.id).open;
  };
  return { id, items, write, open };
}

test('a correction that nobody sent in time: the citizen is to be told again, and is written to anew', async () => {
  const { id, items, write, open } = await corrected('13700137109');
  await counter.db.query(
    `update citizen_messages set wanted_at = wanted_at - interval '4 days' where subject_id = $1`,
    [id],
  );
  await send();
  expect(await messagesOf(id)).toMatchObject([{ state: 'cancelled', failure: 'stale' }]);
  expect(await items()).toMatchObject([{ state: 'open', unwritten: 'stale' }]);
  expect(await open()).toBe(1);
  // Each message has a key of its own: what is used up does not stand in for a second.
  now += 1000;
  expect(await write()).toMatchObject({ state: 'written' });
  await send();
  expect((await messagesOf(id)).map(({ state }) => state)).toEqual(['sent', 'cancelled']);
  expect(await items()).toMatchObject([{ state: 'written', unwritten: 'stale' }]);
  expect(await open()).toBe(0);
  expect((await numbersWritten()).filter((number) => number === '13700137109')).toHaveLength(1);
});

test('a correction that no gateway takes: the citizen is to be told again, and tried anew by hand it tells him nothing twice', async () => {
  const { lead } = counter.people;
  const { id, items, open } = await corrected('13700137110');
  await counter.db.query(
    `update citizen_messages set failures = $2 where subject_id = $1 and kind = 'knowledgeCorrected'`,
    [id, BACK_OFF_MS.length],
  );
  await sendNowhere();
  const [failed] = await messagesOf(id);
  expect(failed).toMatchObject({ state: 'failed' });
  expect(await items()).toMatchObject([{ state: 'open', unwritten: 'failed' }]);
  expect(await open()).toBe(1);
  const retried = await counter.ask(lead, 'POST', `/v1/messages/${failed?.id}/retry`, {
    reason: '网关已恢复',
  });
  expect(retried.status).toBe(200);
  await send();
  expect(await messagesOf(id)).toMatchObject([{ state: 'cancelled', failure: 'superseded' }]);
  expect(await items()).toMatchObject([{ state: 'open', unwritten: 'failed' }]);
  expect(await numbersWritten()).not.toContain('13700137110');
});

test('words that are stopped a second time are told of once more, but not while the owner still has the first before him', async () => {
  const { lead, reviewer } = counter.people;
  const id = await desk.published({ message: MESSAGE });
  for (const number of ['13700137111', '13700137112', '13700137113']) await quoted(id, number);
  const failed = await messagesOf(id);
  await counter.db.query(
    `update citizen_messages set state = 'failed', finished_at = now(), failure = 'http 500'
     where subject_id = $1 and number <> '13700137111'`,
    [id],
  );
  await desk.moved(reviewer, id, 'withdraw', 1, '文件暂缓执行');
  expect(await tasksOf(id)).toHaveLength(1);
  const retry = async (number: string): Promise<void> => {
    const message = failed.find((one) => one.number === number);
    const asked = { reason: '网关已恢复' };
    expect((await counter.ask(lead, 'POST', `/v1/messages/${message?.id}/retry`, asked)).status).toBe(200);
    await send();
  };
  await retry('13700137112');
  expect(await tasksOf(id)).toHaveLength(1);
  // What it answered was said before the next citizen waited in vain.
  await counter.db.query(
    `update tickets set state = 'reportedDone' where id in (select ticket_id from knowledge_tasks where entry_id = $1)`,
    [id],
  );
  await retry('13700137113');
  expect(await tasksOf(id)).toHaveLength(2);
});

test('what ends in the night takes the message with it before its hour, and the owner is told then', async () => {
  const id = await desk.published({ message: MESSAGE, validTo: today() });
  await quoted(id, '13700137107');
  await quoted(id, '13700137108');
  await onTheNextDay(() => knowledgeUpkeep(counter).keep());
  expect(await messagesOf(id)).toMatchObject([
    { state: 'cancelled', failure: 'expired' },
    { state: 'cancelled', failure: 'expired' },
  ]);
  expect(await tasksOf(id)).toMatchObject([
    { unit: 'water', content: expect.stringContaining('第 1 版已到期') },
  ]);
});
