import {
  type CalendarDay,
  calendarDay,
  closeOfDay,
  type DayKind,
  nextDay,
  periodsOfDay,
  type WorkingCalendar,
} from './calendar.ts';
import { provisionalNote } from './calendar-years.ts';
import { compressedMark, compressedWords, workOfDay } from './compressed-time.ts';
import { type LocalDate, localDateOf } from './local-time.ts';

/** One line of the explanation: a day and its place in the count; `count` is null when the day does not count. */
export interface ExplainedDay {
  readonly date: LocalDate;
  readonly kind: DayKind;
  readonly name: string;
  readonly counts: 'startDay' | 'counted' | 'dayOff';
  readonly count: number | null;
}

export interface Explanation {
  readonly rule: string;
  readonly zone: string;
  readonly days: readonly ExplainedDay[];
  /** Years of the count for which no calendar was entered: their days are an assumption, not knowledge. */
  readonly missingYears: readonly number[];
  /** Why it is provisional; absent when it is certain. */
  readonly note?: string;
  /** Which limits said so, and on what they rest; absent in what an earlier release counted. */
  readonly source?: string;
  /** Compressed time: so many seconds are a day; absent when time is real. */
  readonly daySeconds?: number;
}

export type Due =
  | { readonly kind: 'certain'; readonly dueAt: number; readonly explanation: Explanation }
  /** The calendar does not reach the last day: Monday to Friday was assumed beyond it, and it must be counted again. */
  | { readonly kind: 'provisional'; readonly dueAt: number; readonly explanation: Explanation };

/** Longest limit that is counted; a mistyped 3000 must not become a date in ten years. */
export const MAX_WORKING_DAYS = 250;

/** No calendar has this many days off in a row. */
const MAX_DAYS_OFF = 60;

export const WORKING_DAYS_RULE =
  '自受理次日起按工作日计算，至最后一个工作日下班时止（《民法典》第二百零一条、第二百零三条）';

/**
 * Counts `days` working days (1 to 250) from the moment of acceptance.
 *
 * Civil Code art. 201: the day on which the period begins does not count; it begins with the following day. Art. 203:
 * the period ends with the last day's hours of business, and a last day that is a statutory day off gives way to the
 * next that is not. Acceptance at 00:00 or at 23:59:59 of one local day gives the same due time, and so does
 * acceptance on any day off before the same working day.
 */
export function dueAfterWorkingDays(acceptedAt: number, days: number, calendar: WorkingCalendar): Due {
  if (!Number.isInteger(days) || days < 1 || days > MAX_WORKING_DAYS) {
    throw new RangeError(`a limit has 1 to ${MAX_WORKING_DAYS} working days, not ${days}`);
  }
  if (calendar.daySeconds !== undefined) return compressedDue(acceptedAt, days, '个工作日', calendar);
  const from = localDateOf(acceptedAt, calendar.zone);
  const counted = countedIn(calendar);
  const key = `${from} ${days}`;
  const known = counted.get(key);
  if (known !== undefined) return known;
  const due = countWorkingDays(from, days, calendar);
  if (counted.size >= COUNTED_KEPT) counted.clear();
  counted.set(key, due);
  return due;
}

/** What is accepted on one day has one due time and one explanation: a day's tickets share them. */
const counted = new WeakMap<WorkingCalendar, Map<string, Due>>();
const COUNTED_KEPT = 1000;

function countedIn(calendar: WorkingCalendar): Map<string, Due> {
  const known = counted.get(calendar);
  if (known !== undefined) return known;
  const made = new Map<string, Due>();
  counted.set(calendar, made);
  return made;
}

export const FROM_TODAY_RULE =
  '受理当日计为第1个工作日，至最后一个工作日下班时止；下班后、休息日受理的，自下一个工作日起计（严于《民法典》第二百零一条）';

/**
 * Counts `days` working days (1 to 250) of which the first is the day itself: one of them is 当日办结. What comes in when the
 * day's working time is over, or on a day off, begins with the next working day, so that nobody is late before he could begin.
 */
export function dueAtCloseOfDay(acceptedAt: number, days: number, calendar: WorkingCalendar): Due {
  if (!Number.isInteger(days) || days < 1 || days > MAX_WORKING_DAYS) {
    throw new RangeError(`a limit has 1 to ${MAX_WORKING_DAYS} working days, not ${days}`);
  }
  if (calendar.daySeconds !== undefined) return compressedDue(acceptedAt, days, '个工作日', calendar);
  const today = localDateOf(acceptedAt, calendar.zone);
  const counts = calendarDay(calendar, today).working && acceptedAt < closeOfDay(calendar, today);
  return countWorkingDays(today, days, calendar, { rule: FROM_TODAY_RULE, countsFirst: counts });
}

