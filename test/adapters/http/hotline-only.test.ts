import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';

// Invariant 9 where it is not a ticket's move: whose a matter is, by which rules, limits and calendars it is counted.

let counter: Counter;
/** Somebody of the waterworks whom an administrator gave every role of the hotline that such things take. */
let insider: Person;
beforeAll(async () => {
  counter = await openCounter();
  insider = await counter.person(['adjudicator', 'dispatcher', 'lead', 'operator'], { unitCode: 'water' });
});
afterAll(() => counter.close());

test('nobody of a unit decides that its ticket stays with it, whatever roles he has beside', async () => {
  const { agent, adjudicator, lead } = counter.people;
  const ticket = { type: 'COMPLAINT', categoryCode: 'leak', content: '泵房漏水', unitCode: 'water' };
  const { id } = (await counter.ask(agent, 'POST', '/v1/tickets', ticket)).body;
  const decision = { ticketId: id, version: 2, leadUnit: 'water', reason: '属供水' };
  const key = () => ({ 'idempotency-key': randomUUID() });
  const judge = (who: Person) => counter.ask(who, 'POST', '/v1/adjudications', decision, key());
  expect(await judge(insider)).toMatchObject({ status: 403, body: { code: 'access.ofUnit' } });
  const { body } = await counter.ask(lead, 'GET', `/v1/tickets/${id}`);
  expect(body.timeline.map(({ type }: { type: string }) => type)).not.toContain('adjudicated');
  // Nor makes a rule of what somebody else decided.
  const decided = await judge(adjudicator);
  expect(decided.status).toBe(201);
  const rule = `/v1/adjudications/${decided.body.id}/rule`;
  expect((await counter.ask(insider, 'POST', rule, { category: 'leak' }, key())).body.code).toBe(
    'access.ofUnit',
  );
  expect((await counter.ask(adjudicator, 'POST', rule, { category: 'leak' }, key())).status).toBe(200);
});

test('nor says by which catalogue, limits, calendar and hours his unit is counted', async () => {
  const off = {
    unitCode: 'water',
    days: [{ day: '2026-12-01', working: false, name: '盘点' }],
    reason: '本单位盘点',
  };
  for (const [method, path, body] of [
    ['POST', '/dispatch/catalogue', {}],
    ['POST', '/dispatch/catalogue/import', {}],
    ['POST', '/calendar/edits', off],
    ['PUT', '/calendar/notice-hours', {}],
    ['POST', '/limits', {}],
    ['POST', '/limits/1/decisions', {}],
    ['PUT', '/survey-rules', {}],
  ] as const) {
    const { status, body: said } = await counter.ask(insider, method, `/v1${path}`, body);
    expect({ path, status, code: said.code }).toEqual({ path, status: 403, code: 'access.ofUnit' });
  }
});

test('nor brings in, publishes, exports or corrects what other units tell citizens', async () => {
  const id = randomUUID();
  const table = { kind: 'entries', format: 'csv', fileName: '表.csv', content: 'code' };
  for (const [method, path, body] of [
    ['POST', '/imports', { ...table, publish: true }],
    ['GET', '/imports', undefined],
    ['GET', `/imports/${id}`, undefined],
    ['POST', `/imports/${id}/decision`, { approve: true }],
    ['GET', '/exports/entries', undefined],
    ['POST', '/knowledge/synonyms', {}],
    ['POST', '/knowledge/synonyms/import', { csv: 'said,means' }],
    ['GET', '/knowledge/synonyms.csv', undefined],
    ['POST', '/knowledge-notices', { title: '通知', text: '内容', critical: true }],
    ['POST', `/knowledge-notices/${id}/withdrawal`, {}],
    ['POST', `/knowledge/${id}/corrections`, { versions: [1], reason: '有误' }],
    ['POST', `/places/${id}/target`, { revision: 1, targetCode: 'T1' }],
  ] as const) {
    const { status, body: said } = await counter.ask(insider, method, `/v1${path}`, body);
    expect({ path, status, code: said.code }).toEqual({ path, status: 403, code: 'access.ofUnit' });
  }
});

test('nor reads what those above are told of units, nor hands an incident over, though he leads', async () => {
  const leader = await counter.person(['unit', 'leader'], { unitCode: 'water' });
  const id = randomUUID();
  const handOver = { version: 1, unitCode: 'water', demand: '立即抢修供水' };
  for (const [who, method, path, body] of [
    [leader, 'GET', '/special-reports', undefined],
    [leader, 'GET', `/special-reports/${id}`, undefined],
    [insider, 'GET', '/special-reports', undefined],
    [insider, 'POST', `/incidents/${id}/hand-over`, handOver],
  ] as const) {
    const { status, body: said } = await counter.ask(who, method, `/v1${path}`, body);
    expect({ path, status, code: said.code }).toEqual({ path, status: 403, code: 'access.ofUnit' });
  }
});
