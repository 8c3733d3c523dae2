import type { WorkingCalendar } from '../deadlines/calendar.ts';
import { dueAfterWorkingDays } from '../deadlines/due.ts';

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
