import type { Transaction } from './transaction.ts';

/** Somebody listens to a segment, for a purpose, for as long as one sitting takes. */
export interface Listen {
  readonly id: string;
  readonly callId: string;
  readonly segment: string;
  readonly accountId: string;
  readonly purpose: string;
  readonly atMs: number;
  readonly untilMs: number;
}

export interface ListenBook {
  /** In one transaction with its line in the audit trail: nothing is heard that is not on record. */
  add(listen: Listen, tx: Transaction): Promise<void>;
  /** With the file of the segment, below the folder of recordings; null: no such listening. */
  find(id: string): Promise<(Listen & { readonly file: string | null }) | null>;
}
