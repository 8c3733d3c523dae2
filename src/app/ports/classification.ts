import type { OpeningFacts } from './tickets.ts';
import type { Transaction } from './transaction.ts';

/** By what a ticket is sorted now. */
export interface TicketClass {
  readonly categoryCode: string;
  readonly subtypeCode: string | null;
  readonly tags: readonly string[];
}

export interface ClassificationBook {
  /** Of a ticket that the asker has locked. */
  of(ticketId: string, tx: Transaction): Promise<TicketClass>;
  known(
    asked: {
      readonly type: string;
      readonly categoryCode: string | null;
      readonly subtypeCode: string | null;
      readonly tags: readonly string[];
    },
    tx: Transaction,
  ): Promise<Pick<OpeningFacts, 'categoryKnown' | 'categoryNow' | 'subtypeKnown' | 'unknownTags'>>;
  /** `at`: since when it bears another category; null: it does not. */
  write(ticketId: string, to: TicketClass, at: number | null, tx: Transaction): Promise<void>;
}
