import {
  addCounts,
  ConnectionCounters,
  MINUTE_MS,
  type MinuteCounts,
  NO_WAITS,
} from '../../domain/reporting/connection-counters.ts';
import {
  type BreachWarning,
  breachWarning,
  type RollingRate,
  rollingRates,
  WINDOW_MINUTES,
  worstOf,
} from '../../domain/reporting/rolling-rate.ts';
import { AppError } from '../errors.ts';
import type { ConnectionWaits } from '../ports/connection-waits.ts';

const DAY_MS = 24 * 3_600_000;
const DAYS_MAX = 31;
/** A month of a city of millions. */
const CALLS_MAX = 1_000_000;

export interface ConnectionRateReport {
  /** One for each whole minute of the period, of the 24 hours that end with it. */
  readonly series: readonly RollingRate[];
  readonly worst: RollingRate | null;
  /** As seen at the end of the period. */
  readonly warning: BreachWarning;
  /** Calls of the period itself, by what became of their wait. */
  readonly counts: MinuteCounts;
}

/**
 * The connection rate within 15 s over every rolling 24 hours that end between two instants (GB/T 33358). The minute
 * that is not over yet is left out. Refuses with `rate.periodInvalid` and `rate.tooManyCalls`.
 */
export function readConnectionRate(deps: { readonly waits: ConnectionWaits; readonly now: () => number }) {
  return async (fromMs: number, toMs: number): Promise<ConnectionRateReport> => {
    const nowMs = deps.now();
    const first = Math.ceil(fromMs / MINUTE_MS);
    const last = Math.floor(Math.min(toMs, nowMs) / MINUTE_MS) - 1;
    if (!(last >= first) || toMs - fromMs > DAYS_MAX * DAY_MS) {
      throw new AppError('rate.periodInvalid', { daysMax: DAYS_MAX, now: new Date(nowMs).toISOString() });
    }
    const counters = new ConnectionCounters();
    const windowFromMs = (first - WINDOW_MINUTES) * MINUTE_MS;
    const whole = await deps.waits.each(windowFromMs, (last + 1) * MINUTE_MS, CALLS_MAX, (wait) =>
      counters.put(wait, nowMs),
    );
    if (!whole) throw new AppError('rate.tooManyCalls', { callsMax: CALLS_MAX });
    const countsOf = (minute: number): MinuteCounts => counters.of(minute);
    const series = rollingRates(countsOf, first, last);
    let counts = NO_WAITS;
    for (let minute = first; minute <= last; minute += 1) counts = addCounts(counts, countsOf(minute));
    return { series, worst: worstOf(series), warning: breachWarning(countsOf, last), counts };
  };
}
