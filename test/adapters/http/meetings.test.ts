import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { superviseTasks } from '../../../src/app/meetings/supervise-tasks.ts';
import { escalateOrders } from '../../../src/app/supervision/follow-order.ts';
import type { OfficialDocument } from '../../../src/domain/documents/official-document.ts';
import { loudLog } from '../../support/loud-log.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

// Two units say of a leak that it is the other's. They meet; what comes of it binds, becomes a rule, and is looked after.

const at = (iso: string): number => Date.parse(`${iso}+08:00`);
let clock = at('2026-10-12T09:00:00');
let counter: Counter;
const printed: OfficialDocument[] = [];
let power: Person;
beforeAll(async () => {
  counter = await openCounter({
    now: () => clock,
    connections: 1,
    press: {
      print: async (document) => {
        printed.push(document);
        return { pdf: Buffer.from('%PDF-1.7'), pages: 1, missing: [] };
      },
    },
  });
  power = await counter.person(['unit'], { unitCode: 'power' });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
  await counter.db.query(
    `insert into unit_phones (id, unit_code, number, label, added_at, added_by, notices)
     select $1, 'power', '13912340002', '联络员', now(), id, true from accounts limit 1`,
    [randomUUID()],
  );
});
afterAll(() => counter.close());

const ask = (
  who: Person,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
  key: string = randomUUID(),
) => counter.ask(who, method, path, body, method === 'POST' ? { 'idempotency-key': key } : {});
const opened = async (over: object = {}): Promise<string> => {
  const body = { type: 'HELP', categoryCode: 'leak', content: '井盖漏水', unitCode: 'water', ...over };
  return (await ask(counter.people.agent, 'POST', '/v1/tickets', body)).body.id;
};
const minutes = (ticketIds: readonly string[], over: object = {}) => ({
  ...{ heldAt: '2026-10-12T08:00:00+08:00', topic: '井盖归属', place: '三楼会议室', chair: '副县长' },
  participants: [
    { unitCode: 'water', position: '井盖属供电' },
    { unitCode: 'power', position: '' },
  ],
  ...{ ticketIds, text: '经协商，形成以下意见。', decisions: [], tasks: [], ...over },
});
const record = (body: object, who = counter.people.supervisor, key: string = randomUUID()) =>
  ask(who, 'POST', '/v1/meetings', body, key);
const confirm = (who: Person, id: string, revision = 1) =>
  ask(who, 'POST', `/v1/meetings/${id}/moves`, { move: 'confirm', revision });
const step = (who: Person, id: string, move: string, words: string) =>
  ask(who, 'POST', `/v1/meeting-tasks/${id}/moves`, { move, words });

