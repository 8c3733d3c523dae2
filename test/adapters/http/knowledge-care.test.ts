import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from '../../../src/adapters/log/log.ts';
import { knowledgeUpkeepBooks } from '../../../src/adapters/pg/knowledge-upkeep.ts';
import { draftFromEnquiries } from '../../../src/app/knowledge/draft-from-enquiries.ts';
import { sendWeeklyLists } from '../../../src/app/knowledge/send-weekly-lists.ts';
import { settleReviewAlarms } from '../../../src/app/knowledge/upkeep/review-alarms.ts';
import { type Counter, openCounter } from './counter.ts';
import { knowledgeDesk } from './knowledge-desk.ts';
import { knowledgeUpkeep } from './knowledge-upkeep.ts';

// What keeps the knowledge base true: doubts, ends, late reviews, the week's lists, drafts of what was answered.

const DAY_MS = 86_400_000;
let now = Date.parse('2026-09-01T10:00:00+08:00');
let counter: Counter;
let desk: ReturnType<typeof knowledgeDesk>;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  desk = knowledgeDesk(counter);
});
afterAll(() => counter.close());

const keep = () => knowledgeUpkeep(counter).keep();
const ticketOf = async (id: string) =>
  (await counter.ask(counter.people.unit, 'GET', `/v1/tickets/${id}`)).body;
const tickets = async (category: string) =>
  (await counter.ask(counter.people.unit, 'GET', `/v1/tickets?categoryCode=${category}`)).body.tickets;

test('“wrong” in one key: a ticket to the owner with a working day; the next who says so is a line more in it', async () => {
  const id = await desk.published();
  const { agent, lead } = counter.people;
  const said = { version: 1, kind: 'outOfDate', note: '窗口已搬到政务中心，13800138000' };
  const { status, body } = await desk.post(agent, `/knowledge/${id}/doubts`, said);
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body).toMatchObject({ outcome: 'opened' });
  const ticket = await ticketOf(body.ticketId);
  expect(ticket).toMatchObject({
    state: 'dispatched',
    unit: { code: 'water' },
    category: { code: 'knowledge.doubt', name: '知识纠错' },
    // Tuesday 10:00: the end of Wednesday's working time.
    unitDueAt: '2026-09-02T10:00:00.000Z',
  });
  expect(ticket.content).toContain('窗口已搬到政务中心');
  expect((await desk.post(lead, `/knowledge/${id}/doubts`, said)).body).toEqual({
    ...{ ticketId: body.ticketId, ticketNumber: body.ticketNumber },
    outcome: 'joined',
  });
  expect((await desk.post(agent, `/knowledge/${id}/doubts`, said)).body.outcome).toBe('again');
  // Doubts of one millisecond have no order.
  now += 1_000;
  const more = { ...said, note: '电话也换了' };
  expect((await desk.post(agent, `/knowledge/${id}/doubts`, more)).body.outcome).toBe('again');
  // The owner reads what each of them says; another unit does not.
  const { body: owners } = await counter.ask(counter.people.unit, 'GET', `/v1/knowledge/${id}/doubts`);
  expect(owners.doubts.map(({ note }: { note: string }) => note)).toContain('电话也换了');
  const stranger = await counter.person(['unit'], { unitCode: 'power' });
  expect((await counter.ask(stranger, 'GET', `/v1/knowledge/${id}/doubts`)).body.code).toBe(
    'knowledge.otherUnit',
  );
  const { body: listed } = await counter.ask(agent, 'GET', `/v1/knowledge/${id}/doubts`);
  expect(listed.doubts).toHaveLength(3);
  expect(listed.doubts.at(-1)).toMatchObject({
    ticketState: 'dispatched',
    note: expect.stringContaining('138****'),
  });
  const unknown = await desk.post(agent, `/knowledge/${randomUUID()}/doubts`, said);
  expect(unknown.body.code).toBe('knowledge.unknown');
});

