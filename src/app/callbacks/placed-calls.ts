import type { PlacedCall, PlacedCallStore } from '../ports/placed-calls.ts';

const HOUR_MS = 3_600_000;

/** Calls placed within the last hour, oldest first: what the caps against toll fraud count, across restarts. */
export class PlacedCalls {
  readonly #placed: PlacedCall[] = [];
  readonly #store: PlacedCallStore;

  constructor(store: PlacedCallStore) {
    this.#store = store;
  }

  /** Once, before the first is added. */
  restore(placed: readonly PlacedCall[]): void {
    this.#placed.push(...[...placed].sort((one, other) => one.atMs - other.atMs));
  }

  add(placed: PlacedCall): void {
    this.#placed.push(placed);
    this.#store.save(placed);
  }

  /** Placed within the last hour, also by a process before this one: the same call asked for again is that call. */
  knows(id: string): boolean {
    return this.#placed.some((one) => one.id === id);
  }

  counts(
    agentId: string,
    number: string,
    nowMs: number,
  ): { readonly inAll: number; readonly byAgent: number; readonly toNumber: number } {
    while ((this.#placed[0]?.atMs ?? nowMs) <= nowMs - HOUR_MS) {
      const gone = this.#placed.shift();
      if (gone !== undefined) this.#store.drop(gone.id);
    }
    return {
      inAll: this.#placed.length,
      byAgent: this.#placed.filter((one) => one.agentId === agentId).length,
      toNumber: this.#placed.filter((one) => one.number === number).length,
    };
  }
}
