import type { CalendarException } from './calendar.ts';
import type { LocalCalendar } from './china.ts';
import { sameValue } from './limit-set.ts';
import type { LocalDate } from './local-time.ts';

/** What was entered of one calendar; the rest of it is announced, or the centre's. */
export interface CalendarEntries {
  readonly days: LocalCalendar['days'];
  /** null: the usual ones; of a unit: as the centre. */
  readonly periods: LocalCalendar['periods'];
  /** Of the centre's alone. */
  readonly years?: readonly { readonly year: number; readonly basis: string }[];
}

/** In what two states of one calendar differ; null as a day: as it is announced. */
export interface CalendarChanges {
  readonly days: readonly {
    readonly day: LocalDate;
    readonly before: CalendarException | null;
    readonly after: CalendarException | null;
  }[];
  /** Entered, or on another basis. */
  readonly years: readonly number[];
  /** null: they are the same. */
  readonly periods: {
    readonly before: LocalCalendar['periods'];
    readonly after: LocalCalendar['periods'];
  } | null;
}

const NOTHING: CalendarEntries = { days: [], periods: null };

/** null: a unit that has no calendar of its own. */
export function calendarChanges(
  before: CalendarEntries | null,
  after: CalendarEntries | null,
): CalendarChanges {
  const [was, is] = [before ?? NOTHING, after ?? NOTHING];
  const days = [...new Set([...was.days, ...is.days].map(({ day }) => day))]
    .sort()
    .map((day) => ({ day, before: entryOf(was, day), after: entryOf(is, day) }))
    .filter((one) => !sameValue(one.before, one.after));
  const years = (is.years ?? [])
    .filter(({ year, basis }) => !was.years?.some((one) => one.year === year && one.basis === basis))
    .map(({ year }) => year);
  const periods = sameValue(was.periods, is.periods) ? null : { before: was.periods, after: is.periods };
  return { days, years, periods };
}

function entryOf({ days }: CalendarEntries, day: LocalDate): CalendarException | null {
  const found = days.find((one) => one.day === day);
  return found === undefined ? null : { working: found.working, name: found.name };
}
