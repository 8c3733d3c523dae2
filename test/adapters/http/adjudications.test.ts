import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { learnLessons } from '../../../src/app/dispatch/learn-lessons.ts';
import { markHazards } from '../../../src/app/tickets/interim-acts.ts';
import { faultIn } from '../../../src/app/tickets/verify-time-lines.ts';
import { chainHash } from '../../../src/runtime/command-verify.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let power: Person;
let centre: Person;
/** F-12: Nanjing, 23 August 2020, a Sunday; here in the year of the tests. */
let now = Date.parse('2026-08-23T15:00:00+08:00');
beforeAll(async () => {
  counter = await openCounter({ now: () => now, connections: 1 });
  power = await counter.person(['unit'], { unitCode: 'power' });
  centre = await counter.person(['unit'], { unitCode: 'centre' });
  await counter.db.query(`update sessions set expires_at = '2027-01-01'`);
  const made = await counter.ask(counter.people.operator, 'POST', '/v1/dispatch/catalogue', {
    version: 0,
    reason: '建目录',
    entries: [{ category: 'leak', lead: 'water', validFrom: '2026-01-01' }],
    areas: [{ code: 'juegang.yudang', name: '余荡村' }],
    assets: [{ code: 'pump', name: '泵房' }],
  });
  expect(made.status).toBe(200);
});
afterAll(() => counter.close());

