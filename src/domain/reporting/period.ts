import { addDays } from '../deadlines/local-time.ts';

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
  const length = lengthOf(period);
  if (!(length >= 1 && length <= most)) return null;
  return Array.from({ length }, (_, n) => addDays(period.from, n));
}

/** The same days in pieces of at most `most`, in their order. */
export function piecesOf({ from, to }: ReportPeriod, most: number): readonly ReportPeriod[] {
  const pieces: ReportPeriod[] = [];
  for (let first = from; first <= to; first = addDays(first, most)) {
    const last = addDays(first, most - 1);
    pieces.push({ from: first, to: last < to ? last : to });
  }
  return pieces;
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