function countWorkingDays(
  from: LocalDate,
  days: number,
  calendar: WorkingCalendar,
  { rule, countsFirst } = { rule: WORKING_DAYS_RULE, countsFirst: false },
): Due {
  let date = from;
  const first = calendarDay(calendar, date);
  const explained: ExplainedDay[] = [
    countsFirst ? explain(first, 'counted', 1) : explain(first, 'startDay', null),
  ];
  let count = countsFirst ? 1 : 0;
  let off = 0;
  while (count < days) {
    date = nextDay(date);
    const day = calendarDay(calendar, date);
    off = day.working ? 0 : off + 1;
    if (off > MAX_DAYS_OFF)
      throw new RangeError(`the calendar has no working day in ${MAX_DAYS_OFF} days to ${date}`);
    if (day.working) count += 1;
    explained.push(explain(day, day.working ? 'counted' : 'dayOff', day.working ? count : null));
  }
  const missingYears = [
    ...new Set(
      explained
        .filter(({ kind, counts }) => counts !== 'startDay' && kind.startsWith('assumed'))
        .map(({ date: one }) => Number(one.slice(0, 4))),
    ),
  ];
  return {
    kind: missingYears.length === 0 ? 'certain' : 'provisional',
    dueAt: closeOfDay(calendar, date),
    explanation: {
      rule,
      zone: calendar.zone,
      days: explained,
      missingYears,
      ...provisionalNote(missingYears),
    },
  };
}

function explain(day: CalendarDay, counts: ExplainedDay['counts'], count: number | null): ExplainedDay {
  return { date: day.date, kind: day.kind, name: day.name, counts, count };
}

export const CALENDAR_DAYS_RULE =
  '自受理次日起按自然日计算，最后一日是法定休假日的顺延至下一工作日下班时止（《民法典》第二百零一条、第二百零三条）';

/** Calendar days (Beijing): the start day does not count, the last ends at midnight, a day off moves it (art. 203). */
export function dueAfterCalendarDays(acceptedAt: number, days: number, calendar: WorkingCalendar): Due {
  if (!Number.isInteger(days) || days < 1 || days > MAX_WORKING_DAYS) {
    throw new RangeError(`a limit has 1 to ${MAX_WORKING_DAYS} days, not ${days}`);
  }
  if (calendar.daySeconds !== undefined) return compressedDue(acceptedAt, days, '日', calendar);
  let date = localDateOf(acceptedAt, calendar.zone);
  const explained: ExplainedDay[] = [explain(calendarDay(calendar, date), 'startDay', null)];
  for (let count = 1; ; count += 1) {
    date = nextDay(date);
    const day = calendarDay(calendar, date);
    const moved = count > days;
    explained.push(explain(day, moved && !day.working ? 'dayOff' : 'counted', moved ? null : count));
    if (count >= days && day.working) break;
    if (count > days + MAX_DAYS_OFF) throw new RangeError(`the calendar has no working day to ${date}`);
  }
  const last = explained.slice(days);
  const missingYears = [
    ...new Set(
      last.filter(({ kind }) => kind.startsWith('assumed')).map((one) => Number(one.date.slice(0, 4))),
    ),
  ];
  return {
    kind: missingYears.length === 0 ? 'certain' : 'provisional',
    dueAt: closeOfDay(calendar, date),
    explanation: {
      rule: CALENDAR_DAYS_RULE,
      zone: calendar.zone,
      days: explained,
      missingYears,
      ...provisionalNote(missingYears),
    },
  };
}

/** Compressed time knows no dates: each day is as long as the other, from the instant itself on. */
function compressedDue(from: number, days: number, unit: string, calendar: WorkingCalendar): Due {
  return {
    kind: 'certain',
    dueAt: from + days * (calendar.daySeconds ?? 0) * 1000,
    explanation: {
      rule: `${days} ${unit}${compressedWords(calendar)}`,
      zone: calendar.zone,
      days: [],
      missingYears: [],
      ...compressedMark(calendar),
    },
  };
}

/**
 * Counts working minutes (1 to 250 days' worth) from an instant: a limit in hours begins at once (art. 201 para. 2)
 * and runs only within the working periods.
 */
export function dueAfterWorkingMinutes(from: number, minutes: number, calendar: WorkingCalendar): number {
  if (!Number.isFinite(minutes) || minutes < 0) throw new RangeError(`not a number of minutes: ${minutes}`);
  const { daySeconds } = calendar;
  if (daySeconds !== undefined)
    return Math.round(from + (minutes * 60_000 * daySeconds * 1000) / workOfDay(calendar));
  let left = minutes * 60_000;
  let date = localDateOf(from, calendar.zone);
  let off = 0;
  for (;;) {
    const periods = periodsOfDay(calendar, date);
    off = periods.length === 0 ? off + 1 : 0;
    if (off > MAX_DAYS_OFF)
      throw new RangeError(`the calendar has no working day in ${MAX_DAYS_OFF} days to ${date}`);
    for (const period of periods) {
      const start = Math.max(from, period.from);
      const length = period.to - start;
      if (length <= 0) continue;
      if (left <= length) return start + left;
      left -= length;
    }
    date = nextDay(date);
  }
}

/** Working milliseconds between two instants; 0 when `to` is not after `from`. */
export function workingMsBetween(from: number, to: number, calendar: WorkingCalendar): number {
  const { daySeconds } = calendar;
  if (daySeconds !== undefined) return (Math.max(0, to - from) * workOfDay(calendar)) / (daySeconds * 1000);
  let sum = 0;
  const end = localDateOf(to, calendar.zone);
  for (let date = localDateOf(from, calendar.zone); date <= end; date = nextDay(date)) {
    for (const period of periodsOfDay(calendar, date)) {
      sum += Math.max(0, Math.min(to, period.to) - Math.max(from, period.from));
    }
  }
  return sum;
}
