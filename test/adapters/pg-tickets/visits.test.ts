import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { supervisionBooks } from '../../../src/adapters/pg/supervision.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { visitBooks } from '../../../src/adapters/pg/visits.ts';
import type { AppError } from '../../../src/app/errors.ts';
import { issueOrder } from '../../../src/app/supervision/issue-order.ts';
import { moveOrder } from '../../../src/app/supervision/move-order.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { recordVisit, type VisitRequest } from '../../../src/app/visits/record-visit.ts';
import type { Appeal } from '../../../src/domain/tickets/opening.ts';
import { sightOf } from '../../../src/domain/tickets/visibility.ts';
import { appeal, type County, freshCounty } from './county.ts';
import * as visited from './visited.ts';

let county: County;
let now: number;
beforeAll(async () => {
  county = await freshCounty();
});
beforeEach(() => {
  now = Date.parse('2026-09-21T09:00:00+08:00');
});
afterAll(() => county.close());

const toCall = async (limit: number) =>
  (await visitBooks(county.db).toVisit(sightOf(county.lead), {}, { limit })).rows;

const deps = () => visited.visitDeps(county, () => now);
const FINE = { resolved: true, result: 5, process: 4, words: '' } as const;
const POOR = { resolved: false, result: 1, process: 2, words: '灯还是不亮' } as const;

const reported = (id: string, from: 'dispatched' | 'handling') =>
  visited.reported(county, () => now, id, from);
const toVisit = (over: Partial<Appeal> = {}) => visited.toVisit(county, () => now, over);
const visit = (request: Partial<VisitRequest> & Pick<VisitRequest, 'tickets' | 'outcome'>) =>
  recordVisit(deps())({ callAgainAt: null, actor: county.lead, ...request });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('should have been refused'),
    ({ code, data }: AppError) => ({ code, data }),
  );
const detail = async (id: string) => {
  const ticket = await ticketBooks(county.db).detail(id, sightOf(county.lead));
  return ticket ?? expect.fail('gone');
};
const orders = async (ticketId: string, actor = county.lead) =>
  (await supervisionBooks(county.db).list({ ticketId }, sightOf(actor), { limit: 10 })).orders;

test('a citizen who is content closes the ticket, with the three answers on the time line', async () => {
  const { id, version } = await toVisit();
  expect(await visit({ outcome: 'answered', tickets: [{ id, version, answers: FINE }] })).toMatchObject([
    { state: 'closed', order: null },
  ]);
  expect((await detail(id)).timeline.at(-1)).toMatchObject({
    type: 'close',
    reason: '回访：已解决，结果非常满意，过程满意',
    actor: { id: county.lead.accountId },
  });
});

test('who is not content gets it done again; the second time a rule supervises the unit, once while the order stands', async () => {
  const { id, version } = await toVisit();
  const [first] = await visit({ outcome: 'answered', tickets: [{ id, version, answers: POOR }] });
  expect(first).toMatchObject({ state: 'handling', order: null });
  const again = await reported(id, 'handling');
  const [second] = await visit({ outcome: 'answered', tickets: [{ id, version: again, answers: POOR }] });
  expect(second).toMatchObject({ state: 'handling', order: expect.stringMatching(/^RDDB20260921-\d{4}$/) });
  const third = await reported(id, 'handling');
  expect(
    (await visit({ outcome: 'answered', tickets: [{ id, version: third, answers: POOR }] }))[0]?.order,
  ).toBeNull();
  const [order, ...more] = await orders(id);
  expect(more).toEqual([]);
  expect(order).toMatchObject({
    number: second?.order,
    trigger: 'secondDissatisfaction',
    instrument: 'written',
    unit: { code: 'lighting' },
    issuedBy: null,
    // Three working days after Monday; the Thursday is 24 September.
    dueAt: '2026-09-24T10:00:00.000Z',
  });
  expect((await detail(id)).timeline.map(({ type }) => type)).toContain('supervisionIssued');
});

test('one call about two tickets is one piece of work: a fault in one writes neither', async () => {
  const citizen = { citizenNumber: '13900001111' };
  const [one, two] = [await toVisit(citizen), await toVisit(citizen)];
  const tickets = [
    { id: one.id, version: one.version, answers: FINE },
    { id: two.id, version: 1, answers: FINE },
  ];
  expect(await refusal(visit({ outcome: 'answered', tickets }))).toMatchObject({
    code: 'ticket.movedMeanwhile',
  });
  expect((await detail(one.id)).state).toBe('returnVisit');
  const list = await toCall(50);
  const mine = list.find(({ citizenNumber }) => citizenNumber === citizen.citizenNumber);
  expect(mine?.tickets.map(({ number }) => number)).toEqual([one.number, two.number]);
  expect(mine?.tickets[0]).toMatchObject({ reply: '已修复。', reworks: 0, attempts: [] });
  const right = tickets.map((ticket) => ({ ...ticket, version: 99 }));
  expect((await visit({ outcome: 'answered', tickets: right })).map(({ state }) => state)).toEqual([
    'closed',
    'closed',
  ]);
});

