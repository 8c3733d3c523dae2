import type { ListQueries } from '../list-queries.ts';
import { adjudicationRoutes } from '../routes/adjudications.ts';
import { adoptionRoutes } from '../routes/adoptions.ts';
import { bulkTicketRoutes } from '../routes/bulk-tickets.ts';
import { contactRoutes } from '../routes/contacts.ts';
import { documentRoutes } from '../routes/documents.ts';
import { followedTicketRoutes } from '../routes/followed-tickets.ts';
import { forcedMoveRoutes } from '../routes/forced-moves.ts';
import { incidentRoutes } from '../routes/incidents.ts';
import { interimRoutes } from '../routes/interim.ts';
import { openTicketRoutes } from '../routes/open-tickets.ts';
import { privacyRoutes } from '../routes/privacy.ts';
import { publicAdoptionRoutes } from '../routes/public-adoptions.ts';
import { savedFilterRoutes } from '../routes/saved-filters.ts';
import { threadRoutes } from '../routes/threads.ts';
import { draftRoutes } from '../routes/ticket-drafts.ts';
import { ticketHandlingRoutes } from '../routes/ticket-handling.ts';
import { ticketMoveRoutes } from '../routes/ticket-moves.ts';
import { ticketNoticeRoutes } from '../routes/ticket-notices.ts';
import { ticketPartRoutes } from '../routes/ticket-parts.ts';
import { ticketRoutes } from '../routes/tickets.ts';
import { unitCallRoutes } from '../routes/unit-calls.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';

/** Of tickets, from their registration to their end. */
export function ticketsArea(api: Api, services: ApiServices, lists: ListQueries): void {
  ticketRoutes(api, services);
  ticketMoveRoutes(api, services);
  ticketHandlingRoutes(api, services);
  ticketNoticeRoutes(api, services);
  bulkTicketRoutes(api, services);
  ticketPartRoutes(api, services);
  documentRoutes(api, services);
  interimRoutes(api, services);
  adjudicationRoutes(api, services);
  privacyRoutes(api, services);
  unitCallRoutes(api, services);
  incidentRoutes(api, services);
  threadRoutes(api, services);
  draftRoutes(api, services);
  openTicketRoutes(api, services);
  savedFilterRoutes(api, services, lists);
  contactRoutes(api, services);
  forcedMoveRoutes(api, services);
  adoptionRoutes(api, services);
  publicAdoptionRoutes(api, services);
  followedTicketRoutes(api, services);
}
