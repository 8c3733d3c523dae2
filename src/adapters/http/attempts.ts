/** How many may fail within a window, and who is counted. */
export interface AttemptLimit {
  readonly max: number;
  readonly windowMs: number;
}

const KEYS_MAX = 50_000;

/**
 * Counts attempts, not requests: one is taken before it is tried, so that a thousand at once do not slip through, and
 * given back when it succeeds, so that an office behind one address can start its shift.
 */
export class AttemptLimiter {
  readonly #limit: AttemptLimit;
  readonly #now: () => number;
  readonly #taken = new Map<string, number[]>();

  constructor(limit: AttemptLimit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Null: go on. Otherwise the milliseconds after which there is room again. */
  take(key: string): number | null {
    const now = this.#now();
    const since = now - this.#limit.windowMs;
    const times = (this.#taken.get(key) ?? []).filter((at) => at > since);
    const [oldest] = times;
    if (times.length >= this.#limit.max && oldest !== undefined) {
      this.#taken.set(key, times);
      return oldest + this.#limit.windowMs - now;
    }
    // Re-inserted at the end: the map's order is that of the last attempt.
    this.#taken.delete(key);
    this.#taken.set(key, [...times, now]);
    for (const oldestKey of this.#taken.keys()) {
      if (this.#taken.size <= KEYS_MAX) break;
      this.#taken.delete(oldestKey);
    }
    return null;
  }

  giveBack(key: string): void {
    const times = this.#taken.get(key);
    if (times === undefined) return;
    times.pop();
    if (times.length === 0) this.#taken.delete(key);
  }
}
