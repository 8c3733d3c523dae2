import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockTime, dayOf, momentOf, secondOf } from '../../../src/console/elements/moments.ts';

/** What the time zone's own table says. */
const asked = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hourCycle: 'h23',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
});

test('the clock of China as the table of time zones has it, before its summers, in them and since', () => {
  const instant = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2200, 0, 1) });
  const around = fc.integer({ min: Date.UTC(1986, 0, 1), max: Date.UTC(1992, 0, 1) });
  fc.assert(
    fc.property(fc.oneof(instant, around), (at) => {
      const { year, month, day, hour, minute } = Object.fromEntries(
        asked.formatToParts(at).map(({ type, value }) => [type, value]),
      );
      expect(dayOf(at)).toBe(`${year}-${month}-${day}`);
      expect(clockTime(at)).toBe(`${hour}:${minute}`);
      expect(momentOf(at, at)).toBe(`${month}-${day} ${hour}:${minute}`);
      expect(dayOf(new Date(at).toISOString())).toBe(dayOf(at));
    }),
    { numRuns: 2_000 },
  );
});

test('another year than now’s is said, and a moment that is none is refused', () => {
  const newYear = '2026-12-31T16:00:00Z';
  expect(momentOf(newYear, Date.parse('2026-12-31T15:59:59Z'))).toBe('2027-01-01 00:00');
  expect(momentOf('2026-11-26T06:05:09.250Z', Date.parse(newYear))).toBe('2026-11-26 14:05');
  expect(secondOf('2026-11-26T06:05:09.250Z')).toMatch(/11-26 14:05:09$/);
  expect(() => dayOf('no time')).toThrow(RangeError);
});
