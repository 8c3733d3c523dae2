import type { ContactHeld } from '../../domain/callbacks/contact.ts';
import type { Transaction } from './transaction.ts';

/** A call of ours to this citizen. Times are ISO 8601 in UTC. */
export interface RecentContact {
  readonly at: string;
  readonly purpose: string;
  readonly reached: boolean;
}

export interface ContactBook {
  /** The citizen of a ticket, locked as one whoever asks; null: the ticket has no number. */
  lock(
    ticketId: string,
    tx: Transaction,
  ): Promise<{ readonly number: string; readonly held: ContactHeld | null } | null>;
  /** Calls since then, of every purpose and for every unit; who asked to be called back is not disturbed by that. */
  recent(number: string, sinceMs: number, tx: Transaction): Promise<readonly RecentContact[]>;
  /** Whether this account has rung somebody else and not said what came of it. */
  owes(accountId: string, but: string, nowMs: number, tx: Transaction): Promise<boolean>;
  claim(
    contact: {
      readonly number: string;
      readonly ticketId: string;
      readonly by: string;
      readonly nowMs: number;
      readonly untilMs: number;
    },
    tx: Transaction,
  ): Promise<void>;
  /** He is being rung: from now on an outcome is owed. `before`: since when it was already. Null: it is not this account's. */
  rung(ticketId: string, by: string, nowMs: number): Promise<{ readonly before: number | null } | null>;
  /** What was rung at that moment was refused after all: it is as before, unless he was rung again since. */
  notRung(
    ticketId: string,
    by: string,
    rung: { readonly at: number; readonly before: number | null },
  ): Promise<void>;
  /** It was written down what came of it, or nobody was rung. */
  release(ticketId: string, by: string, onlyUnrung: boolean, tx: Transaction): Promise<boolean>;
}
