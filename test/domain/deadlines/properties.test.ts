import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarDay } from '../../../src/domain/deadlines/calendar.ts';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { marksOf } from '../../../src/domain/deadlines/clocks.ts';
import {
  dueAfterWorkingDays,
  dueAfterWorkingMinutes,
  workingMsBetween,
} from '../../../src/domain/deadlines/due.ts';
import { addDays, instantOf, localDateOf } from '../../../src/domain/deadlines/local-time.ts';
import { PRESETS } from '../../../src/domain/deadlines/presets.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
const instant = fc.integer({ min: Date.parse('2019-12-01'), max: Date.parse('2027-02-01') });
const days = fc.integer({ min: 1, max: 40 });

test('a later acceptance is never due earlier, and more days never earlier', () => {
  fc.assert(
    fc.property(instant, instant, days, days, (a, b, m, n) => {
      const due = (at: number, count: number): number => dueAfterWorkingDays(at, count, calendar).dueAt;
      expect(due(Math.min(a, b), m)).toBeLessThanOrEqual(due(Math.max(a, b), m));
      if (m < n) expect(due(a, m)).toBeLessThan(due(a, n));
      expect(due(a, m)).toBeGreaterThan(a);
    }),
  );
});

test('the explanation sums up: every day once, in order, as many counted as asked, the last one due', () => {
  fc.assert(
    fc.property(instant, days, (at, count) => {
      const { dueAt, explanation, kind } = dueAfterWorkingDays(at, count, calendar);
      const [start, ...rest] = explanation.days;
      expect(start?.date).toBe(localDateOf(at, 'Asia/Shanghai'));
      rest.forEach(({ date }, index) => {
        expect(date).toBe(addDays(explanation.days[index]?.date ?? '', 1));
      });
      expect(rest.filter(({ counts }) => counts === 'counted').map(({ count: n }) => n)).toEqual(
        Array.from({ length: count }, (_, index) => index + 1),
      );
      for (const day of rest) {
        expect(day.counts === 'counted').toBe(calendarDay(calendar, day.date).working);
      }
      expect(dueAt).toBe(instantOf(rest.at(-1)?.date ?? '', 18 * 60, 'Asia/Shanghai'));
      expect(kind === 'provisional').toBe(explanation.missingYears.length > 0);
    }),
  );
});

test('the whole day of acceptance gives one due time', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 86_399_999 }), days, (a, offset, count) => {
      const midnight = instantOf(localDateOf(a, 'Asia/Shanghai'), 0, 'Asia/Shanghai');
      expect(dueAfterWorkingDays(midnight + offset, count, calendar).dueAt).toBe(
        dueAfterWorkingDays(midnight, count, calendar).dueAt,
      );
    }),
  );
});

test('working minutes are the inverse of working time between', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 5000 }), (from, minutes) => {
      const to = dueAfterWorkingMinutes(from, minutes, calendar);
      expect(workingMsBetween(from, to, calendar)).toBe(minutes * 60_000);
    }),
  );
});

test('working time added in two goes is the same as in one, and more of it is never sooner', () => {
  const minutes = fc.integer({ min: 0, max: 3000 });
  fc.assert(
    fc.property(instant, minutes, minutes, (from, first, second) => {
      const there = dueAfterWorkingMinutes(from, first, calendar);
      const whole = dueAfterWorkingMinutes(from, first + second, calendar);
      expect(dueAfterWorkingMinutes(there, second, calendar)).toBe(whole);
      expect(whole).toBeGreaterThanOrEqual(there);
      // A span is the sum of its parts, wherever it is cut.
      expect(workingMsBetween(from, there, calendar) + workingMsBetween(there, whole, calendar)).toBe(
        workingMsBetween(from, whole, calendar),
      );
    }),
  );
});

test('the marks of every preset come in order, inside the working time, and end with the due time', () => {
  const types = ['ENQUIRY', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGESTION', 'PRAISE'] as const;
  fc.assert(
    fc.property(instant, fc.constantFrom(...PRESETS), fc.constantFrom(...types), (at, preset, type) => {
      const marks = marksOf('citizen', at, preset.limits[type], calendar);
      expect(marks.map(({ kind, level }) => `${kind} ${level}`)).toEqual([
        'warning 50',
        'warning 80',
        'overdue 100',
      ]);
      const [half = 0, most = 0, end = 0] = marks.map(({ dueAt }) => dueAt);
      expect(at).toBeLessThan(half);
      expect(half).toBeLessThan(most);
      expect(most).toBeLessThan(end);
      for (const mark of marks) {
        const date = localDateOf(mark.dueAt, 'Asia/Shanghai');
        const minute = (mark.dueAt - instantOf(date, 0, 'Asia/Shanghai')) / 60_000;
        expect(calendarDay(calendar, date).working).toBe(true);
        expect(minute).toBeGreaterThanOrEqual(9 * 60);
        expect(minute).toBeLessThanOrEqual(18 * 60);
      }
      const whole = workingMsBetween(at, end, calendar);
      expect(workingMsBetween(at, half, calendar) / whole).toBeCloseTo(0.5, 5);
      expect(workingMsBetween(at, most, calendar) / whole).toBeCloseTo(0.8, 5);
    }),
  );
});

test('wall clocks of any zone are read back, also on the days of a change', () => {
  const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu');
  fc.assert(
    fc.property(instant, zones, fc.integer({ min: 0, max: 1439 }), (at, zone, minute) => {
      const date = localDateOf(at, zone);
      const found = instantOf(date, minute, zone);
      expect(localDateOf(found, zone)).toBe(date);
      // Never more than the hour that a change takes or gives.
      const midnight = instantOf(date, 0, zone);
      expect(Math.abs(found - midnight - minute * 60_000)).toBeLessThanOrEqual(3_600_000);
    }),
  );
});