test('what the hotline asks of its units is in no figure of citizens’ appeals, and teaches nothing', async () => {
  const { services } = counter;
  const id = await desk.published();
  const { body } = await desk.post(counter.people.agent, `/knowledge/${id}/doubts`, {
    version: 1,
    kind: 'wrong',
  });
  const counted = async () => {
    const open = (await services.openTickets.openTickets('2026-09-02')).find(
      ({ unitCode }) => unitCode === 'water',
    );
    const adopted = (await services.adoptions.counts(0, now + DAY_MS)).find(
      ({ unitCode }) => unitCode === 'water',
    );
    const lessons = await services.dispatchLessons.unread(0, 500);
    return {
      open: open?.states.reduce((sum, { tickets: n }) => sum + n, 0) ?? 0,
      suggestions: adopted?.suggestions ?? 0,
      lessons: lessons.length,
    };
  };
  const before = await counted();
  expect((await services.dispatchLessons.unread(0, 500)).map(({ ticketId }) => ticketId)).not.toContain(
    body.ticketId,
  );
  const { status } = await desk.post(counter.people.agent, '/tickets', {
    ...{ type: 'SUGGESTION', categoryCode: 'leak', content: '建议换水管', unitCode: 'water' },
  });
  expect(status).toBe(201);
  expect(await counted()).toEqual({
    open: before.open + 1,
    suggestions: before.suggestions + 1,
    lessons: before.lessons + 1,
  });
  expect(before).toMatchObject({ open: 0, suggestions: 0 });
});

test('two who say so in the same moment open one ticket', async () => {
  const id = await desk.published();
  const others = await Promise.all([counter.person(['agent']), counter.person(['agent'])]);
  const answers = await Promise.all(
    others.map((who) => desk.post(who, `/knowledge/${id}/doubts`, { version: 1, kind: 'wrong' })),
  );
  expect(answers.map(({ body }) => body.outcome).sort()).toEqual(['joined', 'opened']);
  expect(new Set(answers.map(({ body }) => body.ticketId)).size).toBe(1);
});

test('published at once: the owner has a ticket to look at it in the same transaction; late, the leads are alarmed once', async () => {
  const id = await desk.draft();
  const { lead, reviewer } = counter.people;
  await desk.moved(lead, id, 'publishAtOnce', 1, '台风停课，须马上答复');
  const [ticket] = await tickets('knowledge.review');
  expect(ticket).toMatchObject({ unit: { code: 'water' }, title: expect.stringContaining('应急发布补审') });
  expect(await keep()).toMatchObject({ alarmsRaised: 0 });
  now += 3 * DAY_MS;
  const raised = await Promise.all([keep(), keep()]);
  expect(raised.reduce((sum, { alarmsRaised }) => sum + alarmsRaised, 0)).toBe(1);
  expect((await keep()).alarmsRaised).toBe(0);
  const { body } = await counter.ask(lead, 'GET', '/v1/alarms?open=true');
  expect(body.alarms).toMatchObject([{ kind: 'knowledge.reviewLate', subject: id, times: 1 }]);
  expect((await desk.moved(reviewer, id, 'confirm')).body.state).toBe('published');
  // Whoever ends the alarm may be gone in the midst of it: then the next one does.
  const settle = () => Promise.reject(new Error('killed'));
  const alarms = { ...counter.services.alarms, settle };
  const upkeep = knowledgeUpkeepBooks(counter.db);
  await expect(settleReviewAlarms({ ...counter.services, upkeep, alarms })()).rejects.toThrow('killed');
  await keep();
  const after = await counter.ask(lead, 'GET', '/v1/alarms?open=true');
  expect(after.body.alarms).toEqual([]);
});

