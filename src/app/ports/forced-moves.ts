import type { ForceState } from '../../domain/tickets/forced-move.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export interface ForcedMove {
  readonly id: string;
  readonly ticketId: string;
  /** Where the ticket was when it was asked. */
  readonly from: TicketState;
  readonly to: TicketState;
  /** null: the unit that it has. */
  readonly unitCode: string | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly expiresAt: number;
  readonly state: ForceState;
}

/** Times are ISO 8601 in UTC; people by name. */
export interface ForcedMoveView {
  readonly id: string;
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly from: TicketState;
  readonly to: TicketState;
  readonly unitCode: string | null;
  readonly reason: string;
  readonly state: ForceState;
  readonly askedBy: string;
  readonly askedById: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly words: string;
}

export interface ForcedMoveBook {
  /** `stands`: another one waits for this ticket. */
  add(force: ForcedMove & { readonly askedAt: number }, tx: Transaction): Promise<'added' | 'stands'>;
  /** `askedSeq`: the line of the ticket's time line that asks for it. */
  find(id: string, tx: Transaction): Promise<(ForcedMove & { readonly askedSeq: number }) | null>;
  decide(
    id: string,
    decision: {
      readonly state: ForceState;
      readonly by: string | null;
      readonly at: number;
      readonly words: string;
    },
    tx: Transaction,
  ): Promise<void>;
  expired(at: number, limit: number): Promise<readonly { readonly id: string }[]>;
  list(
    filter: { readonly state?: ForceState; readonly ticketId?: string },
    sight: Sight,
    page: PageAsked,
  ): Promise<Paged<ForcedMoveView>>;
}
