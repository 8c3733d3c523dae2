import { addDays } from '../deadlines/local-time.ts';
import { isLocalDate } from '../hotlines/register/period.ts';

/** Local days `YYYY-MM-DD`, both included. */
export interface ReportPeriod {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;
const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);

export const lengthOf = ({ from, to }: ReportPeriod): number => dayNumber(to) - dayNumber(from) + 1;

/** Every day of the period; null when it ends before it begins or is longer than `most`. */
export function daysOf(period: ReportPeriod, most: number): readonly string[] | null {
  // A day around which a report is asked for may be the last that can be written.
  if (!isLocalDate(period.from) || !isLocalDate(period.to)) return null;
  const length = lengthOf(period);
  if (!(length >= 1 && length <= most)) return null;
  return Array.from({ length }, (_, n) => addDays(period.from, n));
}

/** Two real days, the first not after the second. */
export const isDayOrder = ({ from, to }: ReportPeriod): boolean =>
  isLocalDate(from) && isLocalDate(to) && from <= to;

/** The same days in pieces of at most `most`, in their order. */
export function piecesOf(period: ReportPeriod, most: number): readonly ReportPeriod[] {
  const pieces = Math.max(0, Math.ceil(lengthOf(period) / most));
  return Array.from({ length: pieces }, (_, n) => ({
    from: addDays(period.from, n * most),
    to: n + 1 < pieces ? addDays(period.from, (n + 1) * most - 1) : period.to,
  }));
}

export interface Comparison {
  readonly before: ReportPeriod | null;
  readonly after: ReportPeriod;
}

/** Equally long before a day and from it on: what a merger on that day changed. */
export function aroundDay(day: string, days: number): Comparison {
  return {
    before: { from: addDays(day, -days), to: addDays(day, -1) },
    after: { from: day, to: addDays(day, days - 1) },
  };
}
