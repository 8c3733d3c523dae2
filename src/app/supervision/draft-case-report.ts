import { type CaseReport, draftCaseReport } from '../../domain/tickets/case-report.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import type { TicketBook } from '../ports/tickets.ts';

const ORDERS = 100;

/** 复杂案件专报 (HM-14, I10): a draft from the ticket's time line and its orders, each statement with its source. Refuses with `ticket.unknown`. */
export function draftReport(deps: {
  readonly tickets: TicketBook;
  readonly supervision: SupervisionBook;
  readonly now: () => number;
}) {
  return async (ticketId: string, actor: Actor): Promise<CaseReport> => {
    const sight = sightOf(actor);
    const ticket = await deps.tickets.detail(ticketId, sight);
    if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
    const { orders } = await deps.supervision.list({ ticketId }, sight, { limit: ORDERS });
    const { number, title, content, acceptedAt, timeline, unit } = ticket;
    const lines = timeline.map(({ seq, at, type, reason, actor: by }) => ({
      ...{ seq, at, type, reason },
      actor: by?.displayName ?? null,
    }));
    return draftCaseReport(
      { number, title, content, acceptedAt, unit: unit?.name ?? null, lines, orders },
      deps.now(),
    );
  };
}
