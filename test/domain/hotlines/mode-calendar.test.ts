import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ModeBar,
  modeCalendar,
  modeChanges,
  type Stage,
} from '../../../src/domain/hotlines/register/mode-calendar.ts';
import { addDays, periodAt } from '../../../src/domain/hotlines/register/period.ts';
import type { RuleLine } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { line } from './rule-sets.ts';

const TODAY = '2026-11-23';
const inForce = (...lines: RuleLine[]): Stage => ({ version: null, fromDay: TODAY, lines });
const planned = (version: number, fromDay: string, ...lines: RuleLine[]): Stage => ({
  version,
  fromDay,
  lines,
});
const seen = ({ from, to, mode, version }: ModeBar) => [mode, from, to, version];
const barsOf = (stages: readonly Stage[], from = '2026-01-01', to = '2027-12-31') =>
  modeCalendar(stages, from, to).flatMap(({ bars }) => bars.map(seen));
const changesOf = (stages: readonly Stage[], last = '2027-12-31') =>
  modeChanges(modeCalendar(stages, '2026-01-01', last), TODAY, last).map(
    ({ day, kind, from, to, version }) => [day, kind, from, to, version],
  );

test('a transition, and what follows it, stand one after the other; its end is a change', () => {
  const stages = [
    inForce(
      line('12316', 'TRANSITION', { validFrom: '2026-10-28', validTo: '2027-01-28' }),
      line('12316', 'FORWARD', { validFrom: '2027-01-29' }),
    ),
  ];
  expect(barsOf(stages)).toEqual([
    ['TRANSITION', '2026-10-28', '2027-01-28', null],
    ['FORWARD', '2027-01-29', null, null],
  ]);
  expect(changesOf(stages)).toEqual([['2027-01-29', 'becomes', 'TRANSITION', 'FORWARD', null]]);
});

test('a transition that nothing follows is switched off, a period that is taken out ends', () => {
  const off = line('12316', 'TRANSITION', { validFrom: '2026-10-28', validTo: '2026-12-31' });
  expect(changesOf([inForce(off)])).toEqual([['2027-01-01', 'switchedOff', 'TRANSITION', null, null]]);
  expect(changesOf([inForce({ ...off, afterEnd: 'none' })])).toEqual([
    ['2027-01-01', 'ends', 'TRANSITION', null, null],
  ]);
  // Further ahead than is asked for.
  expect(changesOf([inForce(off)], '2026-12-23')).toEqual([]);
});

test('a planned version counts from its day on; what it leaves as it was is one bar', () => {
  const held = [line('12319', 'FORWARD'), line('12369', 'FORWARD')];
  const next = [
    line('12319', 'FORWARD'),
    line('12369', 'FORWARD', { validTo: '2026-12-09' }),
    line('12369', 'DEDICATED', { validFrom: '2026-12-10', queue: 'desk' }),
    line('12320', 'FORWARD', { validFrom: '2026-12-10' }),
  ];
  const stages = [inForce(...held), planned(7, '2026-12-10', ...next)];
  expect(barsOf(stages)).toEqual([
    ['FORWARD', '2020-04-28', null, null],
    ['FORWARD', '2026-12-10', null, 7],
    ['FORWARD', '2020-04-28', '2026-12-09', null],
    ['DEDICATED', '2026-12-10', null, 7],
  ]);
  expect(changesOf(stages)).toEqual([
    ['2026-12-10', 'begins', null, 'FORWARD', 7],
    ['2026-12-10', 'becomes', 'FORWARD', 'DEDICATED', 7],
  ]);
});

test('bars out of sight are left out, and a number without one has no row', () => {
  const stages = [inForce(line('12316', 'TRANSITION', { validFrom: '2020-04-28', validTo: '2020-07-28' }))];
  expect(modeCalendar(stages, '2026-01-01', '2026-12-31')).toEqual([]);
  expect(modeCalendar(stages, '2020-07-28', '2020-08-01')).toHaveLength(1);
});

test('on each day the bar says what the register says of that day', () => {
  const day = fc.integer({ min: -200, max: 400 }).map((days) => addDays(TODAY, days));
  const spans = fc.uniqueArray(day, { minLength: 2, maxLength: 8 }).map((days) => [...days].sort());
  const MODES = ['FORWARD', 'TRANSITION', 'DEDICATED'] as const;
  fc.assert(
    fc.property(spans, spans, fc.integer({ min: 1, max: 300 }), day, (first, second, inDays, asked) => {
      const linesOf = (days: readonly string[], shift: number): RuleLine[] =>
        days.slice(0, -1).map((from, nth) =>
          line('12316', MODES[(nth + shift) % 3] ?? 'FORWARD', {
            validFrom: from,
            validTo: addDays(days[nth + 1] ?? from, -1),
          }),
        );
      const fromDay = addDays(TODAY, inDays);
      const [held, next] = [linesOf(first, 0), linesOf(second, 1)];
      const rows = modeCalendar([inForce(...held), planned(2, fromDay, ...next)], asked, asked);
      const lines = asked >= fromDay ? next : held;
      const speaks = periodAt(lines, asked);
      const isInForce = speaks !== null && speaks.validFrom <= asked && (speaks.validTo ?? asked) >= asked;
      expect(rows.flatMap(({ bars }) => bars.map(({ mode }) => mode))).toEqual(
        isInForce ? [speaks.mode] : [],
      );
    }),
  );
});
