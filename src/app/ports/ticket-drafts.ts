import type { DraftKind } from '../../domain/tickets/draft-merge.ts';
import type { Transaction } from './transaction.ts';

/** One draft of a desk: the hotline's ('') or a unit's, which the other does not see. */
export interface DraftOf {
  readonly ticketId: string;
  readonly kind: DraftKind;
  readonly desk: string;
}

/** Times are ISO 8601 in UTC. */
export interface Draft {
  readonly version: number;
  readonly text: string;
  readonly savedBy: string;
  readonly savedAt: string;
}

export interface SomebodyThere {
  readonly displayName: string;
  readonly unitCode: string | null;
  readonly writing: boolean;
  readonly seenAt: string;
}

export interface DraftBook {
  /** Null: nothing is written yet. */
  newest(of: DraftOf, tx?: Transaction): Promise<Draft | null>;
  /** Null: there is no such version. */
  textOf(of: DraftOf, version: number, tx: Transaction): Promise<string | null>;
  add(
    of: DraftOf,
    draft: { readonly version: number; readonly text: string; readonly by: string; readonly at: number },
    tx: Transaction,
  ): Promise<void>;
  /** This account has the ticket open; who else has had since. */
  present(
    there: {
      readonly ticketId: string;
      readonly accountId: string;
      readonly writing: boolean;
      readonly at: number;
      readonly since: number;
    },
    tx?: Transaction,
  ): Promise<readonly SomebodyThere[]>;
  gone(ticketId: string, accountId: string): Promise<void>;
}
