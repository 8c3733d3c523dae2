/** A local day `YYYY-MM-DD`; days sort as text. */
export type LocalDate = string;
export type Instant = number;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, made);
  return made;
}

/** The wall clock of the zone at an instant, written as if it were UTC. */
function wallClock(instantMs: Instant, zone: string): number {
  const part = new Map(
    formatterOf(zone)
      .formatToParts(instantMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
  const seconds = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return seconds + (((instantMs % 1000) + 1000) % 1000);
}

export function localDateOf(instantMs: Instant, zone: string): LocalDate {
  const known = lately.find((day) => instantMs >= day.from && instantMs < day.to && day.zone === zone);
  if (known !== undefined) return known.date;
  const date = new Date(wallClock(instantMs, zone)).toISOString().slice(0, 10);
  const { midnight, plain } = dayOf(date, zone);
  // A day without a change of its clock is one stretch of 24 hours.
  if (plain)
    lately = [{ zone, date, from: midnight, to: midnight + 86_400_000 }, ...lately.slice(0, LATELY - 1)];
  return date;
}

/** Days that were asked for last: mostly today and those on which what begins today is due. */
let lately: readonly {
  readonly zone: string;
  readonly date: LocalDate;
  readonly from: Instant;
  readonly to: Instant;
}[] = [];
const LATELY = 8;

/** How long the day that it is in the zone still lasts. */
export function msToMidnight(instantMs: Instant, zone: string): number {
  return instantOf(addDays(localDateOf(instantMs, zone), 1), 0, zone) - instantMs;
}

/** Minutes past local midnight, 0 to 1439. */
export function minuteOfDay(instantMs: Instant, zone: string): number {
  return Math.floor((wallClock(instantMs, zone) % 86_400_000) / 60_000);
}

/**
 * The instant at which the zone's clock shows `minute` minutes past midnight of the day. In the hour that a change to
 * summer time leaves out it is the instant after the gap, in the hour that comes twice it is the first.
 */
export function instantOf(date: LocalDate, minute: number, zone: string): Instant {
  const { midnight, plain } = dayOf(date, zone);
  return plain ? midnight + minute * 60_000 : searchedInstant(date, minute, zone);
}

/** Asking Intl costs microseconds, and one ticket asks hundreds of times about the same few days. */
const days = new Map<string, { readonly midnight: Instant; readonly plain: boolean }>();
const DAYS_KEPT = 4000;

function dayOf(date: LocalDate, zone: string): { readonly midnight: Instant; readonly plain: boolean } {
  const key = `${date} ${zone}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const midnight = searchedInstant(date, 0, zone);
  const noon = searchedInstant(date, 12 * 60, zone);
  const end = searchedInstant(date, 24 * 60, zone);
  // Neither half of it is longer or shorter than twelve hours: no change of the clock.
  const plain = noon - midnight === 43_200_000 && end - noon === 43_200_000;
  if (days.size >= DAYS_KEPT) days.clear();
  const found = { midnight, plain };
  days.set(key, found);
  return found;
}

function searchedInstant(date: LocalDate, minute: number, zone: string): Instant {
  const wall = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
  const day = 86_400_000;
  const before = wallClock(wall - day, zone) - (wall - day);
  const after = wallClock(wall + day, zone) - (wall + day);
  const fits = [wall - before, wall - after].filter((guess) => wallClock(guess, zone) === wall);
  return fits.length > 0 ? Math.min(...fits) : wall - before;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
