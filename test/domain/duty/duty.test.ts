import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Attempt, type CallingRule, nextCalls } from '../../../src/domain/duty/ladder.ts';
import { type DutyShift, lintDuty, shiftAt, shiftFault } from '../../../src/domain/duty/roster.ts';

const HOUR = 3_600_000;
const RULE: CallingRule = { mode: 'ladder', rungAfterMs: 30_000, rounds: 2, retryAfterMs: 20_000 };
const attempt = (
  rung: number,
  atMs: number,
  end: Attempt['end'],
  endedMs: number | null = null,
): Attempt => ({
  ...{ rung, atMs, end, endedMs },
});
const next = (
  attempts: readonly Attempt[],
  nowMs: number,
  more: Partial<CallingRule> = {},
  overlaps = true,
) => nextCalls(2, attempts, { ...RULE, ...more }, { nowMs, overlaps });

test('one rung after the other: when the time is over or the attempt is, round again after a pause, and then nobody', () => {
  expect(next([], 0)).toEqual({ kind: 'call', rungs: [0] });
  const first = attempt(0, 0, 'open');
  expect(next([first], 29_999)).toEqual({ kind: 'wait', untilMs: 30_000 });
  expect(next([first], 30_000)).toEqual({ kind: 'call', rungs: [1] });
  // One telephone at a time: not before the first has stopped ringing.
  expect(next([first], 30_000, {}, false)).toEqual({ kind: 'wait', untilMs: null });
  const over = attempt(0, 0, 'unreached', 5_000);
  expect(next([over], 5_000)).toEqual({ kind: 'call', rungs: [1] });
  const both = [over, attempt(1, 5_000, 'unreached', 9_000)];
  expect(next(both, 9_000)).toEqual({ kind: 'wait', untilMs: 25_000 });
  expect(next(both, 25_000)).toEqual({ kind: 'call', rungs: [0] });
  const all = [...both, attempt(0, 25_000, 'unreached', 26_000), attempt(1, 29_000, 'unreached', 30_000)];
  expect(next(all, 60_000)).toEqual({ kind: 'exhausted' });
  expect(next([over, attempt(1, 5_000, 'confirmed', 9_000)], 9_000)).toEqual({ kind: 'confirmed' });
  // Still ringing since the last round.
  expect(next([first, attempt(1, 30_000, 'unreached', 31_000)], 99_000)).toEqual({
    kind: 'wait',
    untilMs: null,
  });
});

test('all at once: each again by himself, whoever was sent away no more', () => {
  const all = { mode: 'atOnce' } as const;
  expect(next([], 0, all)).toEqual({ kind: 'call', rungs: [0, 1] });
  const open = [attempt(0, 0, 'open'), attempt(1, 0, 'unreached', 4_000)];
  expect(next(open, 4_000, all)).toEqual({ kind: 'wait', untilMs: 24_000 });
  expect(next(open, 24_000, all)).toEqual({ kind: 'call', rungs: [1] });
  const came = [attempt(0, 0, 'confirmed', 3_000), attempt(1, 0, 'dropped', 4_000)];
  expect(next(came, 99_000, all)).toEqual({ kind: 'confirmed' });
  expect(next([attempt(0, 0, 'dropped', 1), attempt(1, 0, 'dropped', 1)], 9, all)).toEqual({
    kind: 'exhausted',
  });
});

test('whatever becomes of the attempts: nobody is called twice at once or too often, and it comes to an end', () => {
  const how = fc.constantFrom('unreached', 'dropped', 'confirmed', 'slow' as const);
  fc.assert(
    fc.property(
      fc.constantFrom('ladder', 'atOnce' as const),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      fc.array(how, { minLength: 40, maxLength: 40 }),
      (mode, rungs, rounds, overlaps, fates) => {
        const rule = { ...RULE, mode, rounds };
        let attempts: readonly Attempt[] = [];
        let nowMs = 0;
        for (let turn = 0; turn < 200; turn += 1) {
          const what = nextCalls(rungs, attempts, rule, { nowMs, overlaps });
          if (what.kind === 'confirmed' || what.kind === 'exhausted') {
            expect(what.kind === 'confirmed').toBe(attempts.some(({ end }) => end === 'confirmed'));
            return;
          }
          if (what.kind === 'call') {
            expect(what.rungs.length).toBeGreaterThan(0);
            for (const rung of what.rungs) {
              const own = attempts.filter((one) => one.rung === rung);
              expect(own.some(({ end }) => end === 'open')).toBe(false);
              expect(own.length).toBeLessThan(rounds);
            }
            attempts = [...attempts, ...what.rungs.map((rung) => attempt(rung, nowMs, 'open'))];
            continue;
          }
          const openAt = attempts.findIndex(({ end }) => end === 'open');
          const fate = fates[turn % fates.length] ?? 'unreached';
          if (what.untilMs === null || (openAt >= 0 && fate !== 'slow')) {
            expect(openAt).toBeGreaterThanOrEqual(0);
            nowMs += 1_000;
            const end = fate === 'slow' ? 'unreached' : fate;
            attempts = attempts.map((one, n) => (n === openAt ? { ...one, end, endedMs: nowMs } : one));
          } else {
            expect(what.untilMs).toBeGreaterThan(nowMs);
            nowMs = what.untilMs;
          }
        }
        expect.unreachable('it went on for ever');
      },
    ),
  );
});

