import type { VisitOutcome } from '../../domain/callbacks/visit-attempts.ts';
import type { Transaction } from './transaction.ts';

/** A citizen who was tried often and has no link for this visit yet. */
export interface SilentCitizen {
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly citizenNumber: string;
  readonly visitSeq: number;
  readonly attempts: readonly { readonly at: number; readonly outcome: VisitOutcome }[];
}

/** Times are epoch milliseconds. */
export interface VisitLink {
  readonly id: string;
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly visitSeq: number;
  readonly expiresAt: number;
  readonly answered: boolean;
}

export interface VisitLinkBook {
  /** Nobody who is anonymous; tried `tries` times at least in this visit; who waits longest first. */
  silent(tries: number, limit: number): Promise<readonly SilentCitizen[]>;
  /** False: another worker made one for this visit. */
  add(
    link: {
      readonly id: string;
      readonly ticketId: string;
      readonly visitSeq: number;
      readonly tokenHash: Uint8Array;
      readonly madeAt: number;
      readonly expiresAt: number;
    },
    tx: Transaction,
  ): Promise<boolean>;
  /** Held until the transaction ends, so that of two answers at once the second is told. */
  lock(tokenHash: Uint8Array, tx: Transaction): Promise<VisitLink | null>;
  answered(id: string, at: number, tx: Transaction): Promise<void>;
}
