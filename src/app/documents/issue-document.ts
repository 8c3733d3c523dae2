import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { documentNumber } from '../../domain/documents/official-document.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { DocumentBook, IssuedDocument, NewDocument } from '../ports/documents.ts';
import type { MeetingBook } from '../ports/meetings.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { SpecialReportBook } from '../ports/special-reports.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import type { TicketBook } from '../ports/tickets.ts';
import type { Database } from '../ports/transaction.ts';
import { readableMinutes } from './meeting-paper.ts';
import { refuseExport } from './refuse-export.ts';

export type WantedDocument =
  | { readonly kind: 'taskSheet'; readonly ticketId: string }
  | { readonly kind: 'supervisionOrder'; readonly ticketId: string; readonly orderId: string }
  | { readonly kind: 'minutes'; readonly meetingId: string };

export interface DocumentDeps {
  readonly database: Database;
  readonly documents: DocumentBook;
  readonly tickets: TicketBook;
  readonly supervision: SupervisionBook;
  readonly meetings: Pick<MeetingBook, 'find'>;
  readonly specialReports: Pick<SpecialReportBook, 'find'>;
  readonly messages: Pick<MessageBook, 'settings'>;
  readonly now: () => number;
}

/**
 * Gives a paper its number, once: a task sheet for each time that a ticket went to a unit, an order's once for the order, the
 * minutes of a meeting once they are confirmed. A circular has its own with the signature under it (`app/circulars`), a special report when it is issued (`app/incidents`). Refuses
 * with `ticket.unknown`, `document.noUnit`, `supervision.unknown`, `meeting.unknown`, `document.notConfirmed`,
 * `document.noExport`.
 */
export function issueDocument(deps: DocumentDeps) {
  return async (
    id: string,
    wanted: WantedDocument,
    actor: Actor & { readonly accountId: string },
  ): Promise<IssuedDocument> => {
    const named = await subjectOf(deps, wanted, actor);
    const { municipality, zone } = await deps.messages.settings();
    const at = deps.now();
    const year = Number(localDateOf(at, zone).slice(0, 4));
    const document: NewDocument = {
      ...named,
      id,
      kind: wanted.kind,
      issuedAt: at,
      issuedBy: actor.accountId,
    };
    return deps.database.transact((tx) =>
      deps.documents.issue(
        document,
        year,
        (sequence) => documentNumber(wanted.kind, municipality, year, sequence),
        tx,
      ),
    );
  };
}

/** What a paper may be of; each is of one of them. */
const NONE = {
  ...{ ticketId: null, orderId: null, unitCode: null },
  ...{ circular: null, meetingId: null, reportId: null },
} as const;

async function subjectOf(
  deps: DocumentDeps,
  wanted: WantedDocument,
  actor: Actor,
): Promise<
  Pick<NewDocument, 'subject' | 'ticketId' | 'orderId' | 'unitCode' | 'circular' | 'meetingId' | 'reportId'>
> {
  if (wanted.kind === 'minutes') {
    const { meetingId } = wanted;
    await readableMinutes(deps, meetingId, actor);
    return { ...NONE, subject: meetingId, meetingId };
  }
  const { ticketId } = wanted;
  const sight = sightOf(actor);
  const ticket = await deps.tickets.detail(ticketId, sight);
  if (wanted.kind === 'supervisionOrder') {
    const { orders } = await deps.supervision.list({ ticketId }, sight, { limit: 100 });
    const order = orders.find((one) => one.id === wanted.orderId);
    if (order === undefined) throw new AppError('supervision.unknown', { id: wanted.orderId });
    if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
    refuseExport({ ...ticket, unit: order.unit }, actor);
    const { id: orderId, unit } = order;
    return { ...NONE, subject: orderId, ticketId, orderId, unitCode: unit.code };
  }
  if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
  const { unit, dispatchedAt } = ticket;
  if (unit === null || dispatchedAt === null) throw new AppError('document.noUnit', { state: ticket.state });
  refuseExport(ticket, actor);
  const subject = `${ticketId} ${unit.code} ${dispatchedAt}`;
  return { ...NONE, subject, ticketId, unitCode: unit.code };
}
