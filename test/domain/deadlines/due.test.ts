import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import {
  dueAfterCalendarDays,
  dueAfterWorkingDays,
  dueAfterWorkingMinutes,
  dueAtCloseOfDay,
  workingMsBetween,
} from '../../../src/domain/deadlines/due.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
/** Local time in China, both ways. */
const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}+08:00`);
const local = (instant: number): string =>
  new Date(instant + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const due = (accepted: string, days: number): string =>
  local(dueAfterWorkingDays(at(accepted), days, calendar).dueAt);

test('F-14: accepted on the Friday before a make-up Saturday: the Saturday counts, and each day is explained', () => {
  // 2026-10-10 is a Saturday that works; 10-09 the Friday before it.
  const counted = dueAfterWorkingDays(at('2026-10-09 23:59:59'), 3, calendar);
  expect(local(counted.dueAt)).toBe('2026-10-13 18:00:00');
  expect(counted.kind).toBe('certain');
  expect(
    counted.explanation.days.map(({ date, name, counts, count }) => [date, name, counts, count]),
  ).toEqual([
    ['2026-10-09', '星期五', 'startDay', null],
    ['2026-10-10', '国庆节调休', 'counted', 1],
    ['2026-10-11', '星期日', 'dayOff', null],
    ['2026-10-12', '星期一', 'counted', 2],
    ['2026-10-13', '星期二', 'counted', 3],
  ]);
  expect(counted.explanation.rule).toContain('第二百零一条');
});

test.each([
  // The day of acceptance does not count, at whichever hour (art. 201).
  ['2026-11-23 00:00:00', 3, '2026-11-26 18:00:00'],
  ['2026-11-23 23:59:59', 3, '2026-11-26 18:00:00'],
  // Over a weekend.
  ['2026-11-26 10:00:00', 5, '2026-12-03 18:00:00'],
  // On a holiday, and before one: National Day 2026 is 1 to 7 October.
  ['2026-10-03 12:00:00', 3, '2026-10-10 18:00:00'],
  ['2026-09-30 09:00:00', 1, '2026-10-08 18:00:00'],
  // On the make-up day itself, which does not count as the start day.
  ['2026-10-10 08:00:00', 1, '2026-10-12 18:00:00'],
  // Spring Festival 2026: 15 to 23 February off, 14 and 28 February work.
  ['2026-02-13 17:00:00', 2, '2026-02-24 18:00:00'],
  // Over New Year within known years: 1 to 3 January 2026 off, Sunday the 4th works.
  ['2025-12-31 10:00:00', 2, '2026-01-05 18:00:00'],
  // A leap day.
  ['2024-02-28 10:00:00', 1, '2024-02-29 18:00:00'],
])('accepted %s, %i working days: due %s', (accepted, days, expected) => {
  expect(due(accepted, days)).toBe(expected);
});

test('a year without a calendar makes the due time provisional and names the year', () => {
  const counted = dueAfterWorkingDays(at('2026-12-29 10:00:00'), 5, calendar);
  expect(counted).toMatchObject({ kind: 'provisional', explanation: { missingYears: [2027] } });
  expect(
    counted.explanation.days.filter(({ kind }) => kind.startsWith('assumed')).map(({ date }) => date),
  ).toEqual(['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04', '2027-01-05']);
  // The last working day of the known year needs nothing of the next.
  expect(dueAfterWorkingDays(at('2026-12-29 10:00:00'), 2, calendar).kind).toBe('certain');
  // The start day itself does not count, so its year need not be known.
  expect(dueAfterWorkingDays(at('2019-12-31 10:00:00'), 1, calendar).kind).toBe('certain');
});

test.each([0, -1, 1.5, 251, Number.NaN])('%d working days are refused', (days) => {
  expect(() => dueAfterWorkingDays(at('2026-11-23 10:00:00'), days, calendar)).toThrow(RangeError);
});

test('a calendar in which nobody ever works is refused, not searched for ever', () => {
  const never = {
    ...calendar,
    exceptions: new Map(
      Array.from({ length: 90 }, (_, index) => [
        new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
        { working: false, name: '停工' },
      ]),
    ),
  };
  expect(() => dueAfterWorkingDays(at('2026-01-01 10:00:00'), 1, never)).toThrow('no working day');
});

test('calendar days end at the close of a working day: a last day off gives way (art. 203)', () => {
  const seven = (accepted: string): string => local(dueAfterCalendarDays(at(accepted), 7, calendar).dueAt);
  expect(seven('2026-11-23 10:00:00')).toBe('2026-11-30 18:00:00');
  // The seventh day is Saturday 2026-11-28.
  expect(seven('2026-11-21 10:00:00')).toBe('2026-11-30 18:00:00');
  // The seventh day is the make-up Saturday.
  expect(seven('2026-10-03 10:00:00')).toBe('2026-10-10 18:00:00');
});

test('当日办结: to the close of the day on which it came in, or of the next that is worked when that was over', () => {
  const close = (accepted: string, days = 1) => local(dueAtCloseOfDay(at(accepted), days, calendar).dueAt);
  expect(close('2026-09-18 08:00')).toBe('2026-09-18 18:00:00');
  expect(close('2026-09-18 17:59')).toBe('2026-09-18 18:00:00');
  // Friday at closing time, and the Saturday off: the make-up Sunday is the next day that is worked (F-14).
  expect(close('2026-09-18 18:00')).toBe('2026-09-20 18:00:00');
  expect(close('2026-09-19 10:00')).toBe('2026-09-20 18:00:00');
  expect(close('2026-09-18 10:00', 3)).toBe('2026-09-21 18:00:00');
  const { explanation } = dueAtCloseOfDay(at('2026-09-18 10:00'), 2, calendar);
  expect(explanation.days.map(({ date, counts, count }) => [date, counts, count])).toEqual([
    ['2026-09-18', 'counted', 1],
    ['2026-09-19', 'dayOff', null],
    ['2026-09-20', 'counted', 2],
  ]);
  expect(explanation.rule).toContain('受理当日计为第1个工作日');
  // Into a year that nobody entered: an assumption, and said.
  expect(dueAtCloseOfDay(at('2026-12-31 18:00'), 1, calendar)).toMatchObject({
    kind: 'provisional',
    explanation: { missingYears: [2027] },
  });
  expect(() => dueAtCloseOfDay(at('2026-09-18 10:00'), 0, calendar)).toThrow(RangeError);
});

test('counted from the day itself nobody has longer than counted from the next, and always some time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at('2026-01-01 00:00'), max: at('2026-12-20 00:00') }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 5 * 86_400_000 }),
      (from, days, more) => {
        const { dueAt } = dueAtCloseOfDay(from, days, calendar);
        expect(dueAt).toBeGreaterThan(from);
        expect(dueAt).toBeLessThanOrEqual(dueAfterWorkingDays(from, days, calendar).dueAt);
        expect(dueAt).toBeLessThan(dueAtCloseOfDay(from, days + 1, calendar).dueAt);
        expect(dueAtCloseOfDay(from + more, days, calendar).dueAt).toBeGreaterThanOrEqual(dueAt);
      },
    ),
  );
});

test('hours run only while the units work', () => {
  const after = (from: string, minutes: number): string =>
    local(dueAfterWorkingMinutes(at(from), minutes, calendar));
  expect(after('2026-11-23 09:00:00', 120)).toBe('2026-11-23 11:00:00');
  expect(after('2026-11-23 11:00:00', 120)).toBe('2026-11-23 15:00:00');
  expect(after('2026-11-23 17:30:00', 60)).toBe('2026-11-24 09:30:00');
  expect(after('2026-11-27 20:00:00', 30)).toBe('2026-11-30 09:30:00');
  expect(after('2026-11-23 09:00:00', 180)).toBe('2026-11-23 12:00:00');
  expect(workingMsBetween(at('2026-11-23 11:00:00'), at('2026-11-24 10:00:00'), calendar)).toBe(
    6 * 3_600_000,
  );
});

test('another zone, and a change to summer time: the close of business stays on the wall clock', () => {
  const berlin = chinaCalendar({ zone: 'Europe/Berlin', years: [], days: [], periods: null });
  // 2026-03-29 is the change; due on Monday 30 at 18:00 summer time.
  const { dueAt } = dueAfterWorkingDays(Date.parse('2026-03-27T10:00:00+01:00'), 1, berlin);
  expect(new Date(dueAt).toISOString()).toBe('2026-03-30T16:00:00.000Z');
});
