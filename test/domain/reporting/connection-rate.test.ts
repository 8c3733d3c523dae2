import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CallWait,
  ConnectionCounters,
  MINUTE_MS,
  type MinuteCounts,
  NO_WAITS,
  requestedOf,
  standingOf,
} from '../../../src/domain/reporting/connection-counters.ts';
import {
  breachWarning,
  isBreach,
  marginOf,
  PACE_CALLS_MIN,
  rollingRates,
  WINDOW_MINUTES,
  worstOf,
} from '../../../src/domain/reporting/rolling-rate.ts';

const wait = (more: Partial<CallWait>): CallWait => ({
  callId: 'c',
  requestedMs: 0,
  connectedMs: null,
  endedMs: null,
  ...more,
});

describe('which calls count', () => {
  test.each([
    ['answered in the fifteenth second', { connectedMs: 15_000, endedMs: 90_000 }, 'within'],
    ['answered after it', { connectedMs: 15_001, endedMs: 90_000 }, 'late'],
    ['talks still, answered in time', { connectedMs: 9_000 }, 'within'],
    [
      'a transfer or a second talk: only the first is told',
      { connectedMs: 5_000, endedMs: 900_000 },
      'within',
    ],
    [
      'hung up in the greeting, refused, informed, left a message',
      { requestedMs: null, endedMs: 4_000 },
      'notRequested',
    ],
    ['is in the menu still', { requestedMs: null }, 'notRequested'],
    ['gave up within 15 s', { endedMs: 15_000 }, 'abandonedEarly'],
    ['gave up later, or was lost', { endedMs: 15_001 }, 'unanswered'],
    ['talked, and the wait is not on record', { requestedMs: null, connectedMs: 7, endedMs: 8 }, 'within'],
  ] as const)('%s', (_what, known, standing) => {
    expect(standingOf(wait(known), 1_000_000)).toBe(standing);
  });

  test('who waits is not decided before the fifteenth second has passed, and late from then on', () => {
    expect(standingOf(wait({}), 15_000)).toBe('waiting');
    expect(standingOf(wait({}), 15_001)).toBe('late');
  });
});

const calls = fc.array(
  fc.record({
    callId: fc.integer({ min: 0, max: 60 }).map(String),
    requestedMs: fc.option(fc.integer({ min: 0, max: 3_000 * MINUTE_MS }), { freq: 8 }),
    toTalkMs: fc.option(fc.integer({ min: 0, max: 40_000 })),
    toEndMs: fc.option(fc.integer({ min: 0, max: 60_000 })),
  }),
  { maxLength: 120 },
);
const NOW = 3_000 * MINUTE_MS;
const waitsOf = (drawn: typeof calls extends fc.Arbitrary<infer T> ? T : never): CallWait[] =>
  drawn.map(({ callId, requestedMs, toTalkMs, toEndMs }) => ({
    callId,
    requestedMs,
    connectedMs: requestedMs === null || toTalkMs === null ? null : requestedMs + toTalkMs,
    endedMs: toEndMs === null ? null : (requestedMs ?? 0) + toEndMs,
  }));

/** Counts a window by looking at every call again. */
function recount(known: readonly CallWait[], minute: number): { connected: number; requested: number } {
  const [fromMs, toMs] = [(minute + 1 - WINDOW_MINUTES) * MINUTE_MS, (minute + 1) * MINUTE_MS];
  const inWindow = known.filter(
    ({ requestedMs }) => requestedMs !== null && requestedMs >= fromMs && requestedMs < toMs,
  );
  const decided = inWindow.filter(
    ({ requestedMs, connectedMs, endedMs }) =>
      connectedMs !== null || endedMs !== null || NOW - (requestedMs ?? 0) > 15_000,
  );
  const connected = decided.filter(
    ({ requestedMs, connectedMs }) => connectedMs !== null && connectedMs - (requestedMs ?? 0) <= 15_000,
  );
  return { connected: connected.length, requested: decided.length };
}

test('every rolling window is what a naive recount finds, however often and in whatever order calls were told', () => {
  fc.assert(
    fc.property(calls, fc.integer({ min: 0, max: 2_900 }), (drawn, first) => {
      const told = waitsOf(drawn);
      const counters = new ConnectionCounters();
      for (const one of told) counters.put(one, NOW);
      // The last word of each call counts; said again, in another order, it changes nothing.
      const known = [...new Map(told.map((one) => [one.callId, one])).values()];
      for (const one of [...known].reverse()) counters.put(one, NOW);
      const rates = rollingRates((minute) => counters.of(minute), first, first + 60);
      expect(rates.map(({ minute }) => minute)).toEqual(Array.from({ length: 61 }, (_, n) => first + n));
      for (const { minute, ...rate } of rates) expect(rate).toEqual(recount(known, minute));

      const worst = worstOf(rates);
      const ratio = ({ connected, requested }: { connected: number; requested: number }): number =>
        requested === 0 ? Number.POSITIVE_INFINITY : connected / requested;
      expect(worst === null ? Number.POSITIVE_INFINITY : ratio(worst)).toBe(Math.min(...rates.map(ratio)));
    }),
  );
});

