import { ENOUGH } from '../../domain/callbacks/visit-attempts.ts';
import { linkDue, VISIT_LINK_MS, visitLinkText } from '../../domain/callbacks/visit-link.ts';
import { OWN_REASONS } from '../../domain/tickets/own-reasons.ts';
import { queueMessages } from '../messages/queue-messages.ts';
import type { SecretMint } from '../ports/accounts.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';
import type { VisitLinkBook } from '../ports/visit-links.ts';

const BATCH = 50;

/**
 * Who was tried as often as is asked of the hotline and was never reached is written a link, once a visit (G2): link,
 * message and the line on the time line in one transaction. The visit stays open beside it: a clerk may still reach him,
 * or give it up. Returns how many were written to.
 */
export function sendVisitLinks(deps: {
  readonly database: Database;
  readonly visitLinks: VisitLinkBook;
  readonly ticketMoves: TicketMoves;
  readonly messages: MessageBook;
  readonly calendar: CalendarSource;
  readonly mint: Pick<SecretMint, 'sessionToken'>;
  /** Where the citizen's page is. */
  readonly page: string;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const queue = queueMessages(deps);
  return async (): Promise<number> => {
    const { ticketSteps, municipality, mainNumber } = await deps.messages.settings();
    if (!ticketSteps) return 0;
    const { zone } = (await deps.calendar.load()).calendar;
    let sent = 0;
    for (const silent of await deps.visitLinks.silent(ENOUGH.tries, BATCH)) {
      if (!linkDue(silent.attempts, zone)) continue;
      const { ticketId, ticketNumber: number, citizenNumber, visitSeq } = silent;
      const written = await deps.database.transact(async (tx) => {
        const id = deps.newId();
        const madeAt = deps.now();
        const expiresAt = madeAt + VISIT_LINK_MS;
        const { token, tokenHash } = deps.mint.sessionToken();
        const link = { id, ticketId, visitSeq, tokenHash, madeAt, expiresAt };
        if (!(await deps.visitLinks.add(link, tx))) return false;
        const text = visitLinkText({ municipality, mainNumber, number, page: deps.page, token });
        const message = { kind: 'visitLink', callerNumber: citizenNumber, text } as const;
        const subject = { kind: 'ticket', id: ticketId };
        const { queued } = await queue([{ ...message, subject, dedupeKey: `visitLink:${id}` }], tx);
        // A fixed line reads no messages: that it cannot be written to is decided once as well.
        if (queued === 0) return false;
        const body = { expiresAt: new Date(expiresAt).toISOString() };
        const line = { id: deps.newId(), at: madeAt, actorId: null, type: 'visitLinkSent' } as const;
        await deps.ticketMoves.note(ticketId, { ...line, reason: OWN_REASONS.linkSent, body }, tx);
        return true;
      });
      if (written) sent += 1;
    }
    return sent;
  };
}
