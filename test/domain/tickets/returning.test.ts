import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reopenRefusal } from '../../../src/domain/tickets/returning.ts';

const ZONE = 'Asia/Shanghai';
const at = (local: string): number => Date.parse(`${local}+08:00`);

test('H15: a closed ticket is opened again until the end of the last of so many natural days, and not after', () => {
  const closed = at('2026-11-25T16:59:59');
  expect(reopenRefusal(closed, closed, 7, ZONE)).toBeNull();
  expect(reopenRefusal(closed, at('2026-12-02T23:59:59.999'), 7, ZONE)).toBeNull();
  expect(reopenRefusal(closed, at('2026-12-03T00:00:00'), 7, ZONE)).toEqual({
    code: 'ticket.reopenTooLate',
    data: { until: new Date(at('2026-12-03T00:00:00')).toISOString() },
  });
  // The day is the municipality's: closed at 23:30 there, which is still the afternoon in UTC.
  expect(reopenRefusal(at('2026-11-25T23:30:00'), at('2026-11-26T23:59:59'), 1, ZONE)).toBeNull();
  expect(reopenRefusal(at('2026-11-25T23:30:00'), at('2026-11-27T00:00:00'), 1, ZONE)).not.toBeNull();
});

test('once it is too late it stays too late, and more days never shorten the window', () => {
  const day = 86_400_000;
  fc.assert(
    fc.property(
      fc.integer({ min: at('2024-01-01T00:00:00'), max: at('2027-12-31T00:00:00') }),
      fc.integer({ min: 0, max: 40 * day }),
      fc.integer({ min: 0, max: 30 }),
      (closed, after, days) => {
        const late = reopenRefusal(closed, closed + after, days, ZONE) !== null;
        expect(late || after <= (days + 1) * day).toBe(true);
        if (late) expect(reopenRefusal(closed, closed + after + day, days, ZONE)).not.toBeNull();
        else expect(reopenRefusal(closed, closed + after, days + 1, ZONE)).toBeNull();
      },
    ),
  );
});
