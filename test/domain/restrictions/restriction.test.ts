import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallerHours } from '../../../src/domain/restrictions/caller-hours.ts';
import {
  HOUR_MS,
  judge,
  type RestrictedCall,
  type Restriction,
} from '../../../src/domain/restrictions/restriction.ts';

const T0 = Date.parse('2026-11-25T01:00:00Z');
const NUMBER = '13800138000';

const restriction = (change: Partial<Restriction> = {}): Restriction => ({
  id: 'r1',
  number: NUMBER,
  step: 'block',
  callsPerHour: null,
  fromMs: T0,
  untilMs: T0 + 24 * HOUR_MS,
  note: '多次辱骂话务员',
  ...change,
});
const limit = (callsPerHour: number, change: Partial<Restriction> = {}): Restriction =>
  restriction({ step: 'limit', callsPerHour, ...change });
const call = (change: Partial<RestrictedCall> = {}): RestrictedCall => ({
  caller: NUMBER,
  emergency: false,
  reachedInHour: 0,
  ...change,
});

describe('what becomes of a restricted number’s call', () => {
  test.each([
    ['nothing is said of it', [], {}, 'free'],
    ['a note', [restriction({ step: 'note' })], {}, 'noted'],
    ['a limit not used up', [limit(2)], { reachedInHour: 1 }, 'counted'],
    ['a limit used up', [limit(2)], { reachedInHour: 2 }, 'refused'],
    ['a block', [restriction()], {}, 'refused'],
    ['another number’s block', [restriction({ number: '13900139000' })], {}, 'free'],
    ['the strictest of three', [restriction({ step: 'note' }), limit(2), restriction()], {}, 'refused'],
    ['the lower of two limits', [limit(5), limit(1)], { reachedInHour: 1 }, 'refused'],
    // Invariant 11.
    ['an emergency', [restriction()], { emergency: true }, 'free'],
    ['a withheld number', [restriction()], { caller: null }, 'free'],
  ] as const)('%s', (_what, restrictions, who, kind) => {
    expect(judge(restrictions, call(who), T0).kind).toBe(kind);
  });

  test.each([
    [T0 - 1, 'free'],
    [T0, 'refused'],
    [T0 + 24 * HOUR_MS - 1, 'refused'],
    [T0 + 24 * HOUR_MS, 'free'],
  ])('at %d a block makes it %s', (nowMs, kind) => {
    expect(judge([restriction()], call(), nowMs).kind).toBe(kind);
  });

  test('the agent reads every note in force, the caller hears why he is refused', () => {
    const noted = judge([restriction({ step: 'note', note: '夜间频繁来电' }), limit(3)], call(), T0);
    expect(noted.note).toBe('备注：夜间频繁来电；限制：多次辱骂话务员');
    expect(judge([limit(3)], call({ reachedInHour: 3 }), T0)).toMatchObject({
      prompt: 'restricted-limit',
      restrictionId: 'r1',
    });
    expect(judge([restriction()], call(), T0)).toMatchObject({ prompt: 'restricted-block' });
    expect(judge([restriction()], call({ caller: null }), T0).reason).toContain('无法按号码限制');
  });
});

describe('calls within the hour', () => {
  test('property: no hour has more calls than the limit, and a call is refused only when the limit is used up', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: HOUR_MS }), { maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 5 }), (between, most) => {
        const hours = new CallerHours();
        const restrictions = [limit(most, { untilMs: Number.POSITIVE_INFINITY })];
        const reached: number[] = [];
        let now = T0;
        for (const gap of between) {
          now += gap;
          const within = reached.filter((at) => at > now - HOUR_MS).length;
          const { kind } = judge(restrictions, call({ reachedInHour: hours.count(NUMBER, now) }), now);
          expect(kind).toBe(within < most ? 'counted' : 'refused');
          if (kind !== 'counted') continue;
          hours.add(NUMBER, now);
          reached.push(now);
        }
      }),
    );
  });

  test('what an earlier process kept still counts, but for what lies in the future', () => {
    const hours = new CallerHours();
    hours.restore(NUMBER, [T0 - HOUR_MS, T0 - 1, T0 + 1, Number.NaN], T0);
    expect(hours.count(NUMBER, T0)).toBe(1);
    expect(hours.forget(T0)).toEqual([]);
    expect(hours.forget(T0 + HOUR_MS)).toEqual([NUMBER]);
    expect(hours.count(NUMBER, T0 + HOUR_MS)).toBe(0);
  });
});
