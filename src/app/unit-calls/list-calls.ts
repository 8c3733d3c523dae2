import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { PrivacyBook } from '../ports/privacy.ts';
import type { TicketParts } from '../ports/ticket-parts.ts';
import type { UnitCallBook, UnitCallView } from '../ports/unit-calls.ts';

/**
 * Who called a ticket's citizen through the platform, newest first: all of it for who sees the ticket, for the unit of a part
 * its own calls. Refuses with `ticket.unknown`.
 */
export function listUnitCalls(deps: {
  readonly privacy: Pick<PrivacyBook, 'citizen'>;
  readonly ticketParts: Pick<TicketParts, 'sees'>;
  readonly unitCalls: UnitCallBook;
}) {
  return async (ticketId: string, actor: Actor): Promise<readonly UnitCallView[]> => {
    const sight = sightOf(actor);
    const seesAll = (await deps.privacy.citizen(ticketId, sight)) !== null;
    if (!seesAll && !(await deps.ticketParts.sees(ticketId, sight))) {
      throw new AppError('ticket.unknown', { id: ticketId });
    }
    const calls = await deps.unitCalls.ofTicket(ticketId);
    return seesAll ? calls : calls.filter(({ unit }) => unit.code === actor.unitCode);
  };
}
