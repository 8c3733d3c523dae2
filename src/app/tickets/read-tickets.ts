import { maskedName, maskedNumber } from '../../domain/privacy/masked.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { TicketBook, TicketDetail, TicketFilter, TicketPage } from '../ports/tickets.ts';

export const PAGE_LIMIT_MAX = 100;

/** Invariant 10: who complained is masked (and of an anonymous citizen nothing is told) until somebody gives a reason to see it. */
function masked<
  T extends { readonly citizenName: string; readonly citizenNumber: string; readonly anonymous: boolean },
>(ticket: T): T {
  if (ticket.anonymous) return { ...ticket, citizenName: '', citizenNumber: '' };
  return {
    ...ticket,
    citizenName: maskedName(ticket.citizenName),
    citizenNumber: maskedNumber(ticket.citizenNumber),
  };
}

/** One ticket with its time line and deadlines. `ticket.unknown` also when the actor may not see it. */
export function readTicket(deps: { readonly tickets: TicketBook }) {
  return async (id: string, actor: Actor): Promise<TicketDetail> => {
    const ticket = await deps.tickets.detail(id, sightOf(actor));
    if (ticket === null) throw new AppError('ticket.unknown', { id });
    return masked(ticket);
  };
}

/** Newest first, 1 to 100 a page, by keyset: a new ticket never shifts a page. `page.invalid` for a foreign cursor. */
export function listTickets(deps: { readonly tickets: TicketBook }) {
  return async (
    filter: TicketFilter,
    actor: Actor,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<TicketPage> => {
    const limit = Math.min(PAGE_LIMIT_MAX, Math.max(1, Math.trunc(page.limit)));
    const found = await deps.tickets.list(filter, sightOf(actor), { ...page, limit });
    return { ...found, tickets: found.tickets.map(masked) };
  };
}
