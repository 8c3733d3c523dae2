import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  busyHour,
  meanWaitMs,
  NATIONAL_GOAL,
  offeredLoad,
  seatsNeeded,
  serviceLevel,
  waitProbability,
} from '../../../src/domain/reporting/erlang.ts';

test.each([
  ['Rudong', 260, 6],
  ['Haimen', 400, 7],
  ['Taiyuan', 700, 11],
  ['Nantong', 3_400, 36],
])('%s: %i calls a day, of 240 s each: %i seats answer 95 of 100 in 15 s', (_city, calls, seats) => {
  expect(seatsNeeded(busyHour(calls))).toBe(seats);
});

test('a burst of 100 calls in half an hour at 150 s needs 14 seats at once', () => {
  expect(seatsNeeded({ callsPerHour: 200, handlingMs: 150_000 })).toBe(14);
});

test.each([
  // Published Erlang C tables.
  [2, 1, 1 / 3],
  [3, 2, 4 / 9],
  [10, 8, 0.4092],
  [15, 10, 0.102],
  [5, 4, 0.5541],
])('%i seats, %f erlangs: a call waits with probability %f', (seats, load, expected) => {
  expect(waitProbability(seats, load)).toBeCloseTo(expected, 3);
});

test('no seats, too few seats, no calls', () => {
  const busy = { callsPerHour: 120, handlingMs: 60_000 };
  expect(offeredLoad(busy)).toBe(2);
  expect(waitProbability(2, 2)).toBe(1);
  expect(waitProbability(0, 0)).toBe(1);
  expect(serviceLevel(2, busy, 15_000)).toBe(0);
  expect(meanWaitMs(2, busy)).toBe(Infinity);
  expect(meanWaitMs(3, busy)).toBeCloseTo(26_667, 0);
  const idle = { callsPerHour: 0, handlingMs: 60_000 };
  expect(seatsNeeded(idle)).toBe(0);
  expect(serviceLevel(1, idle, 0)).toBe(1);
  expect(serviceLevel(0, idle, 0)).toBe(0);
  expect(meanWaitMs(1, idle)).toBe(0);
});

test('nonsense is refused and not counted with', () => {
  expect(() => seatsNeeded({ callsPerHour: -1, handlingMs: 1 })).toThrow(RangeError);
  expect(() => seatsNeeded({ callsPerHour: Number.NaN, handlingMs: 1 })).toThrow(RangeError);
  expect(() => seatsNeeded(busyHour(1), { share: 1, withinMs: 15_000 })).toThrow(RangeError);
  expect(() => waitProbability(1.5, 1)).toThrow(RangeError);
});

test('the seats reach the goal, one seat fewer does not', () => {
  const demand = fc.record({
    callsPerHour: fc.integer({ min: 1, max: 3_000 }),
    handlingMs: fc.integer({ min: 1_000, max: 1_200_000 }),
  });
  fc.assert(
    fc.property(demand, (wanted) => {
      const seats = seatsNeeded(wanted);
      expect(serviceLevel(seats, wanted, NATIONAL_GOAL.withinMs)).toBeGreaterThanOrEqual(NATIONAL_GOAL.share);
      expect(serviceLevel(seats - 1, wanted, NATIONAL_GOAL.withinMs)).toBeLessThan(NATIONAL_GOAL.share);
    }),
    { numRuns: 200 },
  );
});
