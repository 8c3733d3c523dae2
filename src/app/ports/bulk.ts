import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { Transaction } from './transaction.ts';

/** What came of one ticket in a request about many. */
export interface BulkDone {
  readonly number: string;
  readonly state: TicketState;
  readonly version: number;
}

export interface BulkBook {
  /** What this very request did to this ticket before; null: nothing yet. The ticket is locked by whoever asks. */
  done(bulkId: string, ticketId: string, tx: Transaction): Promise<BulkDone | null>;
  keep(
    line: {
      readonly bulkId: string;
      readonly ticketId: string;
      readonly accountId: string;
      readonly act: string;
      readonly at: number;
      readonly outcome: BulkDone;
    },
    tx: Transaction,
  ): Promise<void>;
  /** When this ticket was last urged, epoch milliseconds; null: never. */
  lastUrgedAt(ticketId: string, tx: Transaction): Promise<number | null>;
}
