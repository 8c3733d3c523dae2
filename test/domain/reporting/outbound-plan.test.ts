import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  measuredPace,
  type OutboundPace,
  outboundLoad,
  planOutbound,
  reachedShare,
  USUAL_PACE,
} from '../../../src/domain/reporting/outbound-plan.ts';

// JY-15: from 1 January 2009 to 30 September 2010 the hotline took 90,799 calls and dialled 179,418 return visits.
const JIANGYIN = { days: 638, callsIn: 90_799, dialsOut: 179_418 };
const PACE: OutboundPace = {
  visitsPerDay: JIANGYIN.dialsOut / JIANGYIN.days / 1.5,
  attemptsPerVisit: 1.5,
  ringMs: 20_000,
  talkMs: 180_000,
  afterMs: 60_000,
  hoursPerDay: 7,
  occupancy: 80,
};

test('the days of the source are as many as the figures say', () => {
  expect((Date.UTC(2010, 8, 30) - Date.UTC(2009, 0, 1)) / 86_400_000 + 1).toBe(JIANGYIN.days);
});

test('twice as many calls go out as come in: 1.976 for one, 142.3 a day in and 281.2 out', () => {
  expect(outboundLoad(JIANGYIN)).toEqual({ ratio: 1.976, callsInPerDay: 142.3, dialsOutPerDay: 281.2 });
  expect(outboundLoad({ days: 0, callsIn: 0, dialsOut: 3 })).toEqual({
    ratio: null,
    callsInPerDay: null,
    dialsOutPerDay: null,
  });
});

test('of these figures: three seats dial them at 1.5 dials a visit and four minutes each', () => {
  // 281.22 dials x 20 s + 187.48 visits x 240 s = 50,619 s, of 20,160 s that a seat has.
  expect(planOutbound(PACE)).toEqual({ dialsPerDay: 281.2, dialsPerHour: 40.2, workHours: 14.1, seats: 3 });
  // Six minutes of talk, and nobody answers before the third dial.
  const slow = { ...PACE, attemptsPerVisit: 3, talkMs: 360_000 };
  expect(planOutbound(slow)).toEqual({ dialsPerDay: 562.4, dialsPerHour: 80.3, workHours: 25, seats: 5 });
});

test('a day that is full to the last second wants no seat more', () => {
  const exact = {
    ...PACE,
    visitsPerDay: 96,
    attemptsPerVisit: 1.1,
    ringMs: 0,
    talkMs: 150_000,
    hoursPerDay: 7,
  };
  expect(planOutbound(exact).seats).toBe(1);
  expect(planOutbound({ ...exact, visitsPerDay: 96.1 }).seats).toBe(2);
  expect(planOutbound({ ...exact, visitsPerDay: 0 })).toMatchObject({ dialsPerDay: 0, seats: 0 });
});

test('what is no pace is refused', () => {
  for (const wrong of [
    { attemptsPerVisit: 0.5 },
    { hoursPerDay: 0 },
    { occupancy: 0 },
    { occupancy: 101 },
    { visitsPerDay: Number.NaN },
  ])
    expect(() => planOutbound({ ...PACE, ...wrong })).toThrow(RangeError);
});

test('more visits, dials or minutes never want fewer people, and the seats carry the work', () => {
  const pace = fc.record({
    visitsPerDay: fc.integer({ min: 0, max: 5000 }),
    attemptsPerVisit: fc.integer({ min: 10, max: 60 }).map((tenths) => tenths / 10),
    ringMs: fc.integer({ min: 0, max: 60_000 }),
    talkMs: fc.integer({ min: 0, max: 900_000 }),
    afterMs: fc.integer({ min: 0, max: 300_000 }),
    hoursPerDay: fc.integer({ min: 1, max: 12 }),
    occupancy: fc.integer({ min: 40, max: 100 }),
  });
  fc.assert(
    fc.property(pace, pace, (one, other) => {
      const larger = Object.fromEntries(
        (['visitsPerDay', 'attemptsPerVisit', 'ringMs', 'talkMs', 'afterMs'] as const).map((name) => [
          name,
          Math.max(one[name], other[name]),
        ]),
      );
      const [plan, more] = [planOutbound(one), planOutbound({ ...one, ...larger })];
      expect(more.seats).toBeGreaterThanOrEqual(plan.seats);
      const hours = (one.hoursPerDay * one.occupancy) / 100;
      expect(plan.seats * hours).toBeGreaterThanOrEqual(plan.workHours - 0.06);
    }),
  );
});

test('what was measured is the pace; where nothing was, the usual one', () => {
  const tally = { dials: 300, reached: 200, ringMs: 4_500_000, talkMs: 30_000_000 };
  expect(measuredPace(tally, 10)).toEqual({
    ...USUAL_PACE,
    visitsPerDay: 20,
    attemptsPerVisit: 1.5,
    ringMs: 15_000,
    talkMs: 150_000,
  });
  expect(reachedShare(tally)).toBe(66.67);
  const nothing = { dials: 0, reached: 0, ringMs: 0, talkMs: 0 };
  expect(measuredPace(nothing, 0)).toEqual({ ...USUAL_PACE, visitsPerDay: 0 });
  expect(reachedShare(nothing)).toBeNull();
});
