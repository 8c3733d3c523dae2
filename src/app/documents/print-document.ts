import { localDateOf } from '../../domain/deadlines/local-time.ts';
import {
  DOCUMENT_NAMES,
  dateWords,
  type OfficialDocument,
} from '../../domain/documents/official-document.ts';
import {
  circular,
  type Letterhead,
  type PaperTicket,
  specialReportPaper,
  supervisionOrder,
  taskSheet,
} from '../../domain/documents/papers.ts';
import { citizenOnPaper, type Opened, openedTo, wordsOnPaper } from '../../domain/documents/reader.ts';
import { readsSpecialReports } from '../../domain/incidents/special-report.ts';
import { formFields } from '../../domain/tickets/supervision.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { DocumentPress, IssuedDocument, PrintedDocument } from '../ports/documents.ts';
import type { PrivacyBook } from '../ports/privacy.ts';
import type { TicketDetail } from '../ports/tickets.ts';
import type { DocumentDeps } from './issue-document.ts';
import { meetingPaper } from './meeting-paper.ts';
import { momentWords } from './moment-words.ts';
import { refuseExport } from './refuse-export.ts';

export interface DocumentReader extends Actor {
  readonly accountId: string;
  readonly displayName: string;
}

/**
 * A paper as this reader may have it: who the citizen is is masked unless he gave a reason that still holds (ten minutes), and
 * what is confidential or opened bears his name and the moment on every page (H20). Refuses with `document.unknown`,
 * `document.noExport`, `document.noFont`.
 */
export function printDocument(
  deps: DocumentDeps & { readonly press: DocumentPress; readonly privacy: Pick<PrivacyBook, 'leaseOf'> },
) {
  return async (
    id: string,
    reader: DocumentReader,
  ): Promise<PrintedDocument & { readonly document: IssuedDocument; readonly fileName: string }> => {
    const document = await deps.documents.read(id);
    if (document === null) throw new AppError('document.unknown', { id });
    const { municipality, mainNumber, zone } = await deps.messages.settings();
    const now = deps.now();
    const head: Letterhead = {
      municipality,
      mainNumber,
      number: document.number,
      date: dateWords(localDateOf(document.issuedAt, zone)),
      watermark: null,
    };
    const paper = await paperOf(deps, document, head, reader, { now, zone });
    const printed = await deps.press.print(paper);
    return { ...printed, document, fileName: `${DOCUMENT_NAMES[document.kind]} ${document.number}.pdf` };
  };
}

/** Across every page of a circular that holds no more. */
const OVER = { corrected: '已更正', withdrawn: '已撤回' } as const;

async function paperOf(
  deps: DocumentDeps & { readonly privacy: Pick<PrivacyBook, 'leaseOf'> },
  document: IssuedDocument,
  head: Letterhead,
  reader: DocumentReader,
  { now, zone }: { readonly now: number; readonly zone: string },
): Promise<OfficialDocument> {
  const { ticketId, orderId, unitCode, meetingId, reportId } = document;
  if (reportId !== null) {
    const report = readsSpecialReports(reader) ? await deps.specialReports.find(reportId) : null;
    if (report === null) throw new AppError('document.unknown', { id: document.id });
    return specialReportPaper(head, report);
  }
  if (meetingId !== null) return meetingPaper(deps, meetingId, head, reader, { now, zone });
  if (document.circular !== null) {
    const to = reader.unitCode;
    // To whom it did not go it is not shown.
    if (to !== null && !(await deps.documents.wentTo(document.id, to))) {
      throw new AppError('document.unknown', { id: document.id });
    }
    const over = document.standing === 'inForce' ? null : OVER[document.standing];
    return circular({ ...head, watermark: over }, document.circular);
  }
  const sight = sightOf(reader);
  const ticket = ticketId === null ? null : await deps.tickets.detail(ticketId, sight);
  // Another unit's paper is nobody's business, whoever has the ticket now.
  if (ticket === null || unitCode === null || (reader.unitCode !== null && reader.unitCode !== unitCode)) {
    throw new AppError('document.unknown', { id: document.id });
  }
  refuseExport({ ...ticket, unit: { code: unitCode } }, reader);
  const leased = (await deps.privacy.leaseOf(ticket.id, reader.accountId, now)) !== null;
  const opened = openedTo(reader, leased);
  const marked = ticket.confidential || ticket.listedOnly || leased;
  const watermark = marked ? `${reader.displayName} ${momentWords(now, zone)}` : null;
  const unitName = await deps.documents.unitName(unitCode);
  const onPaper = paperTicket(ticket, unitName, opened, zone);
  if (orderId === null) return taskSheet({ ...head, watermark }, onPaper);
  const { orders } = await deps.supervision.list({ ticketId: ticket.id }, sight, { limit: 100 });
  const order = orders.find((one) => one.id === orderId);
  if (order === undefined) throw new AppError('document.unknown', { id: document.id });
  return supervisionOrder({ ...head, watermark }, onPaper, {
    number: order.number,
    instrument: order.instrument,
    trigger: order.trigger,
    demand: wordsOnPaper(order.demand, opened),
    due: dateWords(localDateOf(Date.parse(order.dueAt), zone)),
    form: formFields(order.instrument, order.document).map(({ field, value }) => ({
      ...{ field, value: wordsOnPaper(value, opened) },
    })),
  });
}

function paperTicket(ticket: TicketDetail, unitName: string, opened: Opened, zone: string): PaperTicket {
  const day = (at: string | null): string | null =>
    at === null ? null : dateWords(localDateOf(Date.parse(at), zone));
  const words = (text: string): string => wordsOnPaper(text, opened);
  return {
    number: ticket.number,
    type: ticket.type,
    category: ticket.category.name,
    title: words(ticket.title),
    content: words(ticket.content),
    place: words(ticket.place),
    confidential: ticket.confidential,
    urgent: ticket.urgency === 'urgent',
    unitName,
    citizen: citizenOnPaper(ticket, opened),
    accepted: momentWords(Date.parse(ticket.acceptedAt), zone),
    unitDue: day(ticket.unitDueAt),
    citizenDue: day(ticket.citizenDueAt),
  };
}
