import type { Ticket } from '../tickets/shapes.ts';

/** Lines that show something of the matter itself, as the server takes them: nobody's judgement, nothing of the program's own. */
const SHOWING = [
  'contact',
  'handle',
  'progressNoted',
  'photoAdded',
  'reportDone',
  'returnTicket',
  'rework',
  'close',
  'citizenCalled',
  'citizenAdded',
  'citizenRated',
  'visitAttempt',
  'urgentCalled',
  'meetingDecided',
  'partMoved',
  'interimActed',
];
/** Taken down by the program: that a talk was had is nobody's own word. */
const RECORDED = ['citizenCalled', 'urgentCalled'];

/** What this account can name as evidence; what somebody of his unit wrote the server refuses in words. */
export const showingLines = (ticket: Ticket, accountId: string | null): Ticket['timeline'] =>
  ticket.timeline.filter(
    ({ type, actor }) => SHOWING.includes(type) && (RECORDED.includes(type) || actor?.id !== accountId),
  );
