import type { QuietHours } from '../deadlines/quiet-hours.ts';

/** 临时放宽: a drill or a demonstration calls at any hour, and its few numbers often. It ends by itself, whoever forgot it or died. */
export interface Relief {
  /** Epoch milliseconds; from then on the rules are as they stand. */
  readonly untilMs: number;
  readonly perNumberHour: number;
}

export const RELIEF_AT_MOST_MS = 4 * 3_600_000;
const NEVER_QUIET: QuietHours = { fromMinute: 0, toMinute: 0 };

interface Relieved {
  readonly quietHours: QuietHours;
  readonly perNumberHour: number;
  readonly relief: Relief | null;
}

/** The rules that hold at this instant. */
export function rulesAt<R extends Relieved>(rules: R, nowMs: number): R {
  const { relief, perNumberHour } = rules;
  if (relief === null || nowMs >= relief.untilMs) return rules;
  return {
    ...rules,
    quietHours: NEVER_QUIET,
    perNumberHour: Math.max(perNumberHour, relief.perNumberHour),
  };
}

/** One that is over does no harm: whoever sends back what he read changes nothing by it. */
export const isReliefTooLong = (relief: Relief | null, nowMs: number): boolean =>
  relief !== null && relief.untilMs > nowMs + RELIEF_AT_MOST_MS;
