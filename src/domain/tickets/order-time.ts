import type { WorkingCalendar } from '../deadlines/calendar.ts';
import { OVERDUE_LEVEL, sharesOf } from '../deadlines/clocks.ts';

/**
 * 督办 as a stage with a time of its own (H10): from an order to its unit's answer. It hangs on the order and not on the state of
 * the ticket, which may have several: so it stands beside `STAGES`, with the same lines on the time line.
 */
export const SUPERVISE_STAGE = 'supervise';

/** Percent of its time at which the unit is told that it runs out. */
export const ORDER_WARNED_AT = 80;
export type OrderLevel = typeof ORDER_WARNED_AT | typeof OVERDUE_LEVEL;

export interface TimedOrder {
  readonly issuedAt: number;
  readonly dueAt: number;
  readonly warned: boolean;
  readonly late: boolean;
}

/** What is to be said now of an order that nobody has answered; null: nothing. Who comes late says that it is over, and not that it will be. */
export function orderLevel(order: TimedOrder, calendar: WorkingCalendar, now: number): OrderLevel | null {
  if (order.late) return null;
  if (now >= order.dueAt) return OVERDUE_LEVEL;
  if (order.warned) return null;
  return now >= sharesOf(order.issuedAt, order.dueAt, calendar)(ORDER_WARNED_AT) ? ORDER_WARNED_AT : null;
}
