import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilson } from '../../../src/domain/reporting/confidence.ts';
import {
  NO_COUNTS,
  rankOf,
  SCORE_NAMES,
  SCORES,
  type ScoreCounts,
  scorecards,
} from '../../../src/domain/reporting/scorecard.ts';

const counts = (numerator: number, denominator: number): ScoreCounts => ({
  ...NO_COUNTS,
  numerator,
  denominator,
});
const anyShare = fc
  .tuple(fc.nat(500), fc.nat(500))
  .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const);

test('an interval holds its share, is narrower the more there is, and of nothing there is none', () => {
  expect(wilson(0, 0)).toBeNull();
  // Two of two say little: the truth may be a third.
  expect(wilson(2, 2)).toEqual({ from: 34.24, to: 100 });
  expect(wilson(0, 2)).toEqual({ from: 0, to: 65.76 });
  expect(wilson(196, 200)?.from).toBeGreaterThan(94);
  fc.assert(
    fc.property(anyShare, fc.integer({ min: 2, max: 20 }), ([n, d], times) => {
      fc.pre(d > 0);
      const [few, many] = [wilson(n, d), wilson(n * times, d * times)];
      if (few === null || many === null) return expect.fail('no interval');
      const value = Math.round((n / d) * 10_000) / 100;
      expect(few.from).toBeLessThanOrEqual(value);
      expect(few.to).toBeGreaterThanOrEqual(value);
      expect(many.to - many.from).toBeLessThanOrEqual(few.to - few.from + 0.02);
    }),
  );
});

test('a rank is as wide as the numbers are uncertain, and no unit stands before one that chance may have put there', () => {
  const units = ['a', 'b', 'c', 'd'];
  const card = (numbers: Readonly<Record<string, ScoreCounts>>) => {
    const cards = scorecards(units, (unit, name) =>
      name === 'onTime' ? (numbers[unit] ?? NO_COUNTS) : NO_COUNTS,
    );
    return units.map((unit) => cards.get(unit)?.find(({ name }) => name === 'onTime')?.rank ?? null);
  };
  // Two hundred against two: the small one is neither first nor last.
  expect(card({ a: counts(199, 200), b: counts(100, 200), c: counts(2, 2), d: counts(1, 200) })).toEqual([
    { from: 1, to: 2, of: 4 },
    { from: 2, to: 3, of: 4 },
    { from: 1, to: 3, of: 4 },
    { from: 4, to: 4, of: 4 },
  ]);
  // All alike: nobody is first. Without anything counted there is no rank.
  expect(card({ a: counts(9, 10), b: counts(9, 10), c: counts(9, 10) })).toEqual([
    { from: 1, to: 3, of: 3 },
    { from: 1, to: 3, of: 3 },
    { from: 1, to: 3, of: 3 },
    null,
  ]);
});

test('ranks: whoever is surely better stands before, in either direction, and every place can be somebody’s', () => {
  const anyInterval = anyShare.filter(([, d]) => d > 0).map(([n, d]) => wilson(n, d) ?? expect.fail('none'));
  fc.assert(
    fc.property(
      fc.array(anyInterval, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('high' as const, 'low' as const),
      (all, better) => {
        const ranks = all.map((own) => rankOf(own, all, better));
        all.forEach((one, i) => {
          const mine = ranks[i];
          if (mine === undefined) throw new Error('no rank');
          expect(mine.from).toBeGreaterThanOrEqual(1);
          expect(mine.from).toBeLessThanOrEqual(mine.to);
          expect(mine.to).toBeLessThanOrEqual(all.length);
          all.forEach((other, j) => {
            const beats = better === 'high' ? one.from > other.to : one.to < other.from;
            if (beats) expect(mine.to).toBeLessThanOrEqual((ranks[j]?.to ?? 0) - 1);
          });
        });
        for (let place = 1; place <= all.length; place += 1) {
          expect(ranks.some(({ from, to }) => from <= place && place <= to)).toBe(true);
        }
      },
    ),
  );
});

test('what two people excluded stays in the figure and out of the comparison; each figure has its formula and source', () => {
  const excluded = { numerator: 0, denominator: 5 };
  const cards = scorecards(['a'], () => ({ numerator: 5, denominator: 10, excluded, proven: null }));
  for (const score of cards.get('a') ?? []) {
    expect(score).toMatchObject({
      ...{ value: 50, afterExclusions: { numerator: 5, denominator: 5, value: 100 } },
      ...{ interval: { to: 100 }, rank: { from: 1, to: 1, of: 1 } },
    });
  }
  expect(cards.get('a')?.map(({ name }) => name)).toEqual(SCORE_NAMES);
  for (const name of SCORE_NAMES) {
    const { formula, source } = SCORES[name];
    expect(formula.zh).toContain('÷');
    expect(formula.en).toContain('/');
    expect(source.length).toBeGreaterThan(5);
  }
});
