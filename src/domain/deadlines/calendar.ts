import { addDays, instantOf, type LocalDate, weekdayOf } from './local-time.ts';

export interface CalendarException {
  readonly working: boolean;
  /** What the day is called, e.g. 国庆节 or 国庆节调休. */
  readonly name: string;
}

/** Minutes past local midnight, `from` inclusive, `to` exclusive. */
export interface WorkingPeriod {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/**
 * Monday to Friday, except where the State Council (or the county) said otherwise. A year counts as known only when
 * somebody entered it: an empty year and a year without exceptions are different things.
 */
export interface WorkingCalendar {
  readonly zone: string;
  readonly years: ReadonlySet<number>;
  readonly exceptions: ReadonlyMap<LocalDate, CalendarException>;
  /** Of every working day, in order, without overlap. */
  readonly periods: readonly WorkingPeriod[];
  /** Compressed time: each day is so many seconds, whatever day it is (`compressed-time.ts`). Absent: time is real. */
  readonly daySeconds?: number;
}

/** 09:00-12:00 and 14:00-18:00, the usual hours of the units. */
export const USUAL_PERIODS: readonly WorkingPeriod[] = [
  { fromMinute: 9 * 60, toMinute: 12 * 60 },
  { fromMinute: 14 * 60, toMinute: 18 * 60 },
];

export type DayKind =
  | 'workday'
  | 'makeupWorkday'
  | 'weekend'
  | 'holiday'
  | 'assumedWorkday'
  | 'assumedWeekend';

export interface CalendarDay {
  readonly date: LocalDate;
  readonly kind: DayKind;
  readonly working: boolean;
  readonly name: string;
}

const WEEKDAYS = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'];

export function calendarDay(calendar: WorkingCalendar, date: LocalDate): CalendarDay {
  const weekday = weekdayOf(date);
  const weekend = weekday === 0 || weekday === 6;
  const name = WEEKDAYS[weekday] ?? '';
  const exception = calendar.exceptions.get(date);
  if (exception !== undefined) {
    const kind = exception.working ? (weekend ? 'makeupWorkday' : 'workday') : 'holiday';
    return { date, kind, working: exception.working, name: exception.name };
  }
  if (!calendar.years.has(Number(date.slice(0, 4)))) {
    return { date, kind: weekend ? 'assumedWeekend' : 'assumedWorkday', working: !weekend, name };
  }
  return { date, kind: weekend ? 'weekend' : 'workday', working: !weekend, name };
}

/** The end of the working time of a day, the instant at which a limit that ends on it runs out. */
export function closeOfDay(calendar: WorkingCalendar, date: LocalDate): number {
  const last = calendar.periods.at(-1);
  return instantOf(date, last === undefined ? 24 * 60 : last.toMinute, calendar.zone);
}

/** Working periods of a day as instants; none on a day off. */
export function periodsOfDay(
  calendar: WorkingCalendar,
  date: LocalDate,
): readonly { readonly from: number; readonly to: number }[] {
  const known = worked.get(calendar) ?? new Map<LocalDate, ReturnType<typeof periodsOfDay>>();
  worked.set(calendar, known);
  const before = known.get(date);
  if (before !== undefined) return before;
  const periods = !calendarDay(calendar, date).working
    ? []
    : calendar.periods.map(({ fromMinute, toMinute }) => ({
        from: instantOf(date, fromMinute, calendar.zone),
        to: instantOf(date, toMinute, calendar.zone),
      }));
  if (known.size >= WORKED_KEPT) known.clear();
  known.set(date, periods);
  return periods;
}

/** Each ticket asks a dozen times about the same few days; a calendar that is edited is another one. */
const worked = new WeakMap<WorkingCalendar, Map<LocalDate, ReturnType<typeof periodsOfDay>>>();
const WORKED_KEPT = 2000;

export function nextDay(date: LocalDate): LocalDate {
  const known = following.get(date);
  if (known !== undefined) return known;
  const next = addDays(date, 1);
  if (following.size >= WORKED_KEPT) following.clear();
  following.set(date, next);
  return next;
}
const following = new Map<LocalDate, LocalDate>();

/** Why a calendar cannot be used, or null. */
export function calendarFault(calendar: WorkingCalendar): string | null {
  if (calendar.periods.length === 0) return 'a working day needs at least one period';
  let end = 0;
  for (const { fromMinute, toMinute } of calendar.periods) {
    if (!Number.isInteger(fromMinute) || !Number.isInteger(toMinute)) return 'periods are whole minutes';
    if (fromMinute < end || toMinute <= fromMinute || toMinute > 24 * 60) {
      return 'periods are in order, do not overlap and lie within the day';
    }
    end = toMinute;
  }
  return null;
}
