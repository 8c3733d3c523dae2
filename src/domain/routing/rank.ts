/** Before everybody: a talk that was cut off goes on with the next agent. */
export const CUT_OFF = 0;
/** From 1, the most urgent, to 9. */
export const PRIORITIES = { mostUrgent: 1, urgent: 2, usual: 5, least: 9 } as const;
/** What one step of priority is worth: who waits that much longer is equal to the more urgent one. */
export const AGEING_MS = 60_000;

const FOREVER_MS = 1e14;

/**
 * A caller's place in line, smaller is sooner. All age alike, so the order of two callers never changes while they wait:
 * the place is found once, and time moves nobody.
 */
export const rankOf = (priority: number, sinceMs: number): number =>
  isCutOff({ priority }) ? sinceMs - FOREVER_MS : sinceMs + (priority - 1) * AGEING_MS;

export const isCutOff = ({ priority }: { readonly priority: number }): boolean => priority <= CUT_OFF;

export interface Standing {
  readonly priority: number;
  readonly sinceMs: number;
}

/** Of who has two places, his call's and his callback's: both are his, so the better half of each counts. */
export const betterOf = (one: Standing, other: Standing): Standing => ({
  priority: Math.min(one.priority, other.priority),
  sinceMs: Math.min(one.sinceMs, other.sinceMs),
});
