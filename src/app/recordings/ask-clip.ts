import { MAIN_SEGMENT } from '../../domain/recordings/recording-table.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { AuditTrail } from '../ports/audit.ts';
import type { ClipBook } from '../ports/clips.ts';
import type { RecordingBook } from '../ports/recordings.ts';
import type { TicketBook } from '../ports/tickets.ts';
import type { Database } from '../ports/transaction.ts';
import { readTicket } from '../tickets/read-tickets.ts';

export interface Asker extends Actor {
  readonly address: string;
  readonly requestId: string;
}

/**
 * A unit asks to hear a piece of the call that its ticket came by, and says what for. Not of a citizen who wants to stay
 * unknown: a voice is known. Codes: ticket.unknown, clip.notUnits, clip.anonymous, clip.noCall, clip.noRecording,
 * clip.asked.
 */
export function askClip(deps: {
  readonly database: Database;
  readonly tickets: TicketBook;
  readonly recordings: RecordingBook;
  readonly clips: ClipBook;
  readonly audit: AuditTrail;
}) {
  const read = readTicket(deps);
  return async (
    asked: {
      readonly id: string;
      readonly auditId: string;
      readonly ticketId: string;
      readonly purpose: string;
      readonly atMs: number;
    },
    by: Asker,
  ): Promise<void> => {
    const { unitCode, accountId } = by;
    const ticket = await read(asked.ticketId, by);
    if (unitCode === null || accountId === null) throw new AppError('clip.notUnits');
    if (ticket.anonymous) throw new AppError('clip.anonymous', { ticket: ticket.number });
    const { callId } = ticket;
    if (callId === null) throw new AppError('clip.noCall', { ticket: ticket.number });
    const main = (await deps.recordings.ofCall(callId)).find(({ segment }) => segment === MAIN_SEGMENT);
    if (main?.state !== 'stored' && main?.state !== 'partial') {
      throw new AppError('clip.noRecording', { state: main?.state ?? 'notRequested' });
    }
    const { id, auditId, purpose, atMs } = asked;
    await deps.database.transact(async (tx) => {
      const clip = {
        id,
        ticketId: asked.ticketId,
        callId,
        unitCode,
        purpose,
        askedBy: accountId,
        askedMs: atMs,
      };
      if (!(await deps.clips.add(clip, tx))) throw new AppError('clip.asked', { ticket: ticket.number });
      const what = { action: 'call.clipAsked', subjectKind: 'call', subjectId: callId } as const;
      const { address, requestId } = by;
      await deps.audit.add(
        { id: auditId, atMs, accountId, ...what, reason: `${unitCode}: ${purpose}`, address, requestId },
        tx,
      );
    });
  };
}
