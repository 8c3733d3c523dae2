import { expect, test } from 'vitest';
import { unknownYears, yearsToEnter } from '../../../src/domain/deadlines/calendar-years.ts';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { dueAfterCalendarDays, dueAfterWorkingDays } from '../../../src/domain/deadlines/due.ts';
import { STAGE_LIMITS } from '../../../src/domain/deadlines/stages.ts';
import { marksOfStage } from '../../../src/domain/tickets/stage-marks.ts';

const local = { zone: 'Asia/Shanghai', years: [], days: [], periods: null };
const announced = chinaCalendar(local);
const entered = chinaCalendar({
  ...local,
  years: [2027],
  days: [{ day: '2027-01-01', working: false, name: '元旦' }],
});
const at = (local: string): number => Date.parse(`${local}+08:00`);

test.each([
  ['2026-10-31', [2025, 2026], []],
  ['2026-11-01', [2025, 2026], [2027]],
  ['2026-12-31', [2026, 2027], []],
  ['2027-01-01', [2026], [2027]],
  ['2027-11-01', [2026], [2027, 2028]],
])('on %s with %j known, %j are to be entered', (today, known, missing) => {
  expect(yearsToEnter(new Set(known), today)).toEqual(missing);
});

test('a span names the years of its ends and of all between that nobody knows', () => {
  expect(unknownYears(new Set([2026]), '2026-12-31', '2026-12-31')).toEqual([]);
  expect(unknownYears(new Set([2026]), '2026-12-31', '2028-01-01')).toEqual([2027, 2028]);
});

test('a due time in a year that nobody entered says that it is provisional and why; entered, it says nothing', () => {
  for (const count of [dueAfterWorkingDays, dueAfterCalendarDays]) {
    const guessed = count(at('2026-12-30T10:00'), 3, announced);
    expect(guessed.kind).toBe('provisional');
    expect(guessed.explanation.note).toBe(
      '暂定：2027 年的放假调休安排尚未录入，其间按周一至周五上班计算；录入后自动重新计算',
    );
    const certain = count(at('2026-12-30T10:00'), 3, entered);
    expect(certain.kind).toBe('certain');
    expect(certain.explanation).not.toHaveProperty('note');
  }
});

test.each([
  ['contact', '2026-12-31T10:00', '2027-01-01T18:00', '2027-01-04T18:00'],
  ['sign', '2026-12-31T17:30', '2027-01-01T10:30', '2027-01-04T10:30'],
] as const)(
  'the stage %s that begins on the last day of a year is provisional as well',
  (stage, from, guessed, certain) => {
    const mark = (calendar: typeof announced) =>
      marksOfStage(stage, at(from), 'normal', STAGE_LIMITS, { centre: calendar, unit: calendar }).at(-1);
    expect(mark(announced)).toMatchObject({
      provisional: true,
      dueAt: at(guessed),
      explanation: { missingYears: [2027], note: expect.stringContaining('2027 年') },
    });
    expect(mark(entered)).toMatchObject({ provisional: false, dueAt: at(certain) });
  },
);
