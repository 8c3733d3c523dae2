import type { ApiServices } from '../../adapters/http/services.ts';
import { adoptionBooks } from '../../adapters/pg/adoptions.ts';
import { bulkBooks } from '../../adapters/pg/bulk.ts';
import { contactBooks } from '../../adapters/pg/contacts.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { documentBooks } from '../../adapters/pg/documents.ts';
import { followedTickets } from '../../adapters/pg/followed-tickets.ts';
import { forcedMoveBooks } from '../../adapters/pg/forced-moves.ts';
import { incidentHandOverBooks } from '../../adapters/pg/incident-hand-overs.ts';
import { incidentBooks } from '../../adapters/pg/incidents.ts';
import { intakeBooks } from '../../adapters/pg/intake.ts';
import { interimBooks } from '../../adapters/pg/interim.ts';
import { openTicketBooks } from '../../adapters/pg/open-tickets.ts';
import { privacyBooks } from '../../adapters/pg/privacy.ts';
import { savedFilterBooks } from '../../adapters/pg/saved-filters.ts';
import { specialReportBooks } from '../../adapters/pg/special-reports.ts';
import { threadBooks } from '../../adapters/pg/threads.ts';
import { draftBooks } from '../../adapters/pg/ticket-drafts.ts';
import { ticketMoveBooks } from '../../adapters/pg/ticket-moves.ts';
import { ticketNoticeBooks } from '../../adapters/pg/ticket-notices.ts';
import { ticketPartBooks } from '../../adapters/pg/ticket-parts.ts';
import { ticketPhotoBooks } from '../../adapters/pg/ticket-photos.ts';
import { ticketBooks } from '../../adapters/pg/tickets.ts';
import { timeLineBooks } from '../../adapters/pg/time-lines.ts';
import { truthBooks } from '../../adapters/pg/truths.ts';
import { unitCallBooks } from '../../adapters/pg/unit-calls.ts';

/** Tickets, and what belongs to them. */
export const booksOfTickets = (db: PgDatabase) =>
  ({
    tickets: ticketBooks(db),
    ticketMoves: ticketMoveBooks(db),
    forcedMoves: forcedMoveBooks(db),
    bulk: bulkBooks(db),
    timeLines: timeLineBooks(db),
    ticketNotices: ticketNoticeBooks(db),
    ticketParts: ticketPartBooks(db),
    interim: interimBooks(db),
    privacy: privacyBooks(db),
    unitCalls: unitCallBooks(db),
    ticketPhotos: ticketPhotoBooks(db),
    incidents: incidentBooks(db),
    incidentHandOvers: incidentHandOverBooks(db),
    specialReports: specialReportBooks(db),
    threads: threadBooks(db),
    followed: followedTickets(db),
    intake: intakeBooks(db),
    contacts: contactBooks(db),
    adoptions: adoptionBooks(db),
    truths: truthBooks(db),
    drafts: draftBooks(db),
    openTickets: openTicketBooks(db),
    savedFilters: savedFilterBooks(db),
    documents: documentBooks(db),
  }) satisfies Partial<ApiServices>;