test('a call that is told in pieces ends where one that is told at once does', () => {
  fc.assert(
    fc.property(calls, (drawn) => {
      const [pieces, whole] = [new ConnectionCounters(), new ConnectionCounters()];
      const known = new Map(waitsOf(drawn).map((one) => [one.callId, one]));
      for (const one of known.values()) {
        pieces.put({ ...one, connectedMs: null, endedMs: null }, NOW);
        pieces.put({ ...one, requestedMs: null }, NOW);
        pieces.put(one, NOW);
        whole.put(one, NOW);
      }
      for (let minute = 0; minute <= 3_001; minute += 1) expect(pieces.of(minute)).toEqual(whole.of(minute));
    }),
    { numRuns: 30 },
  );
});

test('the margin is the number of calls that may still go wrong; a breach is judged by whole calls', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), (connected, more) => {
      const rate = { connected, requested: connected + more };
      const margin = marginOf(rate);
      expect(margin < 0).toBe(isBreach(rate));
      if (margin < 0) return;
      expect(isBreach({ connected, requested: rate.requested + margin })).toBe(false);
      expect(isBreach({ connected, requested: rate.requested + margin + 1 })).toBe(true);
    }),
  );
  // 94.996 %: shown as 95.00, and a breach.
  expect(isBreach({ connected: 94_996, requested: 100_000 })).toBe(true);
  expect(isBreach({ connected: 0, requested: 0 })).toBe(false);
});

describe('the warning', () => {
  const LAST = 10_000;
  /** Calls a minute, by how long ago. */
  const world =
    (counts: (ago: number) => Partial<MinuteCounts>) =>
    (minute: number): MinuteCounts => ({ ...NO_WAITS, ...counts(LAST - minute) });

  test('comes at the very minute at which the window falls below 95 % if the last hour goes on', () => {
    // A good day, and a bad last hour: half the callers wait too long.
    const hours = (ago: number): Partial<MinuteCounts> => (ago < 60 ? { within: 1, late: 1 } : { within: 2 });
    const countsOf = world(hours);
    const warned = breachWarning(countsOf, LAST);
    // What came true: the hour goes on as it was.
    const future = world((ago) => hours(Math.max(0, ago)));
    const truth = rollingRates(future, LAST, LAST + 300).find(isBreach);
    expect(warned).toEqual({ kind: 'coming', minute: truth?.minute, inMinutes: (truth?.minute ?? 0) - LAST });
  });

  test('also when only good hours leave the window', () => {
    const countsOf = world((ago) =>
      ago >= WINDOW_MINUTES - 120 ? { within: 20 } : ago < 600 ? { within: 17, late: 1 } : {},
    );
    expect(breachWarning(countsOf, LAST)).toMatchObject({ kind: 'coming' });
  });

  test('is none on a good day, is the fact once it is one, and stays away where calls are few', () => {
    expect(
      breachWarning(
        world(() => ({ within: 2 })),
        LAST,
      ),
    ).toEqual({ kind: 'none' });
    expect(
      breachWarning(
        world(() => ({ within: 2, unanswered: 1 })),
        LAST,
      ),
    ).toEqual({ kind: 'breached' });
    const quiet = world((ago) => (ago < PACE_CALLS_MIN - 1 ? { late: 1 } : ago > 60 ? { within: 1 } : {}));
    expect(breachWarning(quiet, LAST)).toEqual({ kind: 'tooFewCalls' });
    expect(
      breachWarning(
        world(() => ({})),
        LAST,
      ),
    ).toEqual({ kind: 'tooFewCalls' });
  });
});

test('nothing that was counted is counted twice, and what is undecided or asked for nobody stands in no rate', () => {
  const counters = new ConnectionCounters();
  for (const [index, more] of [
    { connectedMs: 1_000 },
    { endedMs: 1_000 },
    { endedMs: 20_000 },
    { connectedMs: 20_000 },
    {},
    { requestedMs: null, endedMs: 0 },
  ].entries())
    counters.put(wait({ callId: `${index}`, ...more }), 10_000);
  const counts = counters.of(0);
  expect(counts).toEqual({
    within: 1,
    abandonedEarly: 1,
    unanswered: 1,
    late: 1,
    waiting: 1,
    notRequested: 1,
  });
  expect(requestedOf(counts)).toBe(4);
});
