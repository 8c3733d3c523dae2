import type { WorkingCalendar } from '../deadlines/calendar.ts';
import { dueAfterWorkingDays } from '../deadlines/due.ts';
import { addDays, instantOf, localDateOf } from '../deadlines/local-time.ts';

/** A unit returns a ticket within so many working days of its dispatch, and once (as bureaus limit it). */
export const RETURN_WITHIN_WORKING_DAYS = 1;

export type ReturnRefusal =
  | { readonly code: 'ticket.returnedBefore'; readonly data: Readonly<Record<string, never>> }
  | { readonly code: 'ticket.returnTooLate'; readonly data: { readonly until: string } };

/** Why this unit may not return the ticket, or null. An adjudicated return is not asked again. */
export function returnRefusal(
  ticket: { readonly dispatchedAt: number; readonly returnedBefore: boolean },
  now: number,
  calendar: WorkingCalendar,
): ReturnRefusal | null {
  if (ticket.returnedBefore) return { code: 'ticket.returnedBefore', data: {} };
  const { dueAt } = dueAfterWorkingDays(ticket.dispatchedAt, RETURN_WITHIN_WORKING_DAYS, calendar);
  if (now <= dueAt) return null;
  return { code: 'ticket.returnTooLate', data: { until: new Date(dueAt).toISOString() } };
}

export interface ReopenRefusal {
  readonly code: 'ticket.reopenTooLate';
  readonly data: { readonly until: string };
}

/** Why a closed ticket is not opened again, or null: until the end of the last of so many natural days (H15). */
export function reopenRefusal(
  closedAt: number,
  now: number,
  withinDays: number,
  zone: string,
): ReopenRefusal | null {
  const until = instantOf(addDays(localDateOf(closedAt, zone), withinDays + 1), 0, zone);
  if (now < until) return null;
  return { code: 'ticket.reopenTooLate', data: { until: new Date(until).toISOString() } };
}
