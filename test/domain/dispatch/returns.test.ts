import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shirkingIndex } from '../../../src/domain/dispatch/returns.ts';

test('returns refused among those judged; few returns say little, none say nothing', () => {
  expect(shirkingIndex({ granted: 0, refused: 0 })).toEqual({ value: null, interval: null });
  expect(shirkingIndex({ granted: 1, refused: 1 })).toEqual({
    value: 50,
    interval: { from: 9.45, to: 90.55 },
  });
  // Wilson's interval for 30 of 100, as tables have it.
  expect(shirkingIndex({ granted: 70, refused: 30 })).toEqual({
    value: 30,
    interval: { from: 21.89, to: 39.58 },
  });
});

test('the value lies within its interval, which narrows with more returns of the same share', () => {
  const count = fc.integer({ min: 0, max: 500 });
  fc.assert(
    fc.property(count, count, (granted, refused) => {
      const { value, interval } = shirkingIndex({ granted, refused });
      if (value === null || interval === null) {
        expect(granted + refused).toBe(0);
        return;
      }
      expect(interval.from).toBeGreaterThanOrEqual(0);
      expect(interval.to).toBeLessThanOrEqual(100);
      expect(interval.from).toBeLessThanOrEqual(value);
      expect(value).toBeLessThanOrEqual(interval.to);
      const more = shirkingIndex({ granted: granted * 4, refused: refused * 4 }).interval;
      expect((more?.to ?? 0) - (more?.from ?? 0)).toBeLessThanOrEqual(interval.to - interval.from + 0.02);
    }),
  );
});
