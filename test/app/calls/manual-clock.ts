import type { Clock } from '../../../src/app/ports/clock.ts';

/** Time stands still until the test moves it. */
export class ManualClock implements Clock {
  #nowMs: number;
  #nextId = 0;
  /** So many timers have run. */
  fired = 0;
  readonly #timers = new Map<number, { readonly atMs: number; readonly run: () => void }>();

  constructor(nowMs = Date.UTC(2026, 10, 23, 2, 0, 0)) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  rulesNow(): number {
    return this.#nowMs;
  }

  after(afterMs: number, run: () => void): () => void {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#timers.set(id, { atMs: this.#nowMs + afterMs, run });
    return () => this.#timers.delete(id);
  }

  get pending(): number {
    return this.#timers.size;
  }

  /** Runs what falls due, in order, each at its own time; `between` lets promises settle. */
  async advance(byMs: number, between: () => Promise<void>): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const due = [...this.#timers].filter(([, one]) => one.atMs <= untilMs);
      const first = due.sort(([a, x], [b, y]) => x.atMs - y.atMs || a - b)[0];
      if (first === undefined) break;
      const [id, timer] = first;
      this.#timers.delete(id);
      this.#nowMs = Math.max(this.#nowMs, timer.atMs);
      this.fired += 1;
      timer.run();
      await between();
    }
    this.#nowMs = untilMs;
    await between();
  }
}
