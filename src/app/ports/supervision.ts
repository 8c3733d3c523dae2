import type { Explanation } from '../../domain/deadlines/due.ts';
import type { PressedTicket } from '../../domain/tickets/escalation.ts';
import type { OrderEffect } from '../../domain/tickets/order-effect.ts';
import type { OrderLevel, TimedOrder } from '../../domain/tickets/order-time.ts';
import type { Instrument, OrderMove, OrderState, Trigger } from '../../domain/tickets/supervision.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { OrderEffectBook } from './order-effects.ts';
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
  /** When its unit is told that its time runs out. */
  readonly warnAt: number;
  readonly explanation: Explanation;
  readonly document: Readonly<Record<string, string>>;
  /** The order that was not answered in time. */
  readonly escalates: string | null;
}

export interface LockedOrder {
  readonly id: string;
  readonly number: string;
  readonly ticketId: string;
  readonly unitCode: string;
  readonly state: OrderState;
  readonly instrument: Instrument;
}

export interface UnansweredOrder {
  readonly id: string;
  readonly number: string;
  readonly ticketId: string;
  readonly unitCode: string;
  readonly instrument: Instrument;
  readonly trigger: Trigger;
}

/** Not answered yet, and not yet said to be late. */
export interface RunningOrder extends TimedOrder {
  readonly id: string;
  readonly number: string;
  readonly ticketId: string;
  readonly unitCode: string;
}

/** A ticket of real time that a unit has still, though that was over at `overdueAt`. Times in epoch milliseconds. */
export interface OverdueTicket {
  readonly ticketId: string;
  readonly number: string;
  readonly unitCode: string;
  readonly acceptedAt: number;
  readonly overdueAt: number;
}

/** Times are ISO 8601 in UTC. */
export interface OrderView extends Omit<LockedOrder, 'unitCode'> {
  readonly ticketNumber: string;
  readonly title: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly trigger: Trigger;
  readonly demand: string;
  readonly document: Readonly<Record<string, string>>;
  readonly outcome: Readonly<Record<string, string>>;
  /** The number of the order that it goes beyond. */
  readonly escalates: string | null;
  readonly issuedAt: string;
  readonly issuedBy: string | null;
  readonly dueAt: string;
  /** Null: counted by a release that did not keep it. */
  readonly explanation: Explanation | null;
  readonly answer: string | null;
  readonly answeredAt: string | null;
  readonly finding: string | null;
  readonly finishedAt: string | null;
  /** What came of it, as it was found when it was closed, and 30 days later; null: not measured (yet). */
  readonly effect: OrderEffect | null;
  readonly effectAfter: OrderEffect | null;
}

export interface SupervisionBook extends OrderEffectBook {
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
    outcome: Readonly<Record<string, string>>,
    tx: Transaction,
  ): Promise<void>;
  /** Of which something is to be said by `until` that was not said, the soonest first. */
  ordersDue(until: number): Promise<readonly { readonly id: string; readonly dueAt: number }[]>;
  /** One, within a transaction held until it ends; null: it was answered, or said to be late, meanwhile. */
  running(id: string, tx?: Transaction): Promise<RunningOrder | null>;
  /** It was said now. */
  timed(id: string, level: OrderLevel, at: number, tx: Transaction): Promise<void>;
  /** Orders past their time without an answer, that nothing graver has followed: all, or whether this one is. */
  unanswered(nowMs: number, limit: number, id?: string): Promise<readonly UnansweredOrder[]>;
  /**
   * Tickets whose unit's time was over by `before` and whose unit has them still, of which no circular has gone out since; by id,
   * behind `after`. `one`: whether this is one, as it stands in a transaction.
   */
  overdueSince(
    before: number,
    after: string | null,
    limit: number,
    one?: { readonly id: string; readonly tx: Transaction },
  ): Promise<readonly OverdueTicket[]>;
  /**
   * Tickets whose unit's time is over and that it has still; `early`: those too of which 80 % is used up. Those that the order
   * for it was issued of are left out. By id, behind `after`.
   */
  pressed(early: boolean, after: string | null, limit: number): Promise<readonly PressedTicket[]>;
  /** One, as it stands (in this transaction); null: no unit's time runs. */
  pressedOne(ticketId: string, tx?: Transaction): Promise<PressedTicket | null>;
  /**
   * Closed tickets of the same citizen in the same category within a year, and of the same thread, whoever's and however old;
   * and this one.
   */
  repeats(ticketId: string, tx: Transaction): Promise<number>;
  list(
    filter: { readonly state?: OrderState; readonly ticketId?: string },
    sight: Sight,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly orders: readonly OrderView[]; readonly next: string | null }>;
}
