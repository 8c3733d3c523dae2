import type { MatterCounts, OrderEffect, Period } from '../../domain/tickets/order-effect.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { Transaction } from './transaction.ts';

/** What measuring an order needs of it. Times in epoch milliseconds. */
export interface MeasuredOrder {
  readonly id: string;
  readonly unitCode: string;
  readonly categoryCode: string;
  readonly issuedAt: number;
  readonly finishedAt: number | null;
  readonly ticketState: TicketState;
  /** The time of its unit, or that of its citizen, was over by then and it is not done. */
  readonly ticketOverdue: boolean;
}

export interface OrderEffectBook {
  measured(id: string, tx?: Transaction): Promise<MeasuredOrder | null>;
  /** How one unit did with one kind of matter, by what the codes stand for today. */
  matterCounts(
    unitCode: string,
    categoryCode: string,
    period: Period,
    tx?: Transaction,
  ): Promise<MatterCounts>;
  /** Kept as found: what is there already stays. False then. */
  keepEffect(id: string, when: 'atClose' | 'later', effect: OrderEffect, tx?: Transaction): Promise<boolean>;
  /** Closed at `before` or earlier, measured then and not since. */
  toMeasure(before: number, limit: number): Promise<readonly string[]>;
}
