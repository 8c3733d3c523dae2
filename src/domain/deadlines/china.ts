import {
  type CalendarException,
  calendarFault,
  USUAL_PERIODS,
  type WorkingCalendar,
  type WorkingPeriod,
} from './calendar.ts';
import { CHINA_YEARS } from './china-holidays.ts';
import { addDays, type LocalDate } from './local-time.ts';

/** What a county adds to the announced years: a newer year, or a day of its own (广西三月三). */
export interface LocalCalendar {
  readonly zone: string;
  readonly years: readonly number[];
  readonly days: readonly (CalendarException & { readonly day: LocalDate })[];
  readonly periods: readonly WorkingPeriod[] | null;
}

const announced = new Map<LocalDate, CalendarException>();
for (const { holidays, makeupDays } of CHINA_YEARS) {
  for (const [from, to, name] of holidays) {
    for (let day = from; day <= to; day = addDays(day, 1)) announced.set(day, { working: false, name });
  }
  for (const [day, name] of makeupDays) announced.set(day, { working: true, name });
}

/** What a unit has of its own on top of the centre's days: a market hall that works on Saturdays, a court's hours. */
export interface UnitCalendar {
  readonly days: LocalCalendar['days'];
  /** null: as the centre. */
  readonly periods: readonly WorkingPeriod[] | null;
}

/** A calendar has hundreds of days, and each ticket asks for the same one. */
const built = new WeakMap<LocalCalendar | UnitCalendar, WorkingCalendar>();

/** The State Council's announced years with the county's own entries on top. */
export function chinaCalendar(local: LocalCalendar): WorkingCalendar {
  const known = built.get(local);
  if (known !== undefined) return known;
  const calendar = buildCalendar(local);
  built.set(local, calendar);
  return calendar;
}

/** The calendar of one unit; the centre's when it has none of its own. */
export function unitCalendar(
  local: LocalCalendar,
  units: Readonly<Record<string, UnitCalendar>>,
  unitCode: string | null,
): WorkingCalendar {
  const own = unitCode !== null && Object.hasOwn(units, unitCode) ? units[unitCode] : undefined;
  if (own === undefined) return chinaCalendar(local);
  const known = built.get(own);
  if (known !== undefined) return known;
  const calendar = buildCalendar({
    ...local,
    days: [...local.days, ...own.days],
    periods: own.periods ?? local.periods,
  });
  built.set(own, calendar);
  return calendar;
}

function buildCalendar(local: LocalCalendar): WorkingCalendar {
  const exceptions = new Map(announced);
  for (const { day, working, name } of local.days) exceptions.set(day, { working, name });
  const calendar: WorkingCalendar = {
    zone: local.zone,
    years: new Set([...CHINA_YEARS.map(({ year }) => year), ...local.years]),
    exceptions,
    periods: local.periods ?? USUAL_PERIODS,
  };
  const fault = calendarFault(calendar);
  if (fault !== null) throw new RangeError(fault);
  return calendar;
}
