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

/** One after the other, this far apart, and nobody waits longer than this. */
export interface LaneLimit {
  readonly spacingMs: number;
  readonly longestWaitMs: number;
}

/** For what is to be slowed and not refused: each attempt gets its moment, until the line is too long. */
export class SlowLane {
  readonly #limit: LaneLimit;
  readonly #now: () => number;
  readonly #nextAt = new Map<string, number>();

  constructor(limit: LaneLimit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  /** `wait`: go on after so many milliseconds. `full`: try again after so many. */
  enter(key: string): { readonly kind: 'wait' | 'full'; readonly ms: number } {
    const now = this.#now();
    const ms = Math.max(0, (this.#nextAt.get(key) ?? 0) - now);
    if (ms > this.#limit.longestWaitMs) return { kind: 'full', ms };
    this.#nextAt.delete(key);
    this.#nextAt.set(key, now + ms + this.#limit.spacingMs);
    for (const oldestKey of this.#nextAt.keys()) {
      if (this.#nextAt.size <= KEYS_MAX) break;
      this.#nextAt.delete(oldestKey);
    }
    return { kind: 'wait', ms };
  }
}

/** A bounded memory; who was not seen for longest is forgotten first. */
export class Remembered {
  readonly #keys = new Set<string>();

  add(key: string): void {
    this.#keys.delete(key);
    this.#keys.add(key);
    for (const oldest of this.#keys) {
      if (this.#keys.size <= KEYS_MAX) break;
      this.#keys.delete(oldest);
    }
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }
}