test('a named responsible body gets the ticket, becomes a precedent and a rule; each task has its day by the calendar', async () => {
  const { supervisor, lead, adjudicator, unit } = counter.people;
  const ticketId = await opened();
  const closed = await opened({ unitCode: undefined });
  const decided = {
    decisions: [
      {
        words: '供电井盖由供电公司负责',
        responsible: { ticketId, leadUnit: 'power', assistUnits: ['water'], rule: { category: 'leak' } },
      },
      { words: '今后先处置后定责' },
      // With no unit yet there is nobody to take it from: the decision stands for the like of it.
      { words: '参照办理', responsible: { ticketId: closed, leadUnit: 'power' } },
    ],
    tasks: [
      { unitCode: 'power', task: '三日内更换井盖', workingDays: 3, ticketIds: [ticketId] },
      { unitCode: 'power', task: '报送台账', workingDays: 10, ticketIds: [ticketId, closed] },
    ],
  };
  const key = randomUUID();
  const body = minutes([ticketId, closed], decided);
  const written = await record(body, supervisor, key);
  expect(written.status, written.raw).toBe(201);
  expect((await record(body, supervisor, key)).raw).toBe(written.raw);
  expect(written.body).toMatchObject({
    state: 'draft',
    taskList: [],
    number: expect.stringMatching(/HY20261012-\d{4}$/),
  });
  const { id, number } = written.body;
  // To units a draft does not exist, and its writer does not confirm it.
  expect((await ask(unit, 'GET', `/v1/meetings/${id}`)).body.code).toBe('meeting.unknown');
  expect((await confirm(supervisor, id)).body.code).toBe('meeting.moveForbidden');
  const edit = (who: Person) =>
    ask(who, 'PUT', `/v1/meetings/${id}`, { revision: 1, ...body, topic: '井盖漏水' });
  expect((await edit(lead)).body).toMatchObject({ revision: 2, topic: '井盖漏水' });
  expect((await confirm(lead, id, 2)).body.code).toBe('meeting.ownWork');
  const movesOf = async (who: Person) => (await ask(who, 'GET', `/v1/meetings/${id}`)).body.moves;
  const writes = [
    { move: 'edit', byAnother: false },
    { move: 'cancel', byAnother: false },
  ];
  // The lead wrote in it; a supervisor confirms none; an agent reads.
  expect(await movesOf(lead)).toEqual([{ move: 'confirm', byAnother: true }, ...writes]);
  expect(await movesOf(adjudicator)).toEqual([{ move: 'confirm', byAnother: false }, ...writes]);
  expect(await movesOf(supervisor)).toEqual(writes);
  expect(await movesOf(counter.people.agent)).toEqual([]);
  expect((await confirm(adjudicator, id, 1)).body.code).toBe('meeting.changedMeanwhile');
  const done = await confirm(adjudicator, id, 2);
  expect(done.status).toBe(200);
  expect(done.body).toMatchObject({ state: 'confirmed', confirmedBy: '王小明', openTasks: 2, moves: [] });
  const [first, second, third] = done.body.decisions;
  expect(first).toMatchObject({
    adjudication: expect.stringMatching(/CD20261012-\d{4}$/),
    ruleVersion: expect.any(Number),
  });
  expect([second.adjudication, second.ruleVersion]).toEqual([null, null]);
  expect(third).toMatchObject({ adjudication: expect.stringContaining('CD'), ruleVersion: null });
  // The ticket is power's, water helps, the precedent can be looked up and the catalogue knows the rule.
  const ticket = (await ask(lead, 'GET', `/v1/tickets/${ticketId}`)).body;
  expect(ticket).toMatchObject({ state: 'dispatched', unit: { code: 'power' } });
  expect(ticket.timeline.map(({ type }: { type: string }) => type)).toEqual(
    expect.arrayContaining(['handOver', 'adjudicated', 'partAdded', 'meetingDecided']),
  );
  const { body: found } = await ask(lead, 'GET', `/v1/adjudications?text=${encodeURIComponent(number)}`);
  expect(found.adjudications).toHaveLength(2);
  const reason = `会议纪要 ${number}：供电井盖由供电公司负责`;
  const parties = [{ unitCode: 'water', position: '井盖属供电' }];
  expect(found.adjudications).toContainEqual(
    expect.objectContaining({ leadUnit: 'power', number: first.adjudication, reason, parties }),
  );
  const { body: catalogue } = await ask(lead, 'GET', '/v1/dispatch/catalogue?category=leak');
  expect(catalogue.entries).toMatchObject([
    { leadUnit: 'power', source: 'adjudication', sourceRef: first.adjudication },
  ]);
  // 12 October 2026 is a Monday; the Saturday before was worked.
  expect(done.body.taskList.map(({ dueAt }: { dueAt: string }) => dueAt)).toEqual([
    '2026-10-15T10:00:00.000Z',
    '2026-10-26T10:00:00.000Z',
  ]);
  expect(done.body.taskList[0].explanation.days).toHaveLength(4);
  const { body: written2 } = await ask(counter.people.operator, 'GET', '/v1/messages?kind=unitWork');
  expect(written2.messages.map(({ text }: { text: string }) => text)).toContainEqual(
    expect.stringContaining('任务2项，最近一项请于10月15日前办结'),
  );
  // Confirmed is confirmed.
  expect((await confirm(lead, id, 2)).body.code).toBe('meeting.moveImpossible');
  await expect(counter.db.query(`update meetings set minutes = '{}' where id = $1`, [id])).rejects.toThrow(
    'not changed',
  );
  // Who sat at the table reads the minutes, and of the tasks his own.
  expect((await ask(power, 'GET', `/v1/meetings/${id}`)).body.taskList).toHaveLength(2);
  expect((await ask(unit, 'GET', `/v1/meetings/${id}`)).body).toMatchObject({
    taskList: [],
    topic: '井盖漏水',
  });
});