const shift = (fromMs: number, toMs: number, people = 2): DutyShift => ({
  id: `${fromMs}`,
  fromMs,
  toMs,
  ladder: Array.from({ length: people }, (_, n) => ({ name: `甲${n}`, number: `1380000000${n}` })),
});

test('at the instant of a handover the shift that begins is on call, also at midnight; between two there is nobody', () => {
  const midnight = Date.parse('2026-11-26T00:00:00+08:00');
  const shifts = [
    shift(midnight - 4 * HOUR, midnight),
    shift(midnight, midnight + 8 * HOUR),
    shift(midnight + 9 * HOUR, midnight + 10 * HOUR),
  ];
  expect(shiftAt(shifts, midnight - 1)?.fromMs).toBe(midnight - 4 * HOUR);
  expect(shiftAt(shifts, midnight)?.fromMs).toBe(midnight);
  expect(shiftAt(shifts, midnight + 8 * HOUR)).toBeNull();
});

test('gaps are found wherever they are, and who is on call alone', () => {
  const shifts = [shift(2 * HOUR, 4 * HOUR), shift(4 * HOUR, 6 * HOUR, 1), shift(7 * HOUR, 8 * HOUR)];
  expect(lintDuty(shifts, { fromMs: 0, toMs: 10 * HOUR })).toEqual([
    { kind: 'gap', fromMs: 0, toMs: 2 * HOUR },
    { kind: 'alone', fromMs: 4 * HOUR, toMs: 6 * HOUR },
    { kind: 'gap', fromMs: 6 * HOUR, toMs: 7 * HOUR },
    { kind: 'gap', fromMs: 8 * HOUR, toMs: 10 * HOUR },
  ]);
  expect(lintDuty([shift(0, 10 * HOUR)], { fromMs: HOUR, toMs: 9 * HOUR })).toEqual([]);
});

test('a shift that cannot stand is refused by name', () => {
  const known = { nowMs: HOUR, callable: (number: string) => /^1\d{10}$/.test(number) };
  const fault = (one: DutyShift) => shiftFault(one, [shift(4 * HOUR, 6 * HOUR)], known);
  expect(fault(shift(2 * HOUR, 4 * HOUR))).toBeNull();
  expect(fault(shift(3 * HOUR, 5 * HOUR))).toEqual({
    fault: 'duty.overlap',
    fromMs: 4 * HOUR,
    toMs: 6 * HOUR,
  });
  expect(fault(shift(2 * HOUR, 2 * HOUR))).toEqual({ fault: 'duty.shiftEmpty' });
  expect(fault(shift(0, HOUR))).toEqual({ fault: 'duty.past' });
  expect(fault(shift(7 * HOUR, 200 * HOUR))).toEqual({ fault: 'duty.shiftLong' });
  expect(fault(shift(7 * HOUR, 8 * HOUR, 0))).toEqual({ fault: 'duty.ladderEmpty' });
  expect(fault(shift(7 * HOUR, 8 * HOUR, 9))).toEqual({ fault: 'duty.ladderLong' });
  const [one] = shift(0, 1).ladder;
  if (one === undefined) throw new Error('a shift has people');
  expect(fault({ ...shift(7 * HOUR, 8 * HOUR), ladder: [one, { ...one, name: '乙' }] })).toEqual({
    fault: 'duty.twice',
    name: '乙',
  });
  expect(fault({ ...shift(7 * HOUR, 8 * HOUR), ladder: [{ name: '丙', number: '110' }] })).toEqual({
    fault: 'duty.numberInvalid',
    name: '丙',
  });
});