test('giving up takes three tries on two days in two parts of the day; the attempts of before a rework do not count', async () => {
  const { id } = await toVisit();
  const attempt = (outcome: VisitRequest['outcome']) =>
    visit({ outcome, tickets: [{ id, version: 99, answers: null }] });
  await attempt('noAnswer');
  now += 6 * 3_600_000;
  await attempt('busy');
  expect(await refusal(attempt('givenUp'))).toMatchObject({
    code: 'visit.tooFewAttempts',
    data: { tries: 2, days: 1, dayParts: 2, needed: { tries: 3 } },
  });
  now += 20 * 3_600_000;
  await attempt('noAnswer');
  expect((await attempt('givenUp'))[0]).toMatchObject({ state: 'closed' });
  expect((await detail(id)).timeline.at(-1)).toMatchObject({
    type: 'closeUnvisited',
    reason: '回访：多次未能联系',
  });

  const other = await toVisit();
  await visit({ outcome: 'noAnswer', tickets: [{ ...other, answers: null }] });
  await visit({ outcome: 'answered', tickets: [{ id: other.id, version: 99, answers: POOR }] });
  now += 60_000;
  await reported(other.id, 'handling');
  const list = await toCall(50);
  const ticket = list.flatMap(({ tickets }) => tickets).find((one) => one.id === other.id);
  expect(ticket).toMatchObject({ reworks: 1, attempts: [] });
});

test('answers and outcome belong together; a ticket that is elsewhere is not visited', async () => {
  const { id, version } = await toVisit();
  const ask = (outcome: VisitRequest['outcome'], answers: VisitRequest['tickets'][number]['answers']) =>
    refusal(visit({ outcome, tickets: [{ id, version, answers }] }));
  expect(await ask('answered', null)).toMatchObject({ code: 'visit.answersMissing' });
  expect(await ask('busy', FINE)).toMatchObject({ code: 'visit.answersOutOfPlace' });
  expect(await ask('callLater', null)).toMatchObject({ code: 'visit.timeMissing' });
  await visit({ outcome: 'answered', tickets: [{ id, version, answers: FINE }] });
  expect(
    await refusal(visit({ outcome: 'busy', tickets: [{ id, version: 99, answers: null }] })),
  ).toMatchObject({
    code: 'visit.notDue',
    data: { state: 'closed' },
  });
});

test('the rates count answers by the unit that was asked about', async () => {
  const [from, to] = [Date.parse('2026-12-01T00:00:00Z'), Date.parse('2026-12-02T00:00:00Z')];
  now = from + 3_600_000;
  for (const answers of [FINE, FINE, { ...FINE, process: 1 }, POOR] as const) {
    const { id, version } = await toVisit();
    await visit({ outcome: 'answered', tickets: [{ id, version, answers }] });
  }
  const { id, version } = await toVisit();
  await visit({ outcome: 'refused', tickets: [{ id, version, answers: null }] });
  expect(await visitBooks(county.db).counts(from, to)).toMatchObject([
    {
      unitCode: 'lighting',
      unitName: '路灯管理所',
      answered: 4,
      resolved: 3,
      satisfiedResult: 3,
      satisfiedProcess: 2,
    },
  ]);
});

test('a supervisor’s order is answered by the unit, sent back, answered again and closed; another unit does not see it', async () => {
  const { id: ticketId } = await openTicket(deps())({ appeal: appeal(), callId: null, actor: county.agent });
  const { id, number } = await issueOrder(deps())({
    id: randomUUID(),
    ticketId,
    instrument: 'onSite',
    demand: '请到现场核实路灯情况',
    document: { place: '青园路', at: '9月22日', participants: '督办员、路灯管理所' },
    workingDays: 2,
    actor: county.lead,
  });
  const move = (what: 'answer' | 'refuse' | 'close', actor = county.lead) =>
    moveOrder(deps())({
      ...{ id, move: what, words: `已${what}`, actor },
      ...(what === 'close' ? { outcome: { findings: '三盏灯已亮' } } : {}),
    });
  expect(await orders(ticketId, { ...county.unit, unitCode: 'water' })).toEqual([]);
  expect(await refusal(move('answer', { ...county.unit, unitCode: 'water' }))).toMatchObject({
    code: 'supervision.unknown',
  });
  expect(await move('answer', county.unit)).toEqual({ id, number, state: 'answered' });
  expect((await move('refuse')).state).toBe('issued');
  expect(await refusal(move('close'))).toMatchObject({ code: 'supervision.moveImpossible' });
  await move('answer', county.unit);
  await move('close');
  expect((await orders(ticketId, county.unit))[0]).toMatchObject({
    state: 'closed',
    answer: '已answer',
    finding: '已close',
    dueAt: '2026-09-23T10:00:00.000Z',
    finishedAt: new Date(now).toISOString(),
  });
  expect((await detail(ticketId)).timeline.map(({ type }) => type).slice(2)).toEqual([
    'supervisionIssued',
    'supervisionMoved',
    'supervisionMoved',
    'supervisionMoved',
    'supervisionMoved',
  ]);
});

