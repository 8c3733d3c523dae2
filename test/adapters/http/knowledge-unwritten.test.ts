import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from '../../../src/adapters/log/log.ts';
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
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  desk = knowledgeDesk(counter);
  folder = await mkdtemp(join(tmpdir(), 'messages-'));
  // At whatever hour this runs.
  await counter.db.query('update message_settings set quiet_from_minute = 0, quiet_to_minute = 0');
  const log = openLog({ role: 'worker', level: 'silent' });
  const times = { claimMs: 60_000, sweepEveryMs: 60_000, now: () => now };
  const rounds = messageRounds(counter.db, { webhook: null, folder, visitPage: null }, log, times);
  const round = rounds.find(({ name }) => name === 'messages');
  if (round === undefined) throw new Error('no round sends messages');
  send = () => round.work(new AbortController().signal);
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
  const kinds = new Map((await messagesOf(id)).map(({ kind, state, failure }) => [kind, { state, failure }]));
  expect(kinds.get('knowledgeAnswer')).toEqual({ state: 'sent', failure: null });
  expect(kinds.get('knowledgeCorrected')).toEqual({ state: 'cancelled', failure: 'expired' });
  expect(await tasksOf(id)).toMatchObject([{ content: expect.stringContaining('第 2 版已到期') }]);
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
