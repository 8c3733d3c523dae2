import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { addDays } from '../../../src/domain/deadlines/local-time.ts';
import { USUAL_NOTICE_HOURS } from '../../../src/domain/deadlines/notice-hours.ts';
import {
  nextPlanReminder,
  type PlanReminder,
  planReminder,
  planReminderAt,
  REVIEW_WITHIN_DAYS,
  reviewDateFault,
} from '../../../src/domain/tickets/long-term.ts';

const NOW = Date.parse('2026-11-25T23:30:00+08:00');

test('a plan is looked at again from tomorrow on and within half a year, by the days of the place', () => {
  const fault = (day: string) => reviewDateFault(day, NOW, 'Asia/Shanghai');
  expect(fault('2026-11-26')).toBeNull();
  expect(fault(addDays('2026-11-25', REVIEW_WITHIN_DAYS))).toBeNull();
  expect(fault('2026-11-25')).toEqual({
    code: 'ticket.reviewDateFault',
    data: { earliest: '2026-11-26', latest: '2027-05-24' },
  });
  expect(fault(addDays('2026-11-25', REVIEW_WITHIN_DAYS + 1))).not.toBeNull();
});

test('three days before, on the day, a week after; each once, and who was away says only what is so now', () => {
  const on = (today: string, told: readonly PlanReminder[] = []) =>
    planReminder({ reviewOn: '2026-12-10', told }, today);
  expect(on('2026-12-06')).toBeNull();
  expect(on('2026-12-07')).toBe('soon');
  expect(on('2026-12-09', ['soon'])).toBeNull();
  expect(on('2026-12-10', ['soon'])).toBe('due');
  expect(on('2026-12-16', ['soon', 'due'])).toBeNull();
  expect(on('2026-12-17', ['soon', 'due'])).toBe('late');
  expect(on('2027-06-01', ['soon', 'due', 'late'])).toBeNull();
  expect(on('2026-12-20')).toBe('late');
  expect(on('2026-12-12')).toBe('due');
});

test('behind each reminder comes the day of the next, and none behind the last', () => {
  const after = (today: string) => nextPlanReminder('2026-12-10', today);
  expect(after('2026-12-01')).toBe('2026-12-07');
  expect(after('2026-12-07')).toBe('2026-12-10');
  expect(after('2026-12-12')).toBe('2026-12-17');
  expect(after('2026-12-17')).toBeNull();
});

test('it is said when the hours of its day begin in which people are told; what was slept through, when they begin next', () => {
  const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [2026], days: [], periods: null });
  const at = (local: string) => Date.parse(`${local}+08:00`);
  const said = (now: string) => planReminderAt('2026-12-07', at(now), USUAL_NOTICE_HOURS, calendar);
  expect(said('2026-12-06T15:00:00')).toBe(at('2026-12-07T08:00:00'));
  expect(said('2026-12-07T03:00:00')).toBe(at('2026-12-07T08:00:00'));
  // Within the hours it was due, and stays the same moment however often it is asked for.
  expect(said('2026-12-07T10:00:00')).toBe(at('2026-12-07T08:00:00'));
  expect(said('2026-12-09T10:00:00')).toBe(at('2026-12-07T08:00:00'));
  expect(said('2026-12-09T21:00:00')).toBe(at('2026-12-10T08:00:00'));
});

test('day by day, with whatever days missed, nothing is said twice and the last word is said', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: -10, max: 30 }), { maxLength: 30 }), (days) => {
      const told: PlanReminder[] = [];
      for (const after of [...days.sort((a, b) => a - b), 31]) {
        const said = planReminder({ reviewOn: '2026-12-10', told }, addDays('2026-12-10', after));
        if (said !== null) told.push(said);
      }
      expect(new Set(told).size).toBe(told.length);
      expect(told.at(-1)).toBe('late');
    }),
  );
});
