import type { PresenceState } from './presence-table.ts';

/** The beginning of an interval, as call control told it; the interval lasts to the next one of the same agent. */
export interface PresencePoint {
  readonly atMs: number;
  readonly state: PresenceState;
  readonly reason: string | null;
  /** The limit with which it began; a later change of the catalogue does not reach back. */
  readonly limitMs: number | null;
  readonly countsAsRest: boolean;
  /** Sign-out by a lead: whose words, and which. */
  readonly by: string | null;
  readonly note: string | null;
}

export interface PresenceInterval extends Omit<PresencePoint, 'atMs'> {
  readonly fromMs: number;
  /** null: it goes on. */
  readonly toMs: number | null;
  /** By how much it is longer than its limit allows, so far. */
  readonly overMs: number;
}

export interface PresenceSum {
  readonly state: PresenceState;
  readonly reason: string | null;
  readonly count: number;
  readonly ms: number;
  readonly overMs: number;
}

/** Without gap and overlap, whatever order the facts came in: `points` sorted by time. Of no length are left out. */
export function intervalsOf(points: readonly PresencePoint[], nowMs: number): PresenceInterval[] {
  return points.flatMap(({ atMs, ...point }, index) => {
    const toMs = points[index + 1]?.atMs ?? null;
    const lasted = (toMs ?? Math.max(nowMs, atMs)) - atMs;
    if (toMs !== null && lasted <= 0) return [];
    const overMs = point.limitMs === null ? 0 : Math.max(0, lasted - point.limitMs);
    return [{ ...point, fromMs: atMs, toMs, overMs }];
  });
}

/** What of each state and reason lies between two instants; an interval that began before counts with its part. */
export function sumsOf(
  intervals: readonly PresenceInterval[],
  fromMs: number,
  toMs: number,
  nowMs: number,
): { readonly sums: readonly PresenceSum[]; readonly restMs: number; readonly signedInMs: number } {
  const sums = new Map<string, PresenceSum>();
  let restMs = 0;
  let signedInMs = 0;
  const within = (startMs: number, endMs: number): number =>
    Math.max(0, Math.min(endMs, toMs) - Math.max(startMs, fromMs));
  for (const { state, reason, limitMs, countsAsRest, ...one } of intervals) {
    const endMs = one.toMs ?? Math.max(nowMs, one.fromMs);
    const ms = within(one.fromMs, endMs);
    if (ms === 0) continue;
    const overMs = limitMs === null ? 0 : within(one.fromMs + limitMs, endMs);
    const key = `${state} ${reason ?? ''}`;
    const before = sums.get(key) ?? { state, reason, count: 0, ms: 0, overMs: 0 };
    sums.set(key, { ...before, count: before.count + 1, ms: before.ms + ms, overMs: before.overMs + overMs });
    if (countsAsRest) restMs += ms;
    if (state !== 'SIGNED_OUT') signedInMs += ms;
  }
  return { sums: [...sums.values()], restMs, signedInMs };
}
