import type { Adoption } from '../../domain/tickets/adoption.ts';
import type { PageAsked, Paged } from './page.ts';
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

export type AdoptionTotals = Pick<AdoptionCount, 'suggestions' | 'adopted' | 'partly' | 'notAdopted'>;

/** What everybody may read: nothing of who suggested it, nor by which number. */
export interface PublishedAdoption {
  readonly id: string;
  readonly outcome: Exclude<Adoption, 'notAdopted'>;
  readonly category: string;
  readonly unit: string | null;
  readonly summary: string;
  readonly measure: string;
  readonly publication: string;
  /** ISO 8601, UTC. */
  readonly saidAt: string;
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
      readonly summary: string;
    },
    tx: Transaction,
  ): Promise<'added' | 'known'>;
  /** Confidential, or kept to a list. */
  isSecret(ticketId: string, tx: Transaction): Promise<boolean>;
  counts(from: number, to: number): Promise<readonly AdoptionCount[]>;
  /** The same over all units, without what was made public. */
  totals(from: number, to: number): Promise<AdoptionTotals>;
  /** Suggestions accepted in this time that the hotline's word puts on the public list, the last said first. */
  published(from: number, to: number, page: PageAsked): Promise<Paged<PublishedAdoption>>;
}
