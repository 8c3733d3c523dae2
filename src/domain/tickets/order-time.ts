import type { WorkingCalendar } from '../deadlines/calendar.ts';
import { OVERDUE_LEVEL, sharesOf } from '../deadlines/clocks.ts';
import { dueAfterWorkingDays, type Explanation } from '../deadlines/due.ts';

/**
 * 督办 as a stage with a time of its own (H10): from an order to its unit's answer. It hangs on the order and not on the state of
 * the ticket, which may have several: so it stands beside `STAGES`, with the same lines on the time line.
 */
export const SUPERVISE_STAGE = 'supervise';

/** Percent of its time at which the unit is told that it runs out. */
export const ORDER_WARNED_AT = 80;
export type OrderLevel = typeof ORDER_WARNED_AT | typeof OVERDUE_LEVEL;

export interface TimedOrder {
  readonly dueAt: number;
  /** When most of its time is used up; counted once, with its end. */
  readonly warnAt: number;
  readonly warned: boolean;
  readonly late: boolean;
}

/** Until when a unit has time to answer, why so, and when most of it is used up: of its working time, so that nobody is woken for it. */
export function orderDue(
  issuedAt: number,
  workingDays: number,
  calendar: WorkingCalendar,
): { readonly dueAt: number; readonly warnAt: number; readonly explanation: Explanation } {
  const { dueAt, explanation } = dueAfterWorkingDays(issuedAt, workingDays, calendar);
  const rule = `督办反馈 ${workingDays} 个工作日：${explanation.rule}`;
  return {
    dueAt,
    warnAt: sharesOf(issuedAt, dueAt, calendar)(ORDER_WARNED_AT),
    explanation: { ...explanation, rule },
  };
}

/** What is to be said now of an order that nobody has answered; null: nothing. Who comes late says that it is over, and not that it will be. */
export function orderLevel(order: TimedOrder, now: number): OrderLevel | null {
  if (order.late) return null;
  if (now >= order.dueAt) return OVERDUE_LEVEL;
  return !order.warned && now >= order.warnAt ? ORDER_WARNED_AT : null;
}