const opened = async (unitCode: string | null, content = '余荡村泵房漏水'): Promise<string> => {
  const { body } = await counter.ask(counter.people.agent, 'POST', '/v1/tickets', {
    type: 'COMPLAINT',
    categoryCode: 'leak',
    content,
    unitCode,
  });
  return body.id;
};
const ticketOf = async (id: string) =>
  (await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}`)).body;
const move = async (who: Person, id: string, what: string, details: object = {}) =>
  counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, {
    move: what,
    version: (await ticketOf(id)).version,
    reason: '因为',
    details,
  });
const judge = async (id: string, body: object, headers = {}, who = counter.people.adjudicator) =>
  counter.ask(
    who,
    'POST',
    '/v1/adjudications',
    { ticketId: id, version: (await ticketOf(id)).version, reason: '产权属供电', ...body },
    headers,
  );
const responsible = async (query: string): Promise<string[]> =>
  (await counter.ask(counter.people.unit, 'GET', `/v1/dispatch/responsible?${query}`)).body.entries.map(
    (one: { leadUnit: string; sourceRef: string }) => `${one.leadUnit}${one.sourceRef === '' ? '' : ' 裁定'}`,
  );

test('a decision between units: the ticket goes there, helpers are added, it is numbered, and becomes a rule', async () => {
  const id = await opened('water');
  const returned = { evidence: '泵房产权属供电', suggestedUnitCode: 'power' };
  expect((await move(counter.people.unit, id, 'returnTicket', returned)).status).toBe(200);
  const body = {
    leadUnit: 'power',
    assistUnits: ['centre'],
    parties: [
      { unitCode: 'water', position: '管道以表为界' },
      { unitCode: 'power', position: '泵房由我司供电，管理权有争议' },
    ],
    rule: { category: 'leak', asset: 'pump' },
  };
  const key = { 'idempotency-key': randomUUID() };
  const at = (await ticketOf(id)).version;
  const decided = await judge(id, { ...body, version: at }, key);
  expect(decided).toMatchObject({ status: 201, body: { state: 'dispatched', ruleVersion: 2 } });
  expect(decided.body.number).toMatch(/^YHCD20260823-\d{4}$/);
  expect((await judge(id, { ...body, version: at }, key)).raw).toBe(decided.raw);
  // The process died before it could keep its answer: the decision is there under the very id.
  await counter.db.query('delete from idempotency_keys');
  expect((await judge(id, { ...body, version: at }, key)).body).toEqual(decided.body);

  const ticket = await ticketOf(id);
  expect(ticket.unit.code).toBe('power');
  expect(ticket.timeline.map(({ type }: { type: string }) => type).slice(-3)).toEqual([
    'acceptReturn',
    'adjudicated',
    'partAdded',
  ]);
  expect(await responsible('category=leak&asset=pump')).toEqual(['power 裁定', 'water']);
  expect(await responsible('category=leak&asset=pump&day=2026-08-22')).toEqual(['water']);
  now += 60_000;
  // The rule speaks in the suggestions, and as a precedent where the thing was not named.
  const other = await opened(null);
  const { suggestions } = (
    await counter.ask(counter.people.dispatcher, 'GET', `/v1/tickets/${other}/suggestions`)
  ).body;
  expect(suggestions[0].unitCode).toBe('power');
  expect(suggestions[0].reasons.map(({ kind }: { kind: string }) => kind)).toContain('adjudication');
  const plain = await opened(null, '某处漏水');
  const asked = (await counter.ask(counter.people.dispatcher, 'GET', `/v1/tickets/${plain}/suggestions`))
    .body;
  expect(
    asked.suggestions.find(({ unitCode }: { unitCode: string }) => unitCode === 'power').reasons,
  ).toMatchObject([{ kind: 'precedent', ref: decided.body.number }]);
});

test('precedents are found by words, category and unit; a unit sees those that concern it', async () => {
  const list = async (query: string, who = counter.people.lead): Promise<number> =>
    (await counter.ask(who, 'GET', `/v1/adjudications?${query}`)).body.adjudications.length;
  expect(await list(`text=${encodeURIComponent('以表为界')}`)).toBe(1);
  expect(await list(`text=${encodeURIComponent('%')}`)).toBe(0);
  expect(await list('category=water')).toBe(1);
  expect(await list('unit=centre')).toBe(1);
  expect(await list('', counter.people.unit)).toBe(1);
  expect(await list('', await counter.person(['unit'], { unitCode: 'centre' }))).toBe(1);
  const { body } = await counter.ask(counter.people.lead, 'GET', '/v1/adjudications');
  const [decision] = body.adjudications;
  const again = await counter.ask(
    counter.people.adjudicator,
    'POST',
    `/v1/adjudications/${decision.id}/rule`,
    {
      category: 'leak',
    },
  );
  expect(again).toMatchObject({ status: 409, body: { code: 'adjudication.isRule' } });
});

test('what cannot be decided is said, and nothing of it is written', async () => {
  const id = await opened(null);
  expect(await judge(id, { leadUnit: 'power' })).toMatchObject({
    body: { code: 'adjudication.nothingToDecide' },
  });
  const held = await opened('water');
  expect(await judge(held, { leadUnit: 'nobody' })).toMatchObject({ body: { code: 'ticket.unitUnknown' } });
  expect(await judge(held, { leadUnit: 'power', rule: {} })).toMatchObject({
    body: { code: 'adjudication.ruleTooWide' },
  });
  expect(await judge(held, { leadUnit: 'power', rule: { area: 'moon' } })).toMatchObject({
    body: { code: 'adjudication.scopeUnknown', data: { field: 'area' } },
  });
  expect(await judge(held, { leadUnit: 'power', assistUnits: ['power'] })).toMatchObject({
    body: { code: 'part.sameUnit' },
  });
  expect((await judge(held, { leadUnit: 'power' }, {}, counter.people.dispatcher)).status).toBe(403);
  const ticket = await ticketOf(held);
  expect([ticket.unit.code, ticket.timeline.length]).toEqual(['water', 2]);
  const { rows } = await counter.db.query('select from adjudications where ticket_id = $1', [held]);
  expect(rows).toHaveLength(0);
});

test('F-12: the hazard is removed the next morning, whose tree it is takes eight days; both conditions before the end', async () => {
  now = Date.parse('2026-08-23T15:00:00+08:00');
  const id = await opened(null, '行道树倾斜，危及行人');
  const { version } = await ticketOf(id);
  const interim = (who: Person, act: string, evidence = '现场照片', cost = '') =>
    counter.ask(who, 'POST', `/v1/tickets/${id}/interim/acts`, { act, evidence, cost });
  const assigned = await counter.ask(counter.people.dispatcher, 'POST', `/v1/tickets/${id}/interim`, {
    version,
    unitCode: 'power',
    hazard: '松树倾斜，随时可能倒下',
  });
  expect(assigned).toMatchObject({
    status: 201,
    body: {
      state: 'hazardOpen',
      hazardDueAt: '2026-08-24T07:00:00.000Z',
      terms: expect.stringContaining('不作为责任认定'),
    },
  });
  expect((await ticketOf(id)).state).toBe('dispatched');
  await move(power, id, 'signFor');
  await move(power, id, 'handle');
  expect(await move(counter.people.lead, id, 'withdraw')).toMatchObject({
    body: { code: 'ticket.conditionOpen' },
  });

  now = Date.parse('2026-08-24T09:30:00+08:00');
  expect(await interim(power, 'fixCause')).toMatchObject({ body: { code: 'interim.actImpossible' } });
  expect(await interim(power, 'removeHazard', '专家到场，已支撑加固', '吊车费用 3000 元')).toMatchObject({
    body: { state: 'causeOpen', hazardRemovedAt: '2026-08-24T01:30:00.000Z' },
  });
  expect(await move(power, id, 'reportDone', { reply: '已消险' })).toMatchObject({
    status: 409,
    body: { code: 'ticket.conditionOpen', data: { open: ['causeFixed'] } },
  });

  now = Date.parse('2026-08-31T16:00:00+08:00');
  const settled = await judge(id, { leadUnit: 'centre', reason: '商谈确权：属中心管养' });
  expect(settled).toMatchObject({ status: 201, body: { state: 'dispatched' } });
  expect((await counter.ask(centre, 'GET', `/v1/tickets/${id}/interim`)).body).toMatchObject({
    unitCode: 'power',
    ownerUnit: 'centre',
    settledAt: '2026-08-31T08:00:00.000Z',
  });
  await move(centre, id, 'signFor');
  await move(centre, id, 'handle');
  expect(await interim(power, 'fixCause')).toMatchObject({ status: 404 });
  expect(await interim(centre, 'fixCause', '已移植')).toMatchObject({ body: { state: 'fulfilled' } });
  expect((await move(centre, id, 'reportDone', { reply: '已移植' })).status).toBe(200);
  expect((await interim(counter.people.returnVisitor, 'recur', '市民称又倾斜')).body.state).toBe(
    'hazardOpen',
  );

  // What the interim handler did is no word on whose it is: nothing was learned from it.
  await learnLessons(counter.services)();
  const { rows } = await counter.db.query('select from dispatch_lessons where ticket_id = $1', [id]);
  expect(rows).toHaveLength(0);
  const proof = await counter.ask(counter.people.lead, 'GET', `/v1/tickets/${id}/proof`);
  expect(faultIn(proof.body, chainHash)).toBeNull();
});

test('a unit that works on a ticket becomes its interim handler without a move; another is not put in its place so', async () => {
  const id = await opened('water');
  const assign = async (unitCode: string) =>
    counter.ask(counter.people.dispatcher, 'POST', `/v1/tickets/${id}/interim`, {
      version: (await ticketOf(id)).version,
      unitCode,
      hazard: '触电危险',
      hours: 2,
    });
  expect(await assign('power')).toMatchObject({ body: { code: 'interim.unitHasIt' } });
  expect((await assign('water')).status).toBe(201);
  expect(await assign('water')).toMatchObject({ status: 409, body: { code: 'interim.taken' } });
  const mark = () => markHazards({ ...counter.services })();
  expect(await mark()).toBe(0);
  now += 2 * 3_600_000;
  await Promise.all([mark(), mark()]);
  const told = (await ticketOf(id)).timeline.filter(({ type }: { type: string }) => type === 'hazardOverdue');
  expect(told).toMatchObject([{ reason: '触电危险', body: { of: 'water' } }]);
});
