const HOUR_MS = 3_600_000;

interface Placed {
  readonly atMs: number;
  readonly agentId: string;
  readonly number: string;
}

/** Calls placed within the last hour, oldest first: what the caps against toll fraud count. */
export class PlacedCalls {
  readonly #placed: Placed[] = [];

  add(placed: Placed): void {
    this.#placed.push(placed);
  }

  counts(
    agentId: string,
    number: string,
    nowMs: number,
  ): { readonly inAll: number; readonly byAgent: number; readonly toNumber: number } {
    while ((this.#placed[0]?.atMs ?? nowMs) <= nowMs - HOUR_MS) this.#placed.shift();
    return {
      inAll: this.#placed.length,
      byAgent: this.#placed.filter((one) => one.agentId === agentId).length,
      toNumber: this.#placed.filter((one) => one.number === number).length,
    };
  }
}
