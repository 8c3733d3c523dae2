import { CallerHours } from '../../domain/restrictions/caller-hours.ts';
import type { CallerHoursStore } from '../ports/restrictions.ts';

/**
 * Counts the calls of limited numbers that reach a person. One writer, in memory; kept in a local file, so that a
 * restart of call control opens no gate. Another machine that takes over begins at nothing: a limited caller may then
 * come through once more than his limit, which is better than turning somebody away for what nobody knows.
 */
export class CallerHoursBook {
  readonly #hours = new CallerHours();
  readonly #store: CallerHoursStore;

  constructor(store: CallerHoursStore) {
    this.#store = store;
  }

  async restore(nowMs: number): Promise<void> {
    for (const { number, reachedMs } of await this.#store.read())
      this.#hours.restore(number, reachedMs, nowMs);
  }

  count(number: string, nowMs: number): number {
    return this.#hours.count(number, nowMs);
  }

  reached(number: string, nowMs: number): void {
    for (const gone of this.#hours.forget(nowMs)) this.#store.drop(gone);
    this.#store.save(number, this.#hours.add(number, nowMs));
  }

  /** A call that was counted at this moment did not come to a person. */
  gaveBack(number: string, atMs: number): void {
    const left = this.#hours.remove(number, atMs);
    if (left.length === 0) this.#store.drop(number);
    else this.#store.save(number, left);
  }
}
