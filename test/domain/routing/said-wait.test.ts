import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type SaidWait,
  saidAhead,
  saidMinutes,
  sayAhead,
  sayWait,
  WAIT_RUNGS,
} from '../../../src/domain/routing/said-wait.ts';

const MINUTE = 60_000;

test.each([
  [1, 1],
  [72_000, 1],
  [72_001, 2],
  [3 * MINUTE, 3],
  [4 * MINUTE, 5],
  [7 * MINUTE, 10],
  [36 * MINUTE, 30],
  [37 * MINUTE, 'more'],
] as const)('%i ms are said as %s', (waitMs, minutes) => expect(saidMinutes(waitMs)).toBe(minutes));

test('places are told one by one, then as more than', () => {
  expect([0, 1, 10, 11, 20, 21, 50, 51, 100, 101, 5_000].map(saidAhead)).toEqual([
    0, 1, 10, 11, 11, 21, 21, 51, 51, 101, 101,
  ]);
  expect([sayAhead(null, 3), sayAhead(3, 3), sayAhead(3, 4), sayAhead(3, 2)]).toEqual([3, null, null, 2]);
});

const told = (minutes: SaidWait['minutes'], atMs = 0, raised = false): SaidWait => ({
  minutes,
  atMs,
  raised,
});

test.each<[string, SaidWait | null, number, number, SaidWait | null]>([
  ['the first', null, 4 * MINUTE, 7, told(5, 7)],
  ['the same again', told(5), 4 * MINUTE, MINUTE, null],
  ['less, with the line', told(5), 2 * MINUTE, MINUTE, told(2, MINUTE)],
  ['a little more than was said', told(5), 6.5 * MINUTE, 0, null],
  ['twice what was said', told(5), 10 * MINUTE, 0, told(10, 0, true)],
  ['still as much when it should be over', told(3), 3 * MINUTE, 3 * MINUTE, told(3, 3 * MINUTE, true)],
  ['more once more', told(10, 0, true), 30 * MINUTE, 0, null],
  ['back down at once', told(10, 0, true), 2 * MINUTE, MINUTE, null],
  ['down with the clock', told(10, 0, true), 2 * MINUTE, 8 * MINUTE, told(2, 8 * MINUTE, true)],
  ['beyond the longest there is nothing more', told('more'), 90 * MINUTE, 60 * MINUTE, null],
])('%s', (_what, before, waitMs, nowMs, said) => expect(sayWait(before, waitMs, nowMs)).toEqual(said));

test('whatever the estimate does, what is said goes up once at most', () => {
  const swings = fc.array(fc.record({ afterMs: fc.nat(120_000), waitMs: fc.nat(50 * MINUTE) }), {
    minLength: 5,
    maxLength: 60,
  });
  fc.assert(
    fc.property(swings, (looks) => {
      let nowMs = 0;
      let last: SaidWait | null = null;
      let ups = 0;
      for (const { afterMs, waitMs } of looks) {
        nowMs += afterMs;
        const said: SaidWait | null = sayWait(last, waitMs, nowMs);
        if (said === null) continue;
        const height = (one: SaidWait): number =>
          one.minutes === 'more' ? WAIT_RUNGS.length : WAIT_RUNGS.indexOf(one.minutes);
        if (last !== null && height(said) > height(last)) ups += 1;
        if (last?.raised === true) {
          // Down by as much as the clock has gone, give or take what "about" means.
          const promised = last.atMs + (last.minutes === 'more' ? 30 : last.minutes) * MINUTE;
          const now = nowMs + (said.minutes === 'more' ? 30 : said.minutes) * MINUTE * 1.2;
          expect(now).toBeGreaterThanOrEqual(promised);
        }
        last = said;
      }
      expect(ups).toBeLessThanOrEqual(1);
    }),
  );
});