test('a decision that cannot be carried out leaves everything as it was', async () => {
  const { supervisor, adjudicator, lead } = counter.people;
  const ticketId = await opened();
  const wide = { words: '都归供电', responsible: { ticketId, leadUnit: 'power', rule: {} } };
  const { body } = await record(minutes([ticketId], { decisions: [wide] }));
  expect((await confirm(adjudicator, body.id)).body.code).toBe('adjudication.ruleTooWide');
  expect((await ask(lead, 'GET', `/v1/meetings/${body.id}`)).body.state).toBe('draft');
  expect((await ask(lead, 'GET', `/v1/tickets/${ticketId}`)).body.unit.code).toBe('water');
  const task = { unitCode: 'water', task: '修', workingDays: 1, ticketIds: [randomUUID()] };
  expect((await record(minutes([ticketId], { tasks: [task] }))).body.code).toBe('meeting.ticketNotOfIt');
  expect((await record(minutes([randomUUID()]))).body.code).toBe('ticket.unknown');
  expect((await record(minutes([ticketId], { heldAt: '2026-10-13T08:00:00+08:00' }))).body.code).toBe(
    'meeting.heldLater',
  );
  const nobody = { participants: [{ unitCode: 'gas', position: '' }] };
  expect((await record(minutes([ticketId], nobody))).body.code).toBe('ticket.unitUnknown');
  expect((await record(minutes([]))).body.code).toBe('request.invalid');
  const empty = await record(minutes([ticketId]));
  expect((await confirm(adjudicator, empty.body.id)).body.code).toBe('meeting.withoutResult');
  const cancel = { move: 'cancel', revision: 1 };
  const gone = await ask(supervisor, 'POST', `/v1/meetings/${empty.body.id}/moves`, cancel);
  expect(gone.body.state).toBe('cancelled');
  // Who may not see a ticket does not see what was said of it.
  const hidden = await opened({ confidential: true });
  const secret = await record(minutes([hidden], { decisions: [{ words: '另行处理' }] }));
  const agent = counter.people.returnVisitor;
  expect((await ask(agent, 'GET', `/v1/meetings/${secret.body.id}`)).body.code).toBe('meeting.unknown');
  const { body: list } = await ask(agent, 'GET', `/v1/meetings?ticketId=${hidden}`);
  expect(list.meetings).toEqual([]);
});

test('a task is reported by its unit and judged by the hotline; a late one is supervised once, whoever has the ticket', async () => {
  const { supervisor, adjudicator, unit, lead } = counter.people;
  const ticketId = await opened();
  const task = (unitCode: string, words: string) => ({
    unitCode,
    task: words,
    workingDays: 2,
    ticketIds: [ticketId],
  });
  const tasks = [task('power', '停电配合'), task('power', '提供图纸'), task('water', '更换阀门')];
  const { body } = await record(minutes([ticketId], { tasks }));
  const { taskList } = (await confirm(adjudicator, body.id)).body;
  // Those of the other meetings are not among them.
  expect(taskList.map(({ task: words }: { task: string }) => words)).toEqual(tasks.map((one) => one.task));
  const [first, late, own] = taskList.map(({ id }: { id: string }) => id);
  expect((await step(unit, first, 'report', '不是我的')).body.code).toBe('meetingTask.unknown');
  expect((await step(power, first, 'report', '已停电')).body.state).toBe('reported');
  expect((await step(power, first, 'accept', '自己认可')).body.code).toBe('meetingTask.moveForbidden');
  expect((await step(supervisor, first, 'sendBack', '请附停电公告')).body.state).toBe('open');
  expect((await step(power, first, 'report', '公告已附')).body.state).toBe('reported');
  expect((await step(lead, first, 'accept', '同意')).body.state).toBe('done');
  expect((await step(supervisor, own, 'cancel', '阀门已换')).body.state).toBe('cancelled');

  // Those of one ticket, and of a unit its own alone.
  const ofTicket = async (who: Person, id: string) =>
    (await ask(who, 'GET', `/v1/meeting-tasks?ticketId=${id}`)).body.tasks.map(
      (one: { id: string }) => one.id,
    );
  expect(new Set(await ofTicket(supervisor, ticketId))).toEqual(new Set([first, late, own]));
  expect(await ofTicket(unit, ticketId)).toEqual([own]);
  expect(await ofTicket(supervisor, await opened())).toEqual([]);

  const supervise = superviseTasks({ ...counter.services, log: loudLog });
  expect(await supervise(10)).toBe(0);
  clock = at('2026-10-14T18:00:00');
  const both = await Promise.all([supervise(10), supervise(10)]);
  expect(both.reduce((sum, n) => sum + n, 0)).toBe(1);
  const { body: orders } = await ask(power, 'GET', `/v1/supervision?ticketId=${ticketId}`);
  expect(orders.orders).toMatchObject([
    { trigger: 'meetingTask', unit: { code: 'power' }, instrument: 'written' },
  ]);
  expect(orders.orders[0].demand).toContain('提供图纸');
  const { body: overdue } = await ask(lead, 'GET', '/v1/meeting-tasks?overdue=true&state=open');
  expect(overdue.tasks).toMatchObject([{ id: late, overdue: true, order: orders.orders[0].number }]);
  expect(
    (await ask(power, 'GET', '/v1/meeting-tasks?overdue=false')).body.tasks.map(
      ({ id }: { id: string }) => id,
    ),
  ).toContain(first);
  expect((await ask(unit, 'GET', '/v1/meeting-tasks')).body.tasks).toMatchObject([{ id: own }]);
  // Not answered either: the circular follows, though the ticket is water's.
  clock = at('2026-10-20T18:00:00');
  expect(await escalateOrders(counter.services)(20)).toBe(1);
  const { body: graver } = await ask(power, 'GET', `/v1/supervision?ticketId=${ticketId}`);
  expect(graver.orders.map(({ instrument }: { instrument: string }) => instrument)).toEqual([
    'notice',
    'written',
  ]);
  // And the month's circular counts it.
  clock = at('2026-11-02T09:00:00');
  const scope = { from: '2026-10-01', to: '2026-10-31', kinds: ['lateTasks', 'unanswered'] };
  const { body: circular } = await ask(supervisor, 'POST', '/v1/circulars', scope);
  const count = (id: string) => circular.figures.find((one: { id: string }) => one.id === id)?.count;
  expect([count('lateTasks.power'), count('lateTasks.water'), count('unanswered.power')]).toEqual([1, 0, 2]);
});

