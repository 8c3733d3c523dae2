import {
  type Condition,
  type DayKind,
  holds,
  isPast,
  minuteOf,
  UNKNOWN_CALLER,
} from '../../ivr/condition.ts';
import { hasEnded, isLocalDate } from '../register/period.ts';
import { readHours } from '../register/read-hours.ts';
import { lineKey } from '../versions/diff.ts';
import type { RuleLine, RuleSet } from '../versions/rule-set.ts';
import { type Finding, finding, type LintContext } from './finding.ts';

/** The working days of the next year are announced by November; from here on somebody should have entered them. */
const LOOK_AHEAD_DAYS = 30;
const DAY_MS = 86_400_000;

/** When dedicated desks answer: whether that can be read, ever happens, and rests on days that are known. */
export function lintHours(rules: RuleSet, context: LintContext, today: string): readonly Finding[] {
  return rules.lines.flatMap((line) => {
    if (line.mode !== 'DEDICATED' || line.hours === null || hasEnded(line, today)) return [];
    const place = { thing: 'line', key: lineKey(line), field: 'hours' } as const;
    const read = readHours(line.hours);
    if (read.kind === 'refused') {
      const en = `the hours “${line.hours}” of ${line.number} cannot be read`;
      return [finding('hours.unreadable', place, `号码 ${line.number} 的${read.wrong}`, en)];
    }
    const { hours } = read;
    if (hours === null) return [];
    if (!everHolds(hours, context.nowMs)) {
      const over = isPast(hours, context.nowMs) && leaves(hours).some(({ kind }) => kind === 'until');
      const [code, zh, en] = over
        ? (['hours.over', '已过', 'are over'] as const)
        : (['hours.never', '不会出现', 'never come'] as const);
      const named = `号码 ${line.number} 的专席受理时间“${line.hours}”${zh}，来电均由总席受理`;
      return [finding(code, place, named, `the hours “${line.hours}” of ${line.number} ${en}`)];
    }
    return [...lintMidnight(line, hours, place), ...lintDays(line, hours, place, context, today)];
  });
}

/** A day's hours end with it: of a Friday night on workdays the hours behind midnight are a Saturday's. */
function lintMidnight(
  { number, hours: written }: RuleLine,
  hours: Condition,
  place: Finding['place'],
): readonly Finding[] {
  if (!splitsNights(hours)) return [];
  const zh = `号码 ${number} 的受理时间“${written}”跨过零点又限定日期，零点之后按次日的日期判断`;
  const en = `the hours “${written}” of ${number} go over midnight on certain days: behind it the next day counts`;
  return [finding('hours.overMidnight', place, zh, en)];
}

function splitsNights(hours: Condition): boolean {
  if (hours.kind === 'not') return splitsNights(hours.of);
  if (hours.kind !== 'all' && hours.kind !== 'any') return false;
  if (hours.kind === 'any') return hours.of.some(splitsNights);
  const parts = leaves(hours);
  const nights = parts.some((one) => one.kind === 'timeOfDay' && one.to < one.from && one.to !== '00:00');
  return nights && parts.some(({ kind }) => kind === 'weekday' || kind === 'dayKind');
}

/** Hours that ask for working days reach no further than the days that somebody announced or entered. */
function lintDays(
  line: RuleLine,
  hours: Condition,
  place: Finding['place'],
  { calendarYears, nowMs }: LintContext,
  today: string,
): readonly Finding[] {
  if (calendarYears === undefined || !leaves(hours).some(({ kind }) => kind === 'dayKind')) return [];
  const soon = new Date(nowMs + LOOK_AHEAD_DAYS * DAY_MS).toISOString().slice(0, 10);
  const until = line.validTo !== null && isLocalDate(line.validTo) ? line.validTo : soon;
  for (let year = Number(today.slice(0, 4)); year <= Number(until.slice(0, 4)); year += 1) {
    if (calendarYears.includes(year)) continue;
    const zh = `号码 ${line.number} 的受理时间按工作日、节假日区分，但 ${year} 年的放假调休安排尚未录入`;
    const en = `the hours of ${line.number} ask for working days of ${year}, which are not entered`;
    return [finding('hours.calendarEnds', place, zh, en)];
  }
  return [];
}

/** Days as the calendar can call them: which kinds a weekday can be. */
const KINDS_OF: Readonly<Record<'weekday' | 'weekend', readonly DayKind[]>> = {
  weekday: ['workday', 'holiday', 'assumedWorkday'],
  weekend: ['weekend', 'makeupWorkday', 'holiday', 'assumedWeekend'],
};

/** Asks at every minute at which an answer can change, on every sort of day, and around every instant it names. */
function everHolds(hours: Condition, nowMs: number): boolean {
  const parts = leaves(hours);
  const minutes = parts.flatMap((one) =>
    one.kind === 'timeOfDay' ? [minuteOf(one.from) ?? 0, (minuteOf(one.to) ?? 0) % 1_440] : [],
  );
  const instants = parts.flatMap((one) => {
    if (one.kind !== 'from' && one.kind !== 'until') return [];
    const at = Date.parse(one.at);
    return [at - 1, at];
  });
  const moments = [nowMs, ...instants.filter((at) => at >= nowMs)];
  return [1, 2, 3, 4, 5, 6, 7].some((weekday) =>
    KINDS_OF[weekday < 6 ? 'weekday' : 'weekend'].some((dayKind) =>
      [0, ...minutes].some((minuteOfDay) =>
        moments.some((at) =>
          holds(hours, { moment: { nowMs: at, minuteOfDay, weekday, dayKind }, caller: UNKNOWN_CALLER }),
        ),
      ),
    ),
  );
}

function leaves(condition: Condition): readonly Condition[] {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.flatMap(leaves);
  return condition.kind === 'not' ? leaves(condition.of) : [condition];
}
