import { addDays, instantOf, localDateOf } from './local-time.ts';

/** Hours in which nobody is woken, as minutes of the local day; over midnight when they end before they begin. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** 22:00 to 07:00. */
export const USUAL_QUIET_HOURS: QuietHours = { fromMinute: 22 * 60, toMinute: 7 * 60 };

/** The first instant, not before `at`, that lies outside the quiet hours. Equal minutes mean that there are none. */
export function afterQuietHours(at: number, quiet: QuietHours, zone: string): number {
  if (quiet.fromMinute === quiet.toMinute) return at;
  const today = localDateOf(at, zone);
  // Of the nights that could hold this instant one began yesterday.
  for (const day of [addDays(today, -1), today]) {
    const from = instantOf(day, quiet.fromMinute, zone);
    const endsOn = quiet.toMinute < quiet.fromMinute ? addDays(day, 1) : day;
    const to = instantOf(endsOn, quiet.toMinute, zone);
    if (from <= at && at < to) return to;
  }
  return at;
}
