import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCORE_NAMES } from '../../../src/domain/reporting/scorecard.ts';
import { type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const from = day(Date.now() - 2 * 86_400_000);
const to = day(Date.now() + 2 * 86_400_000);

test('each figure has its formula, its interval, its place among peers and the way to its rows', async () => {
  const { agent, supervisor, unit } = counter.people;
  for (const unitCode of ['water', 'water', 'power']) {
    const body = {
      type: 'HELP',
      categoryCode: 'leak',
      content: '停水',
      unitCode,
      citizenNumber: '13912345678',
    };
    expect((await counter.ask(agent, 'POST', '/v1/tickets', body)).status).toBe(201);
  }
  const { status, body } = await counter.ask(supervisor, 'GET', `/v1/reports/units?from=${from}&to=${to}`);
  expect(status).toBe(200);
  expect(body.formulas.map(({ name }: { name: string }) => name)).toEqual([...SCORE_NAMES]);
  expect(body.units.map(({ code, kind }: { code: string; kind: string }) => [code, kind])).toEqual([
    ['power', 'public-utility'],
    ['water', 'public-utility'],
  ]);
  const returned = body.units[1].scores.find(({ name }: { name: string }) => name === 'returned');
  expect(returned).toMatchObject({
    ...{ numerator: 0, denominator: 2, value: 0, proven: null },
    // Two that did not come back say nothing yet: both units may stand first.
    ...{ interval: { from: 0, to: 65.76 }, rank: { from: 1, to: 2, of: 2 } },
  });
  const rows = await counter.ask(supervisor, 'GET', `${returned.rows}&part=rest`);
  expect(rows.body).toMatchObject({ rows: { length: 2 }, withheld: 0, next: null });
  expect(rows.body.rows[0]).toMatchObject({ counts: false, excluded: false });
  // A unit reads its own card, with its place, and looks behind no other's.
  const own = await counter.ask(unit, 'GET', `/v1/reports/units?from=${from}&to=${to}`);
  expect(own.body.units).toEqual([body.units[1]]);
  expect((await counter.ask(unit, 'GET', returned.rows)).body.rows).toHaveLength(2);
  const theirs = `/v1/reports/units/rows?unit=power&name=returned&from=${from}&to=${to}`;
  expect((await counter.ask(unit, 'GET', theirs)).body.code).toBe('score.otherUnit');
});

test('a card is read and never written: no operation takes a figure from anybody', async () => {
  const { lead } = counter.people;
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    expect((await counter.ask(lead, method, '/v1/reports/units', {})).status).toBe(404);
  }
});

test('a span that is too long or ends before it begins is refused', async () => {
  const { lead } = counter.people;
  for (const [start, end] of [
    ['2025-01-01', '2026-06-30'],
    ['2026-02-01', '2026-01-01'],
  ]) {
    const { body } = await counter.ask(lead, 'GET', `/v1/reports/units?from=${start}&to=${end}`);
    expect(body.code).toBe('period.tooLong');
  }
  const wrong = `/v1/reports/units/rows?unit=water&name=gossip&from=${from}&to=${to}`;
  expect((await counter.ask(lead, 'GET', wrong)).body.code).toBe('request.invalid');
});
