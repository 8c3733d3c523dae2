import chineseDays from 'chinese-days';
import { expect, test } from 'vitest';
import { calendarDay } from '../../../src/domain/deadlines/calendar.ts';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { CHINA_YEARS } from '../../../src/domain/deadlines/china-holidays.ts';
import { addDays } from '../../../src/domain/deadlines/local-time.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });

test('every day from 2020 to 2026 agrees with a second source', () => {
  const differing: string[] = [];
  for (let day = '2020-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
    if (calendarDay(calendar, day).working !== chineseDays.isWorkday(day)) differing.push(day);
  }
  expect(differing).toEqual([]);
});

test('the announced years are whole, in order, and each names its decree', () => {
  expect(CHINA_YEARS.map(({ year }) => year)).toEqual([2020, 2021, 2022, 2023, 2024, 2025, 2026]);
  for (const { year, basis, holidays, makeupDays } of CHINA_YEARS) {
    expect(basis).toMatch(/^国办发明电〔\d{4}〕\d+号/);
    const days = [
      ...holidays.map(([from]) => from),
      ...holidays.map(([, to]) => to),
      ...makeupDays.map(([day]) => day),
    ];
    expect(days.filter((day) => !day.startsWith(`${year}-`))).toEqual([]);
    expect(holidays.every(([from, to]) => from <= to)).toBe(true);
  }
});

test('make-up days are weekend days that work; holidays of two feasts in one row keep their names', () => {
  expect(calendarDay(calendar, '2026-10-10')).toEqual({
    date: '2026-10-10',
    kind: 'makeupWorkday',
    working: true,
    name: '国庆节调休',
  });
  expect(calendarDay(calendar, '2025-10-06')).toMatchObject({ kind: 'holiday', name: '中秋节' });
  expect(calendarDay(calendar, '2027-01-01')).toMatchObject({ kind: 'assumedWorkday', working: true });
  expect(calendarDay(calendar, '2027-01-02')).toMatchObject({ kind: 'assumedWeekend', working: false });
});

test("the county's own days and years lie on top", () => {
  const guangxi = chinaCalendar({
    zone: 'Asia/Shanghai',
    years: [2027],
    days: [
      { day: '2026-04-20', working: false, name: '广西三月三' },
      { day: '2027-01-01', working: false, name: '元旦' },
    ],
    periods: null,
  });
  expect(calendarDay(guangxi, '2026-04-20')).toMatchObject({ kind: 'holiday', name: '广西三月三' });
  expect(calendarDay(guangxi, '2027-01-01')).toMatchObject({ kind: 'holiday' });
  expect(calendarDay(guangxi, '2027-01-04')).toMatchObject({ kind: 'workday' });
});

test.each([
  [[], 'a working day needs at least one period'],
  [[{ fromMinute: 540, toMinute: 500 }], 'periods are in order, do not overlap and lie within the day'],
  [
    [
      { fromMinute: 540, toMinute: 720 },
      { fromMinute: 700, toMinute: 800 },
    ],
    'periods are in order, do not overlap and lie within the day',
  ],
  [[{ fromMinute: 540, toMinute: 1441 }], 'periods are in order, do not overlap and lie within the day'],
  [[{ fromMinute: 540.5, toMinute: 720 }], 'periods are whole minutes'],
])('working periods %j are refused', (periods, why) => {
  expect(() => chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods })).toThrow(why);
});
