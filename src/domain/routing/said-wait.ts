// What is said of a wait, as people say it: a few round numbers, none of which is taken back a moment later.

const MINUTE_MS = 60_000;
/** Minutes; beyond the last: "more than". */
export const WAIT_RUNGS = [1, 2, 3, 5, 10, 15, 20, 30] as const;
export const LONGEST_RUNG = 30;
export type SaidMinutes = (typeof WAIT_RUNGS)[number] | 'more';

/** Callers before him, told one by one up to ten and then as "more than": 11 stands for more than ten. */
export const AHEAD_RUNGS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 21, 51, 101] as const;
export type SaidAhead = (typeof AHEAD_RUNGS)[number];
/** Nobody need count further. */
export const AHEAD_AT_MOST = 101;

/** Who waits less is told nothing: it would be over before it is said (C5). */
export const UNTOLD_UNDER_MS = 20_000;

/** "About three minutes" is true up to three and a half. */
const ABOUT = 1.2;
/** By how much, and by which share, a promise may be missed before it is put right. */
const LATE_MS = 2 * MINUTE_MS;
const LATE_SHARE = 0.5;

/** What a citizen was told, and when. */
export interface SaidWait {
  readonly minutes: SaidMinutes;
  readonly atMs: number;
  /** It was longer than what he had been told before. That happens to nobody twice. */
  readonly raised: boolean;
}

export const saidMinutes = (waitMs: number): SaidMinutes =>
  WAIT_RUNGS.find((minutes) => waitMs <= minutes * MINUTE_MS * ABOUT) ?? 'more';

export const saidAhead = (ahead: number): SaidAhead =>
  AHEAD_RUNGS.reduce<SaidAhead>((last, rung) => (rung <= ahead ? rung : last), 0);

const msOf = (minutes: SaidMinutes): number => (minutes === 'more' ? LONGEST_RUNG : minutes) * MINUTE_MS;
const rungOf = (minutes: SaidMinutes): number =>
  minutes === 'more' ? WAIT_RUNGS.length : WAIT_RUNGS.indexOf(minutes);

/**
 * What is to be said of the wait now; null: what was said holds. It goes down with the line. It goes up once in a call at
 * most, when what was promised is missed by far, and from then on comes down no faster than the clock: an estimate that
 * swings is not passed on.
 */
export function sayWait(told: SaidWait | null, waitMs: number, nowMs: number): SaidWait | null {
  const minutes = saidMinutes(waitMs);
  if (told === null) return { minutes, atMs: nowMs, raised: false };
  const promisedMs = told.atMs + msOf(told.minutes);
  if (rungOf(minutes) < rungOf(told.minutes)) {
    const isEarned = !told.raised || promisedMs - nowMs <= msOf(minutes) * ABOUT;
    return isEarned ? { minutes, atMs: nowMs, raised: told.raised } : null;
  }
  if (told.raised || told.minutes === 'more') return null;
  const lateMs = nowMs + waitMs - promisedMs;
  const isLate = lateMs > Math.max(LATE_MS, msOf(told.minutes) * LATE_SHARE);
  return isLate ? { minutes, atMs: nowMs, raised: true } : null;
}

/** A place is told when it is better than the one that was told: who falls behind an urgent call hears nothing of it. */
export function sayAhead(told: SaidAhead | null, ahead: number): SaidAhead | null {
  const rung = saidAhead(ahead);
  return told === null || rung < told ? rung : null;
}
