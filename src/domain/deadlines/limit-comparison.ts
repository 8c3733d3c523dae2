import type { WorkingCalendar } from './calendar.ts';
import { type Promised, promisedBy } from './limit-examples.ts';
import { type LimitedTicket, sameValue, ticketLimit } from './limit-set.ts';
import type { Preset } from './presets.ts';

/**
 * What an open ticket was promised, and what it would have been had it been accepted under other limits; null: the same. It
 * keeps what it was promised: this is to see whom other limits concern, on cases that are known.
 */
export function promisedOtherwise(
  ticket: LimitedTicket & { readonly acceptedAt: number },
  keeps: Preset,
  wanted: Preset,
  calendar: WorkingCalendar,
): { readonly keeps: Promised; readonly would: Promised } | null {
  const [was, is] = [ticketLimit(keeps, ticket), ticketLimit(wanted, ticket)];
  if (sameValue(was, is)) return null;
  const { acceptedAt } = ticket;
  return { keeps: promisedBy(was, acceptedAt, calendar), would: promisedBy(is, acceptedAt, calendar) };
}
