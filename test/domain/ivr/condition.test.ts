import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Circumstances,
  type Condition,
  holds,
  isPast,
  minuteOf,
  UNKNOWN_CALLER,
  unreadable,
} from '../../../src/domain/ivr/condition.ts';
import { monday, NOW } from './menus.ts';

const now: Circumstances = { moment: monday(), caller: UNKNOWN_CALLER };
const at = (minuteOfDay: number): Circumstances => ({ ...now, moment: monday({ minuteOfDay }) });

test('hours of a day: the first minute in, the last one out, also over midnight', () => {
  const day = { kind: 'timeOfDay', from: '09:00', to: '18:00' } as const;
  expect([539, 540, 1079, 1080].map((minute) => holds(day, at(minute)))).toEqual([false, true, true, false]);
  const night = { kind: 'timeOfDay', from: '22:00', to: '06:00' } as const;
  expect([1319, 1320, 0, 359, 360].map((minute) => holds(night, at(minute)))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(holds({ kind: 'timeOfDay', from: '00:00', to: '24:00' }, at(1439))).toBe(true);
  expect(['09:60', '24:01', '9:00', '', 'ab:cd'].map(minuteOf)).toEqual([null, null, null, null, null]);
  expect(holds({ kind: 'timeOfDay', from: '9', to: '18:00' }, at(600))).toBe(false);
});

test('a make-up Saturday is what the calendar calls it, whatever its weekday', () => {
  const makeup: Circumstances = { ...now, moment: monday({ weekday: 6, dayKind: 'makeupWorkday' }) };
  expect(holds({ kind: 'dayKind', anyOf: ['workday', 'makeupWorkday'] }, makeup)).toBe(true);
  expect(holds({ kind: 'dayKind', anyOf: ['weekend', 'holiday'] }, makeup)).toBe(false);
  expect(holds({ kind: 'weekday', anyOf: [6] }, makeup)).toBe(true);
});

test('instants: from the first, until but without the last', () => {
  const instant = new Date(NOW).toISOString();
  expect(holds({ kind: 'from', at: instant }, now)).toBe(true);
  expect(holds({ kind: 'until', at: instant }, now)).toBe(false);
  expect(isPast({ kind: 'until', at: instant }, NOW)).toBe(true);
  expect(isPast({ kind: 'until', at: instant }, NOW - 1)).toBe(false);
  expect(holds({ kind: 'from', at: 'soon' }, now) || holds({ kind: 'until', at: 'soon' }, now)).toBe(false);
});

test('of a caller of whom nothing is known nothing holds', () => {
  const kinds: readonly Condition[] = [
    { kind: 'language', anyOf: ['zh-CN'] },
    { kind: 'openTicket' },
    { kind: 'vulnerable' },
  ];
  expect(kinds.map((one) => holds(one, now))).toEqual([false, false, false]);
  const known = { ...now, caller: { language: 'zh-CN', hasOpenTicket: true, vulnerable: true } };
  expect(kinds.map((one) => holds(one, known))).toEqual([true, true, true]);
});

test('what cannot be read is found however deep it lies', () => {
  const stray: Condition = { kind: 'until', at: '2026-11-23' };
  expect(unreadable({ kind: 'any', of: [{ kind: 'openTicket' }, { kind: 'not', of: stray }] })).toBe(
    '2026-11-23',
  );
  expect(unreadable({ kind: 'weekday', anyOf: [1, 8] })).toBe('8');
  expect(unreadable({ kind: 'from', at: '2026-13-40T00:00:00Z' })).toBe('2026-13-40T00:00:00Z');
  expect(unreadable({ kind: 'all', of: [{ kind: 'until', at: '2026-11-23T00:00+08:00' }] })).toBeNull();
});

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.constant<Condition>({ kind: 'vulnerable' }),
    fc.constant<Condition>({ kind: 'openTicket' }),
    fc.integer({ min: -2, max: 2 }).map<Condition>((hours) => ({
      kind: 'until',
      at: new Date(NOW + hours * 3_600_000).toISOString(),
    })),
    fc.record({ kind: fc.constantFrom('all', 'any'), of: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not'), of: tie('condition') }),
  ) as fc.Arbitrary<Condition>,
}));
const callers = fc.record({
  language: fc.constant(null),
  hasOpenTicket: fc.boolean(),
  vulnerable: fc.boolean(),
});

test('a condition and its opposite never agree; what is past holds at no later moment', () => {
  fc.assert(
    fc.property(condition, callers, fc.nat(5 * 3_600_000), (one, caller, laterMs) => {
      const then = { caller, moment: monday({ nowMs: NOW + laterMs }) };
      expect(holds({ kind: 'not', of: one }, then)).toBe(!holds(one, then));
      if (isPast(one, NOW)) expect(holds(one, then)).toBe(false);
      expect(unreadable(one)).toBeNull();
    }),
    { numRuns: 2_000 },
  );
});
