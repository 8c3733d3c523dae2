import {
  type CaseReport,
  draftCaseReport,
  type QuotedPrecedent,
  type ReportedThread,
} from '../../domain/tickets/case-report.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { TICKET_STATE_NAMES } from '../../domain/tickets/transitions.ts';
import { type Sight, sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { AdjudicationBook } from '../ports/adjudications.ts';
import type { DispatchCatalogue } from '../ports/dispatch.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import type { ThreadBook } from '../ports/threads.ts';
import type { TicketBook, TicketDetail } from '../ports/tickets.ts';

const ORDERS = 100;
/** Of such matters beside this one: who wants more searches. */
const PRECEDENTS = 5;

/** 复杂案件专报 (HM-14, I10): a draft from the ticket's time line, its orders, the matter's other tickets over the years and what was decided
 * about such matters before, each statement with its source. Refuses with `ticket.unknown`. */
export function draftReport(deps: {
  readonly tickets: TicketBook;
  readonly supervision: SupervisionBook;
  readonly threads: Pick<ThreadBook, 'threadOf' | 'view'>;
  readonly adjudications: Pick<AdjudicationBook, 'list'>;
  readonly dispatchCatalogue: Pick<DispatchCatalogue, 'units'>;
  readonly now: () => number;
}) {
  const threadOf = async (ticketId: string, sight: Sight) => {
    const id = await deps.threads.threadOf(ticketId);
    return id === null ? null : deps.threads.view(id, sight);
  };
  /** The decisions about this very matter, then the newest about its kind. */
  const precedentsOf = async (
    { id, category }: TicketDetail,
    members: readonly { readonly ticketId: string }[],
    sight: Sight,
  ): Promise<readonly QuotedPrecedent[]> => {
    const tickets = new Set([id, ...members.map(({ ticketId }) => ticketId)]);
    const own = await Promise.all(
      [...tickets].map((ticketId) => deps.adjudications.list({ ticketId }, sight, { limit: PRECEDENTS })),
    );
    const alike = await deps.adjudications.list({ category: category.code }, sight, {
      limit: PRECEDENTS + tickets.size,
    });
    const others = alike.adjudications.filter(({ ticketId }) => !tickets.has(ticketId)).slice(0, PRECEDENTS);
    const quoted = [...own.flatMap(({ adjudications }) => adjudications), ...others];
    const units = await deps.dispatchCatalogue.units(quoted.map(({ leadUnit }) => leadUnit));
    const named = new Map(units.map(({ code, name }) => [code, name]));
    return quoted.map(({ number, at, leadUnit, reason, ticketId }) => ({
      ...{ number, at, reason, ofThread: tickets.has(ticketId) },
      leadUnit: named.get(leadUnit) ?? leadUnit,
    }));
  };
  return async (ticketId: string, actor: Actor): Promise<CaseReport> => {
    const sight = sightOf(actor);
    const ticket = await deps.tickets.detail(ticketId, sight);
    if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
    const { orders } = await deps.supervision.list({ ticketId }, sight, { limit: ORDERS });
    const found = await threadOf(ticketId, sight);
    const thread: ReportedThread | null =
      found === null
        ? null
        : {
            number: found.number,
            transfers: found.transfers,
            reasons: found.complexReasons,
            tickets: found.members.map((one) => ({
              ...{ number: one.number, acceptedAt: one.acceptedAt },
              ...{ unit: one.unit?.name ?? null, state: TICKET_STATE_NAMES[one.state] },
            })),
          };
    const precedents = await precedentsOf(ticket, found?.members ?? [], sight);
    const { number, title, content, acceptedAt, timeline, unit } = ticket;
    const lines = timeline.map(({ seq, at, type, reason, actor: by }) => ({
      ...{ seq, at, type, reason },
      actor: by?.displayName ?? null,
    }));
    return draftCaseReport(
      { number, title, content, acceptedAt, unit: unit?.name ?? null, lines, orders, thread, precedents },
      deps.now(),
    );
  };
}
