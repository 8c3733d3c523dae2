import type { Adoption } from '../../domain/tickets/adoption.ts';
import type { Transaction } from './transaction.ts';

/** Suggestions that were accepted in a period, by the unit that has each. */
export interface AdoptionCount {
  readonly unitCode: string | null;
  readonly unitName: string | null;
  readonly suggestions: number;
  readonly adopted: number;
  readonly partly: number;
  readonly notAdopted: number;
  /** Of the adopted and partly adopted ones: made public. */
  readonly published: number;
}

export interface AdoptionBook {
  /** The same id once: asked for again it stands as it was. */
  add(
    adoption: {
      readonly id: string;
      readonly ticketId: string;
      readonly at: number;
      readonly by: string;
      readonly side: 'unit' | 'hotline';
      readonly outcome: Adoption;
      readonly words: string;
      readonly publication: string;
    },
    tx: Transaction,
  ): Promise<'added' | 'known'>;
  counts(from: number, to: number): Promise<readonly AdoptionCount[]>;
}
