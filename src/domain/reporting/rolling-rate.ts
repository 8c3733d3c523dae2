import { addCounts, MINUTE_MS, type MinuteCounts, NO_WAITS, requestedOf } from './connection-counters.ts';

/** GB/T 33358: at least this many of a hundred, in any continuous 24 hours. */
export const TARGET_PERCENT = 95;
export const WINDOW_MINUTES = 24 * 60;

/** The 24 hours that end with `minute`, that minute included. */
export interface RollingRate {
  readonly minute: number;
  readonly connected: number;
  readonly requested: number;
}
type CountsOf = (minute: number) => MinuteCounts;

/** Of whole calls, not of a rounded figure: 94.996 % is a breach. Without calls there is none. */
export const isBreach = ({ connected, requested }: Pick<RollingRate, 'connected' | 'requested'>): boolean =>
  connected * 100 < requested * TARGET_PERCENT;

/** How many more calls may be answered late, or not at all, before it is a breach; negative: so many too many. */
export const marginOf = ({ connected, requested }: Pick<RollingRate, 'connected' | 'requested'>): number =>
  Math.floor((connected * 100 - requested * TARGET_PERCENT) / TARGET_PERCENT);

/** One rate for each minute from first to last. Each costs one minute that comes in and one that leaves. */
export function rollingRates(countsOf: CountsOf, first: number, last: number): RollingRate[] {
  let window = NO_WAITS;
  for (let minute = first - WINDOW_MINUTES; minute < first; minute += 1) {
    window = addCounts(window, countsOf(minute));
  }
  const rates: RollingRate[] = [];
  for (let minute = first; minute <= last; minute += 1) {
    window = addCounts(window, countsOf(minute));
    window = addCounts(window, countsOf(minute - WINDOW_MINUTES), -1);
    rates.push({ minute, connected: window.within, requested: requestedOf(window) });
  }
  return rates;
}

/** The lowest, the first of equals; null when no window had a call. */
export function worstOf(rates: readonly RollingRate[]): RollingRate | null {
  let worst: RollingRate | null = null;
  for (const one of rates) {
    if (one.requested === 0) continue;
    if (worst === null || one.connected * worst.requested < worst.connected * one.requested) worst = one;
  }
  return worst;
}

/** Looked back to know the present pace, and looked ahead with it. */
export const PACE_MINUTES = 60;
export const AHEAD_MINUTES = 180;
/** With fewer calls in the last hour one caller more or less would be an alarm. */
export const PACE_CALLS_MIN = 10;

export type BreachWarning =
  | { readonly kind: 'breached' }
  /** With the window that ends with `minute`. */
  | { readonly kind: 'coming'; readonly minute: number; readonly inMinutes: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'tooFewCalls' };

export const WARNING_RULE = {
  zh:
    `设今后 ${AHEAD_MINUTES / 60} 小时每分钟的人工请求数与 15 秒内接通数同最近 ${PACE_MINUTES} 分钟的平均，` +
    `逐分钟移出 24 小时前的实际数；首次低于 ${TARGET_PERCENT}% 的时刻即预警时刻。最近一小时不足 ${PACE_CALLS_MIN} 个人工请求不作预测。`,
  en:
    `Calls come and are answered within 15 s for the next ${AHEAD_MINUTES / 60} hours at the average of the last ` +
    `${PACE_MINUTES} minutes, while what really happened 24 hours earlier leaves the window minute by minute; the first ` +
    `minute below ${TARGET_PERCENT} % is the warning. With fewer than ${PACE_CALLS_MIN} calls in the last hour nothing is foretold.`,
} as const;

/** After the minute `last`, by WARNING_RULE. */
export function breachWarning(countsOf: CountsOf, last: number): BreachWarning {
  const [now] = rollingRates(countsOf, last, last);
  if (now === undefined) return { kind: 'none' };
  if (isBreach(now)) return { kind: 'breached' };
  let pace = NO_WAITS;
  for (let minute = last - PACE_MINUTES + 1; minute <= last; minute += 1)
    pace = addCounts(pace, countsOf(minute));
  const pacing = requestedOf(pace);
  if (pacing < PACE_CALLS_MIN) return { kind: 'tooFewCalls' };
  // In sixtieths of a call, so that the sums stay whole.
  let connected = now.connected * PACE_MINUTES;
  let requested = now.requested * PACE_MINUTES;
  for (let inMinutes = 1; inMinutes <= AHEAD_MINUTES; inMinutes += 1) {
    const leaving = countsOf(last + inMinutes - WINDOW_MINUTES);
    connected += pace.within - leaving.within * PACE_MINUTES;
    requested += pacing - requestedOf(leaving) * PACE_MINUTES;
    if (isBreach({ connected, requested })) return { kind: 'coming', minute: last + inMinutes, inMinutes };
  }
  return { kind: 'none' };
}

/** First and last instant of the window that ends with `minute`. */
export const windowOf = (minute: number): { readonly fromMs: number; readonly toMs: number } => ({
  fromMs: (minute + 1 - WINDOW_MINUTES) * MINUTE_MS,
  toMs: (minute + 1) * MINUTE_MS,
});