test('when three units have returned a ticket, whoever is found responsible has an order with it', async () => {
  await county.db.query(`insert into units (code, name, kind) values ('housing', '住建局', 'government')`);
  const { id } = await openTicket(deps())({ appeal: appeal(), callId: null, actor: county.agent });
  const move = moveTicket(deps());
  const units = ['lighting', 'water', 'housing', 'lighting'];
  for (const [index, unitCode] of units.slice(0, 3).entries()) {
    const next = units[index + 1] ?? '';
    await move({
      id,
      move: 'returnTicket',
      version: null,
      reason: '不属我单位',
      details: { evidence: '见附件', suggestedUnitCode: next },
      actor: { ...county.unit, unitCode },
    });
    expect(await orders(id)).toEqual([]);
    await move({
      id,
      move: 'acceptReturn',
      version: null,
      reason: '裁定',
      details: { unitCode: next },
      actor: county.lead,
    });
  }
  expect(await orders(id)).toMatchObject([{ trigger: 'thirdReturn', unit: { code: 'lighting' } }]);
});

test('a handling unit does not even try to visit itself, whatever else its account may do (invariant 9)', async () => {
  const { id, version } = await toVisit();
  const own = { ...county.unit, roles: ['unit', 'returnVisitor'] as const };
  for (const outcome of ['noAnswer', 'busy', 'refused'] as const) {
    expect(
      await refusal(visit({ outcome, tickets: [{ id, version, answers: null }], actor: own })),
    ).toMatchObject({ code: 'ticket.ownUnit' });
  }
  expect(await toCall(50)).toContainEqual(
    expect.objectContaining({ tickets: [expect.objectContaining({ id, attempts: [] })] }),
  );
});

test('a ticket named twice in one visit is one try at most', async () => {
  const { id, version } = await toVisit();
  const twice = [
    { id, version, answers: null },
    { id, version, answers: null },
  ];
  expect(await refusal(visit({ outcome: 'noAnswer', tickets: twice }))).toMatchObject({
    code: 'visit.ticketTwice',
    data: { id },
  });
});

test('a second rework supervises the unit by whichever way it was sent back', async () => {
  const { id, version } = await toVisit();
  await visit({ outcome: 'answered', tickets: [{ id, version, answers: POOR }] });
  await reported(id, 'handling');
  await moveTicket(deps())({
    id,
    move: 'rework',
    version: null,
    reason: '市民来电仍不满意',
    details: {},
    actor: county.lead,
  });
  expect(await orders(id)).toMatchObject([{ trigger: 'secondDissatisfaction', unit: { code: 'lighting' } }]);
});

test('H15: a closed matter is opened again on the last day of its window, with its thread and its whole time, and not on the day after', async () => {
  const closed = async () => {
    const { id, version } = await toVisit();
    await visit({ outcome: 'answered', tickets: [{ id, version, answers: FINE }] });
    return id;
  };
  const [inTime, tooLate] = [await closed(), await closed()];
  const reopen = (id: string) =>
    moveTicket(deps())({
      ...{ id, move: 'reopen', version: null, reason: '又漏了', details: {}, actor: county.lead },
    });
  // Fifteen natural days by this county's limits; the last counts to its end.
  now = Date.parse('2026-10-06T23:59:59+08:00');
  expect(await reopen(inTime)).toMatchObject({ state: 'handling' });
  const again = await detail(inTime);
  expect(again.timeline.slice(-2).map(({ type }) => type)).toEqual(['close', 'reopen']);
  const unitDue = again.deadlines.find(({ clock, kind }) => clock === 'unit' && kind === 'overdue');
  expect(Date.parse(unitDue?.dueAt ?? '')).toBeGreaterThan(now);
  now = Date.parse('2026-10-07T00:00:00+08:00');
  expect(await refusal(reopen(tooLate))).toMatchObject({
    code: 'ticket.reopenTooLate',
    data: { until: '2026-10-06T16:00:00.000Z' },
  });
  expect((await detail(tooLate)).state).toBe('closed');
});
