import type { LocationQuery } from 'vue-router';
import type { TicketQuery } from './shapes.ts';

/** What can stand in the address of a list: a reload, a link sent to a colleague and "back" show the same. */
const FIELDS = [
  'state',
  'type',
  'categoryCode',
  'unitCode',
  'number',
  'urgency',
  'outcome',
  'channel',
  'stage',
  'dueBefore',
  'area',
  'incidentId',
  'threadId',
  'text',
  'acceptedFrom',
  'acceptedTo',
] as const;

/** Of the address; a value that the API does not know is refused by it in words. */
export function queryOf(address: LocationQuery): TicketQuery {
  const query: Record<string, string | boolean> = {};
  for (const field of FIELDS) {
    const value = address[field];
    if (typeof value === 'string' && value !== '') query[field] = value;
  }
  if (address.overdue === 'true') query.overdue = true;
  if (address.aboutConduct === 'true') query.aboutConduct = true;
  return query as TicketQuery;
}

/** The same for the address. */
export function addressOf(query: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== undefined && value !== '' && value !== false && value !== null)
      .map(([field, value]) => [field, String(value)]),
  );
}

/** What somebody typed into the search: a number of a ticket, or words of its title. */
export function searchOf(typed: string): TicketQuery {
  const text = typed.trim();
  if (text === '') return {};
  return /^[A-Za-z]{0,8}\d{8}-\d{1,9}$/.test(text) ? { number: text } : { text };
}