test('confirmed minutes go on paper once, the same for all who sat there; drafts and strangers get none, a secret its watermark', async () => {
  const { supervisor, lead, operator, unit, agent } = counter.people;
  const ticketId = await opened({ content: '井盖漏水，电13912345678' });
  const tasks = [{ unitCode: 'power', task: '更换井盖', workingDays: 3, ticketIds: [ticketId] }];
  const decisions = [{ words: '由供电公司负责', responsible: { ticketId, leadUnit: 'power' } }];
  const { body: meeting } = await record(
    minutes([ticketId], { tasks, decisions, text: '市民13912345678多次反映。' }),
  );
  const issue = (who: Person, meetingId: string) =>
    ask(who, 'POST', '/v1/documents', { kind: 'minutes', meetingId });
  expect((await issue(supervisor, meeting.id)).body.code).toBe('document.notConfirmed');
  expect((await issue(supervisor, randomUUID())).body.code).toBe('meeting.unknown');
  expect((await confirm(lead, meeting.id)).status).toBe(200);
  const issued = await issue(supervisor, meeting.id);
  expect(issued).toMatchObject({
    status: 201,
    body: { kind: 'minutes', meetingId: meeting.id, ticketId: null, number: '如东热线纪〔2026〕1号' },
  });
  // Whoever issues it again has the same paper.
  expect((await issue(power, meeting.id)).body).toEqual(issued.body);
  const pdf = (who: Person, id: string) => ask(who, 'GET', `/v1/documents/${id}/pdf`);
  for (const who of [supervisor, power, unit]) expect((await pdf(who, issued.body.id)).status).toBe(200);
  const papers = printed.splice(0).map((one) => JSON.stringify(one));
  expect(new Set(papers).size).toBe(1);
  expect(papers[0]).toContain('县供电公司');
  expect(papers[0]).toContain('2026年');
  expect(papers[0]).not.toContain('13912345678');
  const gas = await counter.person(['unit'], { unitCode: 'water' });
  const listed = async (who: Person) =>
    (await ask(who, 'GET', '/v1/documents?kind=minutes')).body.documents.map((one: { id: string }) => one.id);
  expect(await listed(gas)).toEqual([issued.body.id]);
  expect(await listed(operator)).toEqual([issued.body.id]);
  const ofMeeting = async (id: string) => (await ask(operator, 'GET', `/v1/documents?meetingId=${id}`)).body;
  expect((await ofMeeting(meeting.id)).documents).toMatchObject([{ id: issued.body.id }]);
  expect((await ofMeeting(randomUUID())).documents).toEqual([]);

  // About a confidential ticket: who may carry that out of the house, with his name across every page.
  const secret = await opened({ confidential: true });
  const alone = { participants: [{ unitCode: 'water', position: '' }], decisions: [{ words: '另行处理' }] };
  const { body: kept } = await record(minutes([secret], alone));
  await confirm(lead, kept.id);
  expect((await issue(operator, kept.id)).status).toBeGreaterThanOrEqual(403);
  expect((await issue(unit, kept.id)).body.code).toBe('document.noExport');
  const paper = await issue(lead, kept.id);
  expect(paper.body.number).toBe('如东热线纪〔2026〕2号');
  expect((await pdf(lead, paper.body.id)).status).toBe(200);
  expect(printed.at(-1)).toMatchObject({ marks: ['内部保密'], watermark: expect.stringMatching(/2026年/) });
  expect((await pdf(power, paper.body.id)).body.code).toBe('meeting.unknown');
  expect(await listed(power)).not.toContain(paper.body.id);
  expect((await pdf(agent, issued.body.id)).status).toBe(200);
});
