import type { Calendar, CalendarEditBody } from './shapes.ts';

export interface OwnDay {
  day: string;
  working: boolean;
  name: string;
}
export interface Period {
  fromMinute: number;
  toMinute: number;
}
/** Edits of one calendar, kept on this machine until they are saved or dropped. */
export interface CalendarDraft {
  /** The edition that he had before the eyes when it was begun. */
  base: number;
  years: { year: number; basis: string }[];
  days: OwnDay[];
  /** What was entered here and shall be as it was announced again. */
  removed: string[];
  /** null: the usual ones; absent: as they are. */
  periods?: Period[] | null;
  asCentre: boolean;
  reason: string;
}
export const emptyDraft = (): CalendarDraft => ({
  base: 0,
  years: [],
  days: [],
  removed: [],
  asCentre: false,
  reason: '',
});

/** What stands in the fields beside it and is not in it yet. */
export interface CalendarTyped {
  from: string;
  to: string;
  working: boolean;
  name: string;
  basis: string;
  /** null: as they stand. */
  periods: string | null;
}
export const nothingTyped = (): CalendarTyped => ({
  ...{ from: '', to: '', working: false, name: '' },
  ...{ basis: '', periods: null },
});

export const isEmpty = ({ years, days, removed, periods, asCentre }: CalendarDraft): boolean =>
  years.length + days.length + removed.length === 0 && periods === undefined && !asCentre;

/** These days become so; what was drafted of them before is over. */
export function withDays(draft: CalendarDraft, days: readonly OwnDay[]): CalendarDraft {
  const named = new Set(days.map(({ day }) => day));
  return {
    ...draft,
    days: [...draft.days.filter(({ day }) => !named.has(day)), ...days].toSorted((a, b) =>
      a.day.localeCompare(b.day),
    ),
    removed: draft.removed.filter((day) => !named.has(day)),
  };
}

/** These days as they are announced: what was entered of them here goes, what was only drafted is forgotten. */
export function withoutDays(
  draft: CalendarDraft,
  days: readonly string[],
  own: readonly OwnDay[],
): CalendarDraft {
  const named = new Set(days);
  const entered = own.map(({ day }) => day).filter((day) => named.has(day));
  return {
    ...draft,
    days: draft.days.filter(({ day }) => !named.has(day)),
    removed: [...new Set([...draft.removed, ...entered])].toSorted(),
  };
}

/** As the API takes it: of the centre what changes, of a unit all that it has of its own. */
export function bodyOf(
  draft: CalendarDraft,
  unitCode: string | null,
  own: Calendar['own'],
): Omit<CalendarEditBody, 'reason'> {
  const { base, years, days, removed, periods, asCentre } = draft;
  if (unitCode === null) {
    return { base, years, days, removedDays: removed, ...(periods === undefined ? {} : { periods }) };
  }
  if (asCentre) return { base, unitCode, asCentre };
  const changed = new Set([...removed, ...days.map(({ day }) => day)]);
  const kept = (own?.days ?? []).filter(({ day }) => !changed.has(day));
  return {
    ...{ base, unitCode },
    days: [...kept, ...days],
    periods: periods === undefined ? (own?.periods ?? null) : periods,
  };
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
export const periodsText = (periods: readonly Period[]): string =>
  periods.map(({ fromMinute, toMinute }) => `${clock(fromMinute)}-${clock(toMinute)}`).join(', ');

const PERIOD = /^(\d{1,2})[:：](\d{2})\s*[-–—~至]\s*(\d{1,2})[:：](\d{2})$/;

/** Null: the usual ones. Undefined: not to be understood. */
export function readPeriods(text: string): Period[] | null | undefined {
  if (text.trim() === '') return null;
  let end = 0;
  const periods: Period[] = [];
  for (const part of text.split(/[,，、;；]/)) {
    const found = PERIOD.exec(part.trim());
    if (found === null) return undefined;
    const [, fromHour, fromMinutes, toHour, toMinutes] = found.map(Number);
    const fromMinute = (fromHour ?? 0) * 60 + (fromMinutes ?? 0);
    const toMinute = (toHour ?? 0) * 60 + (toMinutes ?? 0);
    const isWrong = (fromMinutes ?? 0) > 59 || (toMinutes ?? 0) > 59 || fromMinute < end;
    if (isWrong || toMinute <= fromMinute || toMinute > 1440) return undefined;
    periods.push({ fromMinute, toMinute });
    end = toMinute;
  }
  return periods;
}

/** `08:00`, in minutes; null: none. */
export function readClock(text: string): number | null {
  const found = /^(\d{1,2})[:：](\d{2})$/.exec(text.trim());
  if (found === null) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  return minutes > 59 || hours * 60 + minutes > 1440 ? null : hours * 60 + minutes;
}
export const clockText = clock;
