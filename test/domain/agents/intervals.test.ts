import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intervalsOf, type PresencePoint, sumsOf } from '../../../src/domain/agents/intervals.ts';
import {
  DEFAULT_PRESENCE_RULES,
  mannersOf,
  storedPresenceRules,
} from '../../../src/domain/agents/presence-rules.ts';

const NOW = 1_000_000;
const points = fc
  .array(
    fc.record({
      atMs: fc.integer({ min: 0, max: NOW }),
      state: fc.constantFrom('READY', 'NOT_READY', 'TALKING', 'SIGNED_OUT'),
      reason: fc.constantFrom(null, 'rest', 'meal'),
      limitMs: fc.option(fc.integer({ min: 1, max: 50_000 })),
      countsAsRest: fc.boolean(),
      by: fc.constant(null),
      note: fc.constant(null),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((all): PresencePoint[] => all.sort((a, b) => a.atMs - b.atMs));
const total = (sums: readonly { readonly ms: number }[]): number => sums.reduce((sum, { ms }) => sum + ms, 0);

test('intervals leave no gap and do not overlap, from the first beginning to now', () => {
  fc.assert(
    fc.property(points, (all) => {
      const intervals = intervalsOf(all, NOW);
      expect(intervals[0]?.fromMs).toBe(all[0]?.atMs);
      intervals.forEach(({ fromMs, toMs, limitMs, overMs }, index) => {
        expect(toMs).toBe(intervals[index + 1]?.fromMs ?? null);
        const lasted = (toMs ?? NOW) - fromMs;
        expect(overMs).toBe(limitMs === null ? 0 : Math.max(0, lasted - limitMs));
      });
    }),
  );
});

test('what a window holds is the sum of what its two halves hold, and all of it is accounted for', () => {
  const instant = fc.integer({ min: 0, max: NOW });
  fc.assert(
    fc.property(points, instant, instant, instant, (all, ...moments) => {
      const [from = 0, middle = 0, to = 0] = moments.sort((a, b) => a - b);
      const intervals = intervalsOf(all, NOW);
      const sum = (a: number, b: number) => sumsOf(intervals, a, b, NOW);
      const [whole, first, second] = [sum(from, to), sum(from, middle), sum(middle, to)];
      expect(total(whole.sums)).toBe(Math.max(0, to - Math.max(from, all[0]?.atMs ?? 0)));
      expect(total(whole.sums)).toBe(total(first.sums) + total(second.sums));
      expect(whole.restMs).toBe(first.restMs + second.restMs);
      expect(whole.signedInMs).toBe(first.signedInMs + second.signedInMs);
      const over = ({ sums }: typeof whole) => sums.reduce((all, { overMs }) => all + overMs, 0);
      expect(over(whole)).toBe(over(first) + over(second));
    }),
  );
});

test('rules that an earlier release stored are filled up', () => {
  expect(storedPresenceRules(undefined)).toEqual(DEFAULT_PRESENCE_RULES);
  expect(storedPresenceRules({ missesMax: 4 })).toEqual({ ...DEFAULT_PRESENCE_RULES, missesMax: 4 });
});

test('for one who serves several queues the strictest counts; what a queue leaves open the hotline says', () => {
  const rules = {
    ...DEFAULT_PRESENCE_RULES,
    missesMax: 5,
    queues: { a: { missesMax: 3 }, b: { missesMax: 2, wrapUpExtraMaxMs: 0 }, c: {} },
  };
  expect(mannersOf(rules, ['a', 'c'])).toEqual({ missesMax: 3, wrapUpExtraMaxMs: 300_000 });
  expect(mannersOf(rules, ['a', 'b'])).toEqual({ missesMax: 2, wrapUpExtraMaxMs: 0 });
  expect(mannersOf(rules, [])).toEqual({ missesMax: 5, wrapUpExtraMaxMs: 300_000 });
});
