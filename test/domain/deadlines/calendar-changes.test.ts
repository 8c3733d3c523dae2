import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarEntries, calendarChanges } from '../../../src/domain/deadlines/calendar-changes.ts';

const off = (day: string, name: string) => ({ day, working: false, name });
const hours = [{ fromMinute: 540, toMinute: 1020 }];

test('days that came, went or became another, in their order; years that were entered; hours', () => {
  const before = {
    days: [off('2027-03-12', '植树节'), off('2027-03-08', '妇女节'), off('2027-05-04', '青年节')],
    periods: null,
    years: [{ year: 2027, basis: '一号文' }],
  };
  const after = {
    days: [
      off('2027-05-04', '青年节'),
      { day: '2027-03-08', working: true, name: '妇女节' },
      off('2027-01-04', '停办'),
    ],
    periods: hours,
    years: [
      { year: 2027, basis: '一号文' },
      { year: 2028, basis: '二号文' },
    ],
  };
  expect(calendarChanges(before, after)).toEqual({
    days: [
      { day: '2027-01-04', before: null, after: { working: false, name: '停办' } },
      {
        day: '2027-03-08',
        before: { working: false, name: '妇女节' },
        after: { working: true, name: '妇女节' },
      },
      { day: '2027-03-12', before: { working: false, name: '植树节' }, after: null },
    ],
    years: [2028],
    periods: { before: null, after: hours },
  });
});

test('a unit that gets a calendar of its own, and one that gives it back', () => {
  const own: CalendarEntries = { days: [off('2027-03-02', '检修')], periods: hours };
  const entry = { working: false, name: '检修' };
  expect(calendarChanges(null, own)).toEqual({
    days: [{ day: '2027-03-02', before: null, after: entry }],
    ...{ years: [], periods: { before: null, after: hours } },
  });
  expect(calendarChanges(own, null)).toEqual({
    days: [{ day: '2027-03-02', before: entry, after: null }],
    ...{ years: [], periods: { before: hours, after: null } },
  });
});

test('the same calendar, in whatever order its days stand, has no changes', () => {
  const day = fc.record({
    day: fc.constantFrom('2027-01-04', '2027-02-05', '2027-03-08', '2027-04-06'),
    working: fc.boolean(),
    name: fc.constantFrom('甲', '乙'),
  });
  const days = fc.uniqueArray(day, { selector: ({ day: one }) => one });
  fc.assert(
    fc.property(days, (entered) => {
      const one = { days: entered, periods: hours };
      const other = { days: [...entered].reverse(), periods: hours.map((period) => ({ ...period })) };
      expect(calendarChanges(one, other)).toEqual({ days: [], years: [], periods: null });
    }),
  );
});
