import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarDay } from '../../../src/domain/deadlines/calendar.ts';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { localDateOf, minuteOfDay } from '../../../src/domain/deadlines/local-time.ts';
import {
  noticeAt,
  noticeHoursFault,
  USUAL_NOTICE_HOURS,
} from '../../../src/domain/deadlines/notice-hours.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
const at = (local: string): number => Date.parse(`${local}+08:00`);

test('a mark that is reached at night is told in the morning, one that is urgent at once', () => {
  const told = (local: string, urgent = false) => noticeAt(at(local), USUAL_NOTICE_HOURS, calendar, urgent);
  expect(told('2026-11-25T12:00:00')).toBe(at('2026-11-25T12:00:00'));
  expect(told('2026-11-25T20:00:00')).toBe(at('2026-11-26T08:00:00'));
  expect(told('2026-11-25T03:00:00')).toBe(at('2026-11-25T08:00:00'));
  expect(told('2026-11-25T03:00:00', true)).toBe(at('2026-11-25T03:00:00'));
});

test('with working days only, what is reached on the evening before National Day waits until it is over', () => {
  const hours = { ...USUAL_NOTICE_HOURS, workingDaysOnly: true };
  expect(noticeAt(at('2026-09-30T21:00:00'), hours, calendar, false)).toBe(at('2026-10-08T08:00:00'));
});

test('never before the mark, always within the hours, and told once it stays told', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at('2024-01-01T00:00:00'), max: at('2026-12-20T00:00:00') }),
      fc.integer({ min: 0, max: 1430 }),
      fc.integer({ min: 1, max: 600 }),
      fc.boolean(),
      (mark, fromMinute, length, workingDaysOnly) => {
        const hours = { fromMinute, toMinute: Math.min(1440, fromMinute + length), workingDaysOnly };
        expect(noticeHoursFault(hours)).toBeNull();
        const told = noticeAt(mark, hours, calendar, false);
        expect(told).toBeGreaterThanOrEqual(mark);
        const minute = minuteOfDay(told, 'Asia/Shanghai');
        expect(minute).toBeGreaterThanOrEqual(hours.fromMinute);
        expect(minute).toBeLessThan(hours.toMinute);
        if (workingDaysOnly)
          expect(calendarDay(calendar, localDateOf(told, 'Asia/Shanghai')).working).toBe(true);
        expect(noticeAt(told, hours, calendar, false)).toBe(told);
      },
    ),
  );
  expect(noticeHoursFault({ fromMinute: 600, toMinute: 600, workingDaysOnly: false })).toBe('order');
});
