import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendWeeklyLists } from '../../../src/app/knowledge/send-weekly-lists.ts';
import { type Counter, openCounter } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';
import { knowledgeUpkeep } from './knowledge-upkeep.ts';

// 机构改革: a unit that owns entries becomes another, or nothing. What it is to be asked about its entries is asked of whoever
// is there; before, its name was refused, and with it everything that waited behind it.

let now = Date.parse('2026-09-01T10:00:00+08:00');
let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  desk = knowledgeDesk(counter);
});
afterAll(() => counter.close());

/** Its entries stay under the name that they were told under. */
async function ended(code: string, successor: string | null): Promise<void> {
  await counter.db.query('update units set ended_at = $2 where code = $1', [code, new Date(now)]);
  if (successor === null) return;
  await counter.db.query(
    `insert into code_paths (list, code, now_code, main) values ('unit', $1, $2, true)`,
    [code, successor],
  );
}
/** Whom the tickets about an entry went to. */
async function askedOf(entryId: string, kind: string): Promise<readonly string[]> {
  const { rows } = await counter.db.query<{ unit: string; task: string }>(
    `select t.unit_code as unit, k.unit_code as task from knowledge_tasks k join tickets t on t.id = k.ticket_id
     where k.entry_id = $1 and k.kind = $2`,
    [entryId, kind],
  );
  expect(rows.filter(({ unit, task }) => unit !== task)).toEqual([]);
  return rows.map(({ unit }) => unit);
}

test('what is wrong, over, or waits in vain is asked of whoever follows the unit, and the lists of the week reach all', async () => {
  const { agent, reviewer, lead } = counter.people;
  await counter.db.query(
    `insert into units (code, name, kind) values ('water-group', '县水务集团', 'public-utility'), ('zoo', '动物园', 'enterprise')`,
  );
  const doubted = await desk.published();
  const over = await desk.published({ validTo: '2026-09-03' });
  const withdrawn = await desk.published({ message: '带身份证到窗口办理。' });
  await counter.db.query('update message_settings set quiet_from_minute = 0, quiet_to_minute = 0');
  const callId = await counter.call(agent.id);
  expect((await desk.quote(callId, withdrawn, { message: true })).body.message).toBe('queued');
  // Ends soon, so that its unit has a list; and one whose name comes after all others.
  await desk.published({ validTo: '2026-09-25' });
  const { operator } = counter.people;
  const last = await desk.draft({ validTo: '2026-09-25', unit: 'zoo' }, operator);
  expect((await desk.moved(lead, last, 'publishAtOnce')).status).toBe(200);
  await ended('water', 'water-group');

  const said = await desk.post(agent, `/knowledge/${doubted}/doubts`, { version: 1, kind: 'wrong' });
  expect(said.status, JSON.stringify(said.body)).toBe(201);
  expect(await askedOf(doubted, 'doubt')).toEqual(['water-group']);
  const gone = await desk.moved(reviewer, withdrawn, 'withdraw', 1, '文件暂缓执行');
  expect(gone.status, JSON.stringify(gone.body)).toBe(200);
  expect(await askedOf(withdrawn, 'expired')).toEqual(['water-group']);

  now = Date.parse('2026-09-04T00:00:01+08:00');
  await knowledgeUpkeep(counter).keep();
  expect(await askedOf(over, 'expired')).toEqual(['water-group']);

  now = Date.parse('2026-09-07T09:00:00+08:00');
  await sendWeeklyLists({ ...counter.services, newId: randomUUID })();
  const { rows } = await counter.db.query<{ unit: string }>(
    `select unit_code as unit from knowledge_tasks where kind = 'weekly' order by unit_code`,
  );
  expect(rows).toEqual(expect.arrayContaining([{ unit: 'water-group' }, { unit: 'zoo' }]));
});

test('nobody begins an entry of a unit that is no more; what it left behind can still be mended', async () => {
  const { operator } = counter.people;
  await counter.db.query(
    `insert into units (code, name, kind) values ('old-office', '城建办', 'government')`,
  );
  const left = await desk.draft({ unit: 'old-office' }, operator);
  await ended('old-office', null);
  const fresh = await desk.post(operator, '/knowledge', desk.words({ unit: 'old-office' }));
  expect(fresh).toMatchObject({
    status: 422,
    body: { code: 'knowledge.nameUnknown', data: { units: ['old-office'] } },
  });
  const { revision } = await desk.read(left, operator);
  const mended = await desk.post(operator, `/knowledge/${left}/versions`, { ...desk.words(), revision });
  expect(mended.status, JSON.stringify(mended.body)).toBe(201);
});

test('what became nothing is asked of the centre', async () => {
  const { agent, lead, operator } = counter.people;
  const id = await desk.draft({ unit: 'zoo', validTo: null }, operator);
  expect((await desk.moved(lead, id, 'publishAtOnce')).status).toBe(200);
  await ended('zoo', null);
  const said = await desk.post(agent, `/knowledge/${id}/doubts`, { version: 1, kind: 'outOfDate' });
  expect(said.status, JSON.stringify(said.body)).toBe(201);
  expect(await askedOf(id, 'doubt')).toEqual(['centre']);
});
