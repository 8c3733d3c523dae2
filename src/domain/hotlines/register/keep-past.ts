import { addCalendarMonths } from '../local-date.ts';
import { canonical } from '../versions/content.ts';
import type { RuleLine } from '../versions/rule-set.ts';
import { addDays, byNumber, hasBegun, hasEnded } from './period.ts';
import { TRANSITION_MONTHS } from './transition.ts';

/** Of each number the earliest first day that somebody named; from then on the past is what he says. */
export type FirstDays = Readonly<Record<string, string>>;

/**
 * The lines with what was so before `day` left as `before` has it (A9: the totals of a day do not change afterwards): a
 * running period that becomes another ends the day before, and the new one begins on `day`; a number that is taken out
 * ends, and is history from then on (`none`): its calls go as if it had never been there. Who names an earlier first day rewrites the past from that day on, and only so.
 * `usualEnds`: whether the usual end of a new transition moves with its beginning (RD-06).
 */
export function keepPast(
  before: readonly RuleLine[],
  after: readonly RuleLine[],
  day: string,
  firstDays: FirstDays = {},
  usualEnds: 'move' | 'stay' = 'move',
): readonly RuleLine[] {
  const [held, wanted] = [byNumber(before), byNumber(after)];
  const numbers = new Set([...wanted.keys(), ...held.keys()]);
  return [...numbers].flatMap((number) => {
    const named = firstDays[number] ?? day;
    const from = named < day ? named : day;
    return pastKept(held.get(number) ?? [], wanted.get(number) ?? [], from, usualEnds);
  });
}

/** Whether a number counted the same, on each day before `day`. */
export function hasSamePast(before: readonly RuleLine[], after: readonly RuleLine[], day: string): boolean {
  const lastDay = addDays(day, -1);
  const [was, is] = [pastOf(before, lastDay), pastOf(after, lastDay)];
  return was.length === is.length && was.every((one, at) => isSame(one, is[at]));
}

function pastKept(
  before: readonly RuleLine[],
  after: readonly RuleLine[],
  day: string,
  usualEnds: 'move' | 'stay',
): readonly RuleLine[] {
  if (hasSamePast(before, after, day)) return after;
  const lastDay = addDays(day, -1);
  const past = byFirstDay(before)
    .filter((period) => hasBegun(period, lastDay))
    .map((period) => {
      // What does not count, a name or a desk, is corrected for the whole of a period.
      const same = after.find((one) => one.validFrom === period.validFrom && countsAs(one, period));
      const { validTo } = period;
      return { ...(same ?? period), validTo: hasEnded(period, day) ? validTo : lastDay };
    });
  const future = byFirstDay(after)
    .filter((period) => !hasEnded(period, day))
    .map((period, at, all) => {
      if (!hasBegun(period, lastDay)) return period;
      const goesOn = before.some((one) => one.validFrom === period.validFrom && one.mode === period.mode);
      return goesOn || usualEnds === 'stay'
        ? { ...period, validFrom: day }
        : begunOn(day, period, all[at + 1]);
    });
  const [last, next] = [past.at(-1), future[0]];
  if (last === undefined || next?.validFrom !== day || next.afterEnd === 'none')
    return [...past.map(silenced(before, after)), ...future];
  if (!continues(last, next)) return [...past, ...future];
  return [...past.slice(0, -1), { ...next, validFrom: last.validFrom }, ...future.slice(1)];
}

/** Nothing follows at once: what was cut short, or is not wanted any more, has nothing to say to whoever still dials it. */
const silenced =
  (before: readonly RuleLine[], after: readonly RuleLine[]) =>
  (period: RuleLine): RuleLine => {
    const { validFrom, validTo } = period;
    const isWanted = after.some((one) => one.validFrom === validFrom && countsAs(one, period));
    const isCut = before.some((one) => one.validFrom === validFrom && one.validTo !== validTo);
    return isWanted && !isCut ? period : { ...period, afterEnd: 'none' };
  };

/** The usual end of a new transition moves with its beginning (RD-06), as far as there is room for it. */
function begunOn(day: string, period: RuleLine, following: RuleLine | undefined): RuleLine {
  const { mode, validFrom, validTo } = period;
  const isUsual = mode === 'TRANSITION' && validTo === addCalendarMonths(validFrom, TRANSITION_MONTHS);
  if (!isUsual) return { ...period, validFrom: day };
  const usual = addCalendarMonths(day, TRANSITION_MONTHS);
  const room = following === undefined ? usual : addDays(following.validFrom, -1);
  const [end = usual] = [usual, room].sort();
  return { ...period, validFrom: day, validTo: end };
}

type Counted = Pick<RuleLine, 'mode' | 'unitCode'>;
const countsAs = (one: Counted, other: Counted): boolean =>
  one.mode === other.mode && one.unitCode === other.unitCode;

const byFirstDay = (periods: readonly RuleLine[]): RuleLine[] =>
  [...periods].sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0));

/** The same goes on the day after: one period, not two. */
function continues(last: RuleLine, next: RuleLine): boolean {
  const undated = (line: RuleLine): string => canonical({ ...line, validFrom: '', validTo: '' });
  return last.validTo === addDays(next.validFrom, -1) && undated(last) === undated(next);
}

interface Stretch extends Counted {
  readonly from: string;
  readonly to: string;
}

const isSame = (one: Stretch, other: Stretch | undefined): boolean =>
  other !== undefined && countsAs(one, other) && one.from === other.from && one.to === other.to;

/** What counted until `lastDay`, in stretches: neighbours that count the same are one. */
function pastOf(periods: readonly RuleLine[], lastDay: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const period of byFirstDay(periods)) {
    if (!hasBegun(period, lastDay)) continue;
    const { mode, unitCode, validFrom: from, validTo } = period;
    const to = validTo === null || validTo > lastDay ? lastDay : validTo;
    const last = stretches.at(-1);
    if (last !== undefined && countsAs(last, period) && addDays(last.to, 1) === from) {
      stretches[stretches.length - 1] = { ...last, to };
    } else {
      stretches.push({ mode, unitCode, from, to });
    }
  }
  return stretches;
}
