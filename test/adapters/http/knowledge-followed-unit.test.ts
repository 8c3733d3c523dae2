import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from '../../../src/adapters/log/log.ts';
import { draftFromEnquiries } from '../../../src/app/knowledge/draft-from-enquiries.ts';
import { sendWeeklyLists } from '../../../src/app/knowledge/send-weekly-lists.ts';
import { type Counter, openCounter, type Person } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';
import { knowledgeUpkeep } from './knowledge-upkeep.ts';

// 机构改革 by the list of units: what the unit before wrote is kept, asked for and mended by the one after it, from that moment on.

let now = Date.parse('2026-09-01T10:00:00+08:00');
let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
let heir: Person;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  desk = knowledgeDesk(counter);
});
afterAll(() => counter.close());

async function done(who: Person, path: string, body: object): Promise<Answered> {
  const { status, body: found } = await desk.post(who, path, body);
  expect(status, `${path}: ${JSON.stringify(found)}`).toBeLessThan(300);
  return found;
}
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
type Answered = any;
const get = async (path: string, who: Person = counter.people.operator): Promise<Answered> =>
  (await counter.ask(who, 'GET', `/v1${path}`)).body;
const ownerOf = async (id: string): Promise<string> => (await desk.read(id)).ownerUnit.code;

/** The water company becomes part of a group. */
async function merge(): Promise<void> {
  const { operator, lead } = counter.people;
  const { revision } = await done(operator, '/codes/unit/draft', {
    title: '机构改革',
    validFrom: '2026-09-01',
  });
  const edited = await done(operator, '/codes/unit/draft/rows', {
    revision,
    set: [{ code: 'water-group', name: '县水务集团', unitKind: 'public-utility' }],
    remove: ['water'],
    mapping: [{ from: 'water', to: 'water-group' }],
  });
  await done(lead, '/codes/unit/draft/publish', { revision: edited.revision, reason: '三定方案' });
  heir = await counter.person(['unit'], { unitCode: 'water-group' });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
}
/** Units with a ticket of this kind, and what it says. */
async function asked(kind: string): Promise<readonly { readonly unit: string; readonly content: string }[]> {
  const { rows } = await counter.db.query<{ unit: string; content: string }>(
    `select t.unit_code as unit, t.content from knowledge_tasks k join tickets t on t.id = k.ticket_id
     where k.kind = $1 order by k.at, t.number`,
    [kind],
  );
  return rows;
}

test('a unit that became another: its entries, experts and places are the other’s, with reviews, doubts and lists', async () => {
  const { agent, lead, operator, unit } = counter.people;
  const entry = await desk.published({ validTo: '2026-09-12' });
  const draft = await desk.draft();
  const urgent = await desk.draft();
  const own = await desk.draft({ unit: 'power' }, operator);
  const fields = { name: '陈工', post: '营业所', number: '051384100001', categories: ['water'] };
  const account = await counter.person(['unit'], { unitCode: 'water' });
  const expert = await done(operator, '/experts', {
    ...fields,
    unitCode: 'water',
    account: account.username,
  });
  const place = await done(operator, '/places', {
    ...{
      code: 'W1',
      name: '水厂窗口',
      address: '江海路 1 号',
      category: 'water',
      keeper: 'unit',
      unit: 'water',
    },
  });
  // Answered under the old name, and drafted when the new one stands.
  const { id: ticketId, number: enquiry } = await done(agent, '/tickets', {
    ...{
      type: 'ENQUIRY',
      categoryCode: 'leak',
      title: '水表过户要什么材料',
      content: '问水表过户',
      unitCode: 'water',
    },
  });
  await counter.db.query(`update tickets set state = 'closed', closed_at = $2 where id = $1`, [
    ticketId,
    new Date(now),
  ]);
  await counter.db.query(
    `insert into ticket_events (id, ticket_id, seq, at, type, body)
     select $1, $2, max(seq) + 1, $3, 'replyMended', $4 from ticket_events where ticket_id = $2`,
    [randomUUID(), ticketId, new Date(now), JSON.stringify({ reply: '带身份证和房产证到窗口办理。' })],
  );
  await merge();

  for (const id of [entry, draft, urgent]) expect(await ownerOf(id)).toBe('water-group');
  expect(await ownerOf(own)).toBe('power');
  const { experts } = await get('/experts?unit=water-group');
  expect(experts).toMatchObject([{ id: expert.id, unitName: '县水务集团' }]);
  // Whose account still bears the old name sees his calls all the same.
  expect(await get('/consultations', account)).toMatchObject({ expert: true });
  const moved = await get(`/places/${place.id}`);
  expect(moved.place).toMatchObject({ unit: 'water-group', revision: 2 });
  expect(moved.changes).toMatchObject([{ what: 'changed', by: null, revision: 2 }, { what: 'added' }]);

  const log = openLog({ role: 'worker', level: 'silent' });
  expect(await draftFromEnquiries({ ...counter.services, newId: randomUUID, log })()).toBe(1);
  const { entries: drafts } = await get('/knowledge?unit=water-group&state=draft', heir);
  expect(drafts).toContainEqual(expect.objectContaining({ originRef: enquiry }));

  // It writes them, and who stayed behind does not.
  const { revision } = await desk.read(draft, lead);
  const revised = (who: Person) =>
    desk.post(who, `/knowledge/${draft}/versions`, { ...desk.words({ question: '换水表找谁' }), revision });
  expect((await revised(unit)).body.code).toBe('knowledge.otherUnit');
  expect((await revised(heir)).status).toBe(201);

  // A review, a doubt and what is about to end are asked of it.
  expect((await desk.moved(lead, urgent, 'publishAtOnce', 1, '爆管停水')).status).toBe(200);
  expect(await asked('review')).toMatchObject([{ unit: 'water-group' }]);
  await done(agent, `/knowledge/${entry}/doubts`, { version: 1, kind: 'wrong' });
  expect(await asked('doubt')).toMatchObject([{ unit: 'water-group' }]);
  now = Date.parse('2026-09-06T10:00:00+08:00');
  await knowledgeUpkeep(counter).keep();
  const { number } = await desk.read(entry, lead);
  expect(await asked('remind')).toMatchObject([
    { unit: 'water-group', content: expect.stringContaining(number) },
  ]);

  // One list of the week with what it took over, and none to the name that is no more.
  now = Date.parse('2026-09-07T09:00:00+08:00');
  await sendWeeklyLists({ ...counter.services, newId: randomUUID })();
  const lists = (await asked('weekly')).filter(({ unit: to }) => to !== 'centre' && to !== 'power');
  expect(lists).toMatchObject([{ unit: 'water-group', content: expect.stringContaining(number) }]);
  expect((await get('/knowledge-care', heir)).endingSoon).toMatchObject([{ number }]);
});

test('back to the list before: each has again what was his, and keeps what was given to somebody meanwhile', async () => {
  const first = await desk.draft({ unit: 'water-group' }, heir);
  const { rows } = await counter.db.query<{ id: string }>(
    `select ref as id from merged_owners where kind = 'entry' order by ref`,
  );
  const [kept = '', ...others] = rows.map(({ id }) => id);
  expect(others).toHaveLength(2);
  await counter.db.query(`update knowledge_entries set owner_unit = 'power' where id = $1`, [kept]);
  await done(counter.people.operator, '/codes/unit/restore', { reason: '改革暂缓' });
  for (const id of others) expect(await ownerOf(id)).toBe('water');
  expect(await ownerOf(kept)).toBe('power');
  // Written for the group alone: whoever follows it has it.
  expect(await ownerOf(first)).toBe('water');
});
