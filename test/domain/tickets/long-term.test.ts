import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../src/domain/deadlines/local-time.ts';
import {
  type PlanReminder,
  planReminder,
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
