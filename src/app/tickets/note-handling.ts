import { HANDLING_NOTES, type HandlingKind, handlingRefusal } from '../../domain/tickets/handling.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * A unit says how it means to handle a ticket, or how far it is (JY-11): a line on its time line that moves nothing. Returns when
 * it was said, epoch milliseconds. Refuses with `ticket.unknown` and what `handlingRefusal` refuses.
 */
export function noteHandling(deps: {
  readonly database: Database;
  readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note' | 'saidAt'>;
  readonly now: () => number;
}) {
  return (asked: {
    /** The same for the same request: what came twice is said once. */
    readonly id: string;
    readonly ticketId: string;
    readonly kind: HandlingKind;
    readonly words: string;
    readonly actor: Actor;
  }): Promise<{ readonly at: number }> =>
    deps.database.transact(async (tx) => {
      const { id, ticketId, kind, actor } = asked;
      const words = asked.words.trim();
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      const before = await deps.ticketMoves.saidAt(id, tx);
      if (before !== null) return { at: before };
      const refusal = handlingRefusal(ticket, words, actor);
      if (refusal !== null) throw new AppError(refusal, { id: ticketId, state: ticket.state });
      const at = deps.now();
      const body = { unitCode: ticket.unitCode };
      const line = { id, at, actorId: actor.accountId, type: HANDLING_NOTES[kind] } as const;
      await deps.ticketMoves.note(ticketId, { ...line, reason: words, body }, tx);
      return { at };
    });
}
