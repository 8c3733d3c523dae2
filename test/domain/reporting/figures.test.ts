import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../src/domain/deadlines/local-time.ts';
import {
  COUNT_NAMES,
  type LineCounts,
  NO_CALLS,
  NONE_REPORTED,
  withReported,
} from '../../../src/domain/reporting/counts.ts';
import { type FigureName, figuresOf } from '../../../src/domain/reporting/figures.ts';
import { joined, lineReports } from '../../../src/domain/reporting/line-report.ts';
import { aroundDay, daysOf, lengthOf, piecesOf } from '../../../src/domain/reporting/period.ts';
import { trafficCurve } from '../../../src/domain/reporting/traffic.ts';

const counts = (over: Partial<LineCounts>): LineCounts => ({ ...NO_CALLS, ...over });
const figure = (name: FigureName, of: LineCounts) => figuresOf(of).find((one) => one.name === name);

test('RD-23: 32 340 on the spot of 41 084 are 78.72 %, and with the tickets they are all', () => {
  const rudong = counts({ arrived: 41_084, answered: 41_084, onSpot: 32_340, tickets: 8744 });
  expect(figure('onSpotRate', rudong)).toMatchObject({
    zh: '当场解答率',
    numerator: 32_340,
    denominator: 41_084,
    value: 78.72,
    unit: '%',
  });
  expect(figure('ticketShare', rudong)?.value).toBe(21.28);
});

test('half a step goes up, exactly: TY-04 963 of 3853, and 1 of 8', () => {
  expect(figure('onSpotRate', counts({ onSpot: 963, tickets: 2890 }))?.value).toBe(24.99);
  expect(figure('onSpotRate', counts({ onSpot: 1, tickets: 799 }))?.value).toBe(0.13);
  expect(figure('averageWait', counts({ waitedMs: 1250, waits: 1 }))?.value).toBe(1.3);
});

test('whom a rule sent away, told something or let leave a message did not ask for a person', () => {
  const of = counts({
    arrived: 20,
    answered: 6,
    abandoned: 3,
    lost: 1,
    refused: 4,
    informed: 5,
    messages: 1,
  });
  expect(figure('connectionRate', of)).toMatchObject({ numerator: 6, denominator: 10, value: 60 });
  expect(figure('abandonRate', of)?.value).toBe(30);
});

test('satisfied is who gave one of the three better grades, of those who gave any (国办发〔2019〕51号)', () => {
  expect(figure('satisfactionRate', counts({ answered: 9, rated: 4, satisfied: 3 }))).toMatchObject({
    numerator: 3,
    denominator: 4,
    value: 75,
  });
});

test('nothing to divide by is no figure, and each figure carries its formula in two languages', () => {
  for (const one of figuresOf(NO_CALLS)) {
    expect(one).toMatchObject({ numerator: 0, denominator: 0, value: null });
    expect(one.formula.zh).toMatch(/÷/);
    expect(one.formula.en).toMatch(/\//);
  }
});

const count = fc.nat({ max: 1_000_000 });
const anyCounts = fc
  .record({
    onSpot: count,
    tickets: count,
    invalid: count,
    open: count,
    abandoned: count,
    refused: count,
    lost: count,
    informed: count,
    messages: count,
    callbacks: count,
    underWay: count,
    waitedMs: count,
    satisfied: count,
    dissatisfied: count,
  })
  .map(({ dissatisfied, ...parts }): LineCounts => {
    const rated = parts.satisfied + dissatisfied;
    const {
      onSpot,
      tickets,
      invalid,
      open,
      abandoned,
      refused,
      lost,
      informed,
      messages,
      callbacks,
      underWay,
    } = parts;
    const answered = onSpot + tickets + invalid + open;
    const arrived = answered + abandoned + refused + lost + informed + messages + callbacks + underWay;
    return { ...parts, answered, arrived, in15s: Math.floor(answered / 2), waits: answered, rated };
  });

test('every figure lies within its bounds, and what is decided is whole', () => {
  fc.assert(
    fc.property(anyCounts, (of) => {
      for (const { unit, value } of figuresOf(of)) {
        if (unit === '%' && value !== null) expect(value >= 0 && value <= 100).toBe(true);
      }
      const [spot, ticket] = [figure('onSpotRate', of)?.value, figure('ticketShare', of)?.value];
      if (typeof spot === 'number' && typeof ticket === 'number') expect(spot + ticket).toBeCloseTo(100, 1);
    }),
  );
});

test('the sum of the lines is the total, the calls without a line among them', () => {
  const line = fc.option(fc.constantFrom('12345', '12328', '12348'), { nil: null });
  const rows = fc.uniqueArray(fc.record({ line, counts: anyCounts }), { selector: ({ line: of }) => of });
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const { lines, total } = lineReports(
        ['12345'],
        { ours: before, reported: [] },
        { ours: after, reported: [] },
      );
      for (const name of COUNT_NAMES) {
        expect(lines.reduce((sum, one) => sum + one.after.counts[name], 0)).toBe(total.after.counts[name]);
        expect(lines.reduce((sum, one) => sum + (one.before?.counts[name] ?? 0), 0)).toBe(
          total.before?.counts[name],
        );
      }
      expect(lines.map(({ line: of }) => of)).toContain('12345');
    }),
  );
});