test('the day after their last day entries are expired, and their owner has one ticket about all of them', async () => {
  const ids = [
    await desk.published({ validTo: '2026-09-10' }),
    await desk.published({ validTo: '2026-09-11' }),
  ];
  const followed = await desk.published({ validTo: '2026-09-11' });
  await desk.revise(followed, { validFrom: '2026-09-12' });
  await desk.publish(followed, 2);
  now = Date.parse('2026-09-11T23:59:00+08:00');
  expect(await keep()).toMatchObject({ marked: 1, ticketsOpened: 1 });
  now = Date.parse('2026-09-12T00:00:30+08:00');
  const kept = await Promise.all([keep(), keep()]);
  expect(kept.reduce((sum, one) => sum + one.ticketsOpened, 0)).toBe(1);
  for (const id of ids)
    expect(await desk.read(id)).toMatchObject({ current: null, latest: { state: 'expired' } });
  // Another version took its place in time: nobody is asked for anything.
  expect(await desk.read(followed)).toMatchObject({ current: { number: 2 } });
  const found = await tickets('knowledge.expired');
  expect(found).toHaveLength(2);
  const { content, unitDueAt } = await ticketOf(found[0].id);
  // A Saturday: the third working day is Wednesday.
  expect(unitDueAt).toBe('2026-09-16T10:00:00.000Z');
  expect(content).toContain((await desk.read(ids[1] ?? '')).number);
  expect(content).not.toContain((await desk.read(followed)).number);
  expect(await keep()).toEqual({ marked: 0, ticketsOpened: 0, alarmsRaised: 0 });
});

