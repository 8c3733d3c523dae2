import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockTime, dayOf } from '../../../src/console/elements/moments.ts';
import { hoursAhead, midnightOf, momentText } from '../../../src/console/elements/wall-time.ts';

const HOUR_MS = 3_600_000;
const instant = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2200, 0, 1) });

test('a moment is written as the clocks of China show it, and read back it is the same second', () => {
  expect(momentText(Date.UTC(2026, 10, 26, 6, 5))).toBe('2026-11-26T14:05:00+08:00');
  // The day is already the next one there.
  expect(momentText(Date.UTC(2026, 11, 31, 16))).toBe('2027-01-01T00:00:00+08:00');
  fc.assert(
    fc.property(instant, (at) => {
      const text = momentText(at);
      expect(Date.parse(text)).toBe(at - (at % 1000));
      expect(text.slice(0, 16)).toBe(`${dayOf(at)}T${clockTime(at)}`);
    }),
  );
});

test('a local day begins at its own midnight', () => {
  fc.assert(
    fc.property(instant, (at) => {
      const begins = Date.parse(midnightOf(dayOf(at)));
      expect(momentText(begins)).toBe(midnightOf(dayOf(at)));
      expect(at - begins).toBeGreaterThanOrEqual(0);
      expect(at - begins).toBeLessThan(24 * HOUR_MS);
      expect(dayOf(begins - 1) < dayOf(at)).toBe(true);
    }),
  );
});

test('so many hours ahead, and on to the full hour', () => {
  const now = Date.UTC(2026, 10, 26, 6, 5);
  expect(hoursAhead(4, now)).toBe('2026-11-26T19:00:00+08:00');
  expect(hoursAhead(4, Date.UTC(2026, 10, 26, 6))).toBe('2026-11-26T18:00:00+08:00');
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 72 }), (at, hours) => {
      const ahead = Date.parse(hoursAhead(hours, at)) - at;
      expect(ahead).toBeGreaterThanOrEqual(hours * HOUR_MS);
      expect(ahead).toBeLessThan((hours + 1) * HOUR_MS);
    }),
  );
});
