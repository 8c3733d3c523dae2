import type { WitnessView } from '../../domain/lease/contend.ts';
import type { LeaseWitness } from '../ports/lease.ts';

/** How long the witness has seen nothing new, by our own ticks: clocks of two machines are not compared. */
export class WitnessWatch {
  readonly #witness: LeaseWitness;
  readonly #ticks: () => number;
  #seen: { readonly what: string; readonly since: number } | null = null;

  constructor(witness: LeaseWitness, ticks: () => number) {
    this.#witness = witness;
    this.#ticks = ticks;
  }

  async look(): Promise<WitnessView> {
    try {
      const sign = await this.#witness.look();
      const forMs = this.#sameFor(sign === null ? '' : `${sign.term.id} ${sign.count}`);
      return sign === null
        ? { kind: 'unsigned', forMs }
        : { kind: 'signed', term: sign.term, sameForMs: forMs };
    } catch {
      // It begins anew when the witness answers again: what it did not see it cannot say.
      this.#seen = null;
      return { kind: 'away' };
    }
  }

  #sameFor(what: string): number {
    const now = this.#ticks();
    if (this.#seen?.what !== what) this.#seen = { what, since: now };
    return now - this.#seen.since;
  }
}
