import type { Instrument, OrderMove, OrderState, Trigger } from '../../domain/tickets/supervision.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { Transaction } from './transaction.ts';

export interface NewOrder {
  readonly id: string;
  readonly ticketId: string;
  readonly unitCode: string;
  readonly instrument: Instrument;
  readonly trigger: Trigger;
  readonly demand: string;
  readonly issuedAt: number;
  readonly issuedBy: string | null;
  readonly dueAt: number;
}

export interface LockedOrder {
  readonly id: string;
  readonly number: string;
  readonly ticketId: string;
  readonly unitCode: string;
  readonly state: OrderState;
}

/** Times are ISO 8601 in UTC. */
export interface OrderView extends Omit<LockedOrder, 'unitCode'> {
  readonly ticketNumber: string;
  readonly title: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly instrument: Instrument;
  readonly trigger: Trigger;
  readonly demand: string;
  readonly issuedAt: string;
  readonly issuedBy: string | null;
  readonly dueAt: string;
  readonly answer: string | null;
  readonly answeredAt: string | null;
  readonly finding: string | null;
  readonly finishedAt: string | null;
}

export interface SupervisionBook {
  /** Null when a rule's order stands already: its number would be its second. */
  issue(
    order: NewOrder,
    prefix: string,
    day: string,
    tx: Transaction,
  ): Promise<{ readonly number: string } | null>;
  /** Null when there is none that the actor may see. */
  lock(id: string, sight: Sight, tx: Transaction): Promise<LockedOrder | null>;
  move(
    order: LockedOrder,
    move: OrderMove,
    to: OrderState,
    words: string,
    at: number,
    tx: Transaction,
  ): Promise<void>;
  list(
    filter: { readonly state?: OrderState; readonly ticketId?: string },
    sight: Sight,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly orders: readonly OrderView[]; readonly next: string | null }>;
}
