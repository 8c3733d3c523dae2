import type { AfterEnd } from '../mode.ts';

/**
 * A number's life in the register is a row of periods that do not overlap: a transition and then a forwarding, an
 * extension after a transition. Days are local, `YYYY-MM-DD`, both ends within the period; null means without an end.
 */
export interface Period {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly afterEnd?: AfterEnd;
}

export const hasBegun = (period: Period, day: string): boolean => period.validFrom <= day;
export const hasEnded = (period: Period, day: string): boolean =>
  period.validTo !== null && period.validTo < day;
export const isInForce = (period: Period, day: string): boolean =>
  hasBegun(period, day) && !hasEnded(period, day);

/** It was taken out or taken back: it counts on the days on which it was so, and says nothing afterwards. */
export const isHistory = (period: Period, day: string): boolean =>
  period.afterEnd === 'none' && hasEnded(period, day);

/**
 * Of one number's periods the one that speaks for it on a day: the one in force (of several, which the linter refuses,
 * the one begun last), else the one that ended last, else the one that begins first.
 */
export function periodAt<T extends Period>(periods: readonly T[], day: string): T | null {
  let best: T | null = null;
  for (const one of periods) {
    if (isHistory(one, day)) continue;
    if (best === null || speaksBefore(one, best, day)) best = one;
  }
  return best;
}

function speaksBefore(one: Period, other: Period, day: string): boolean {
  const rank = (period: Period): number => (isInForce(period, day) ? 2 : hasBegun(period, day) ? 1 : 0);
  if (rank(one) !== rank(other)) return rank(one) > rank(other);
  return rank(one) === 0 ? one.validFrom < other.validFrom : one.validFrom > other.validFrom;
}

/** The periods of each number. */
export function byNumber<T extends { readonly number: string }>(
  lines: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const periods = new Map<string, T[]>();
  for (const line of lines) {
    const known = periods.get(line.number);
    if (known === undefined) periods.set(line.number, [line]);
    else known.push(line);
  }
  return periods;
}

/** Two periods that share a day. An empty one (its end before its beginning) shares none. */
export function overlap(one: Period, other: Period): boolean {
  return [one, other].every((last) => [one, other].every((first) => !hasEnded(last, first.validFrom)));
}

/** A day that the calendar has, written `YYYY-MM-DD`; it has no year 0, and the books refuse one. */
export function isLocalDate(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** `days` local days later, earlier when negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
