import { expect, test } from 'vitest';
import { momentsOf } from '../../../src/app/calls/local-moments.ts';
import { sample } from './harness.ts';

const at = (time: string, own = sample([]).calendar) =>
  momentsOf({ ...sample([]), calendar: own })(Date.parse(time));

test.each([
  ['2026-10-01T00:00:00+08:00', 0, 4, 'holiday'],
  ['2026-11-22T23:59:59+08:00', 1_439, 7, 'weekend'],
  // 国庆节调休: a Saturday on which the units work.
  ['2026-10-10T08:30:00+08:00', 510, 6, 'makeupWorkday'],
  ['2026-11-23T08:29:59+08:00', 509, 1, 'workday'],
  // Nobody has announced that year.
  ['2044-11-23T12:00:00+08:00', 720, 3, 'assumedWorkday'],
])('%s is minute %i of weekday %i, a %s', (time, minuteOfDay, weekday, dayKind) => {
  expect(at(time)).toEqual({ nowMs: Date.parse(time), minuteOfDay, weekday, dayKind });
});

test('a day of the county’s own, and a year that it entered itself', () => {
  const own = {
    years: [2044],
    days: [{ day: '2026-11-23', working: false, name: '本地纪念日' }],
  };
  expect(at('2026-11-23T12:00:00+08:00', own).dayKind).toBe('holiday');
  expect(at('2044-11-23T12:00:00+08:00', own).dayKind).toBe('workday');
});