test('the week’s list: on Monday from nine on, one ticket a unit, what nobody found goes to the centre', async () => {
  const send = () => sendWeeklyLists({ ...counter.services, newId: randomUUID })();
  await desk.published({ validTo: '2026-10-05' });
  for (const [words, hits] of [
    ['残疾证咋办', 0],
    ['残疾证咋办', 0],
    ['水费', 3],
  ] as const) {
    await counter.services.searchLog.note({
      ...{ id: randomUUID(), at: now, accountId: counter.people.agent.id, callId: null, line: '12345' },
      ...{ words, hits, best: null },
    });
  }
  now = Date.parse('2026-09-14T08:59:00+08:00');
  expect(await send()).toBe(0);
  now = Date.parse('2026-09-14T09:00:00+08:00');
  // Two workers, each with its own memory.
  const sent = await Promise.all([send(), send()]);
  expect(sent.reduce((sum, one) => sum + one, 0)).toBe(2);
  const [own] = await tickets('knowledge.weekly');
  // Monday the 14th: five working days, of which the Sunday that makes up for the holiday is one.
  expect(await ticketOf(own.id)).toMatchObject({
    content: expect.stringMatching(/即将到期[\s\S]*2026-10-05/),
    unitDueAt: '2026-09-20T10:00:00.000Z',
  });
  const { body } = await counter.ask(
    counter.people.lead,
    'GET',
    '/v1/tickets?categoryCode=knowledge.weekly&unitCode=centre',
  );
  expect(body.tickets).toHaveLength(1);
  const centre = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${body.tickets[0].id}`);
  expect(centre.body.content).toContain('“残疾证咋办” 2 次');
  now += DAY_MS;
  expect(await send()).toBe(0);
});

test('a closed enquiry becomes a draft of its unit, once, without what is somebody’s', async () => {
  const log = openLog({ role: 'worker', level: 'silent' });
  const draft = () => draftFromEnquiries({ ...counter.services, newId: randomUUID, log })();
  const opened = async (type: string, reply: string, state = 'closed') => {
    const { body } = await desk.post(counter.people.agent, '/tickets', {
      ...{
        type,
        categoryCode: 'leak',
        title: '水表过户要什么材料',
        content: '我叫王小明，问水表过户',
        unitCode: 'water',
      },
    });
    await counter.db.query(`update tickets set state = $2, closed_at = $3 where id = $1`, [
      body.id,
      state,
      new Date(now),
    ]);
    await counter.db.query(
      `insert into ticket_events (id, ticket_id, seq, at, type, body) 
       select $1, $2, max(seq) + 1, $3, 'replyMended', $4 from ticket_events where ticket_id = $2`,
      [randomUUID(), body.id, new Date(now), JSON.stringify({ reply })],
    );
    return body.number;
  };
  const number = await opened('ENQUIRY', '带身份证和房产证到窗口办理，联系人电话13800138000。');
  // Nothing is left of it once it is tidied: it is in nobody's way, and its unit hears of it.
  const empty = await opened('ENQUIRY', ' \u0007 ');
  await opened('COMPLAINT', '已处理。');
  await opened('ENQUIRY', '还在办理。', 'handling');
  // Nobody asked that: it shows how the hotline works.
  const shown = await opened('ENQUIRY', '凭身份证办理。');
  await counter.db.query('update tickets set day_seconds = 3 where number = $1', [shown]);
  const drafted = await Promise.all([draft(), draft()]);
  expect(drafted.reduce((sum, one) => sum + one, 0)).toBe(1);
  const { body } = await counter.ask(counter.people.unit, 'GET', '/v1/knowledge?unit=water&state=draft');
  const made = body.entries.find((one: { originRef: string }) => one.originRef === number);
  expect(made).toMatchObject({
    ownerUnit: { code: 'water' },
    origin: 'enquiry',
    current: null,
    latest: { question: '水表过户要什么材料', author: null, answer: expect.stringContaining('138****') },
  });
  // Not fit as it is; mended by the unit's editor it goes its way like every other.
  expect((await desk.moved(counter.people.unit, made.id, 'submit')).body.code).toBe('knowledge.unfit');
  await desk.revise(made.id, { question: '水表过户要什么材料' });
  await desk.publish(made.id, 2);
  expect(await draft()).toBe(0);
  const { undrafted } = await counter.services.care.week('water', {
    ...{
      day: '2026-09-15',
      endsBy: '2026-10-15',
      since: 0,
      staleBefore: 0,
      weekSince: now - DAY_MS,
      limit: 20,
    },
  });
  expect(undrafted).toEqual([{ ticketNumber: empty, why: 'knowledge.textMissing' }]);
});

test('what is asked of a unit stands together, with its limit: its own for the unit, everybody’s for the centre', async () => {
  const { agent, lead, unit } = counter.people;
  const id = await desk.published({ question: '水表多久校一次', validTo: '2026-09-20' });
  await desk.post(agent, `/knowledge/${id}/doubts`, { version: 1, kind: 'wrong', note: '' });
  const ended = await desk.published({ question: '只到今天', validTo: '2026-09-16' });
  now = Date.parse('2026-09-17T10:00:00+08:00');
  const care = async (who: typeof lead, query = '') =>
    (await counter.ask(who, 'GET', `/v1/knowledge-care${query}`)).body;
  const own = await care(unit);
  expect(own.unit).toBe('water');
  expect(own.tasks).toContainEqual(
    expect.objectContaining({
      kind: 'doubt',
      unitCode: 'water',
      doubts: 1,
      entry: expect.objectContaining({ id }),
    }),
  );
  expect(own.tasks[0].dueAt).toMatch(/^2026-/);
  expect(own.endingSoon).toContainEqual(
    expect.objectContaining({ id, validTo: '2026-09-20', ownerUnit: 'water' }),
  );
  // Over since midnight, whether or not anybody has marked it so.
  expect(own.over).toContainEqual(expect.objectContaining({ id: ended }));
  expect(own.endingSoon).not.toContainEqual(expect.objectContaining({ id: ended }));
  // Another unit asks for it in vain: it sees its own.
  const stranger = await counter.person(['unit'], { unitCode: 'power' });
  expect(await care(stranger, '?unit=water')).toMatchObject({ unit: 'power', tasks: [], over: [] });
  expect((await care(lead)).tasks).toContainEqual(
    expect.objectContaining({ entry: expect.objectContaining({ id }) }),
  );
  expect(await care(lead, '?unit=power')).toMatchObject({ unit: 'power', tasks: [] });
  expect((await counter.ask(agent, 'GET', '/v1/knowledge-care')).status).toBe(403);
});

test('the lists over all units and of one have the same in the same order: most asked, never used, drafts, all of it', async () => {
  const { agent, lead, unit } = counter.people;
  const quoted = async (
    entryId: string,
    times: number,
    more: { daysAgo?: number; retracted?: boolean } = {},
  ) => {
    const { daysAgo = 1, retracted = false } = more;
    for (let nth = 0; nth < times; nth += 1) {
      await counter.db.query(
        `insert into knowledge_quotes (id, call_id, entry_id, version, at, agent_id, message, retracted_at, retraction)
         values (gen_random_uuid(), $1, $2, 1, $3, $4, 'notAsked', $5, $6)`,
        [
          ...[await counter.call(agent.id), entryId, new Date(now - daysAgo * DAY_MS), agent.id],
          ...(retracted ? [new Date(now), '按错'] : [null, null]),
        ],
      );
    }
  };
  const [often, once, old, elsewhere] = [
    await desk.published({ question: '停水几天' }),
    await desk.published({ question: '水压低' }),
    await desk.published({ question: '水质报告' }),
    await desk.published({ question: '停电几天' }),
  ];
  await counter.db.query(`update knowledge_entries set owner_unit = 'power' where id = $1`, [elsewhere]);
  await quoted(often, 3);
  await quoted(once, 1);
  await quoted(once, 4, { retracted: true });
  await quoted(elsewhere, 2);
  await quoted(old, 1, { daysAgo: 91 });
  await counter.db.query(
    `update knowledge_versions set published_at = $2, state_since = $2 where entry_id = any ($1::uuid[])`,
    [[often, once, old, elsewhere], new Date(now - 200 * DAY_MS)],
  );
  const returned = await desk.draft({ question: '水表倒转' });
  await desk.moved(unit, returned, 'submit');
  await desk.moved(counter.people.reviewer, returned, 'giveBack', 1, '没有写办理地点');
  now += 1000;
  const draft = await desk.draft({ question: '水箱清洗' });
  const mine = [often, once, old, elsewhere, returned, draft];
  const lists = async (who: typeof lead) => {
    const { body } = await counter.ask(who, 'GET', '/v1/knowledge-care?limit=200');
    const of = (list: readonly { id: string }[]) =>
      list.map(({ id }) => id).filter((id) => mine.includes(id));
    const asked = body.mostAsked.filter(({ id }: { id: string }) => mine.includes(id));
    return {
      mostAsked: asked.map(({ id, times }: { id: string; times: number }) => [id, times]),
      ...{ neverUsed: of(body.neverUsed), drafts: of(body.drafts) },
      stale: of(body.stale).length,
    };
  };
  const own = { neverUsed: [old], drafts: [returned, draft] };
  expect(await lists(lead)).toEqual({
    ...{ ...own, stale: 4 },
    mostAsked: [
      [often, 3],
      [elsewhere, 2],
      [once, 1],
    ],
  });
  expect(await lists(unit)).toEqual({
    ...{ ...own, stale: 3 },
    mostAsked: [
      [often, 3],
      [once, 1],
    ],
  });
});

test('who reads a version hears what he may do with it', async () => {
  const { unit, reviewer, operator } = counter.people;
  const id = await desk.draft({ question: '谁能做什么', unit: 'water' }, operator);
  const seen = async (who: typeof unit) =>
    (await counter.ask(who, 'GET', `/v1/knowledge/${id}/versions/1`)).body;
  await desk.moved(operator, id, 'submit');
  const moves = async (who: typeof unit) =>
    (await seen(who)).moves.map(
      (one: { move: string; byAnother: boolean }) => `${one.move}${one.byAnother ? '*' : ''}`,
    );
  expect(await moves(reviewer)).toEqual(['approve', 'giveBack']);
  expect(await moves(operator)).toEqual(['recall', 'approve*', 'giveBack', 'publishAtOnce']);
  expect(await seen(unit)).toMatchObject({ mayWrite: true, revision: 2 });
  expect(await seen(reviewer)).toMatchObject({ mayWrite: false });
});