test('what a unit reported is apart from every figure, and in the sum', () => {
  const reported = { ...NONE_REPORTED, calls: 7, answered: 5, alreadyCounted: 2 };
  const { lines, total } = lineReports([], null, {
    ours: [{ line: '12348', counts: counts({ arrived: 3, answered: 2, onSpot: 2 }) }],
    reported: [
      { line: '12348', reported },
      { line: '12333', reported },
    ],
  });
  expect(lines.map(({ line, after }) => [line, after.withReported.arrived])).toEqual([
    ['12333', 7],
    ['12348', 10],
  ]);
  expect(lines[1]?.after.figures).toEqual(figuresOf(counts({ arrived: 3, answered: 2, onSpot: 2 })));
  expect(total.after.withReported).toEqual({ arrived: 17, answered: 12 });
  expect(withReported(NO_CALLS, reported)).toEqual({ arrived: 7, answered: 5 });
});

test('two periods side by side say what changed', () => {
  const rows = (answered: number, abandoned: number) => ({
    ours: [{ line: '12328', counts: counts({ arrived: answered + abandoned, answered, abandoned }) }],
    reported: [],
  });
  const { lines } = lineReports([], rows(80, 20), rows(96, 4));
  expect(lines[0]?.changes).toContainEqual({ name: 'connectionRate', change: 16 });
  expect(lines[0]?.changes).toContainEqual({ name: 'onSpotRate', change: null });
});

test('periods: days both included, a leap day, around a day, and none that ends before it begins', () => {
  expect(daysOf({ from: '2028-02-28', to: '2028-03-01' }, 366)).toEqual([
    '2028-02-28',
    '2028-02-29',
    '2028-03-01',
  ]);
  expect(daysOf({ from: '2026-01-02', to: '2026-01-01' }, 366)).toBeNull();
  expect(daysOf({ from: '2026-01-01', to: '2027-01-02' }, 366)).toBeNull();
  const { before, after } = aroundDay('2020-04-28', 30);
  expect([before, after]).toEqual([
    { from: '2020-03-29', to: '2020-04-27' },
    { from: '2020-04-28', to: '2020-05-27' },
  ]);
  expect([before, after].map((one) => one && lengthOf(one))).toEqual([30, 30]);
});

test('a long period in pieces: every day once, and the same sums', () => {
  const day = fc.integer({ min: 0, max: 800 }).map((n) => addDays('2025-01-01', n));
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 0, max: 365 }),
      fc.integer({ min: 1, max: 40 }),
      (from, more, most) => {
        const whole = { from, to: addDays(from, more) };
        const pieces = piecesOf(whole, most);
        expect(pieces.flatMap((one) => daysOf(one, most) ?? ['too long'])).toEqual(daysOf(whole, 366));
      },
    ),
  );
  const part = (n: number) => ({
    ours: [
      { line: '12345', counts: counts({ arrived: n, answered: n }) },
      { line: null, counts: counts({ arrived: 1 }) },
    ],
    reported: [{ line: '12348', reported: { ...NONE_REPORTED, calls: n } }],
  });
  expect(joined([part(2), part(5)])).toEqual({
    ours: [
      { line: '12345', counts: counts({ arrived: 7, answered: 7 }) },
      { line: null, counts: counts({ arrived: 2 }) },
    ],
    reported: [{ line: '12348', reported: { ...NONE_REPORTED, calls: 7 } }],
  });
});

test('a curve has no gap', () => {
  const row = { calls: 2, answered: 1, callers: 2, during: 2, after: 0, told: 1, reportedByUnit: 0 };
  const curve = trafficCurve(['2020-07-27', '2020-07-28'], [{ day: '2020-07-28', ...row }]);
  expect(curve.map(({ day, calls }) => [day, calls])).toEqual([
    ['2020-07-27', 0],
    ['2020-07-28', 2],
  ]);
});

test('the last days that can be written are a period like any other, those behind them are none', () => {
  const december = { from: '9999-12-01', to: '9999-12-31' };
  expect(piecesOf(december, 30)).toEqual([
    { from: '9999-12-01', to: '9999-12-30' },
    { from: '9999-12-31', to: '9999-12-31' },
  ]);
  expect(daysOf(december, 31)).toHaveLength(31);
  expect(daysOf(aroundDay('9999-12-31', 2).after, 366)).toBeNull();
});
