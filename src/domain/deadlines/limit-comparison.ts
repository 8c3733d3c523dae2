import type { WorkingCalendar } from './calendar.ts';
import { daySecondsOf } from './compressed-time.ts';
import { type Promised, promisedBy } from './limit-examples.ts';
import { type LimitedTicket, sameValue, ticketLimit } from './limit-set.ts';
import type { Preset } from './presets.ts';

/**
 * What an open ticket was promised, and what it would have been had it been accepted under other limits; null: the same. It
 * keeps what it was promised: this is to see whom other limits concern, on cases that are known.
 */
export function promisedOtherwise(
  ticket: LimitedTicket & { readonly acceptedAt: number; readonly daySeconds: number | null },
  keeps: Preset,
  wanted: Preset,
  calendar: WorkingCalendar,
): { readonly keeps: Promised; readonly would: Promised } | null {
  const [was, is] = [ticketLimit(keeps, ticket), ticketLimit(wanted, ticket)];
  const { acceptedAt, daySeconds } = ticket;
  const wouldDay = daySecondsOf(wanted, ticket);
  if (sameValue(was, is) && daySeconds === wouldDay) return null;
  return {
    keeps: promisedBy(was, acceptedAt, calendar, daySeconds),
    would: promisedBy(is, acceptedAt, calendar, wouldDay),
  };
}
