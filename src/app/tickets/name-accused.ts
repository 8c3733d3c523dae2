import { namingRefusal } from '../../domain/tickets/naming-accused.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * Says of which unit's conduct a citizen complains (HM-16), or, with null, that it is of none: on the time line, and a rule over
 * every move from then on. Refuses with `ticket.unknown`, `ticket.unitUnknown` and what `namingRefusal` refuses.
 */
export function nameAccused(deps: {
  readonly database: Database;
  readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note' | 'unitKnown' | 'accuse'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return (asked: {
    readonly ticketId: string;
    readonly unitCode: string | null;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<{ readonly unitCode: string | null }> =>
    deps.database.transact(async (tx) => {
      const { ticketId, unitCode, actor } = asked;
      const reason = asked.reason.trim();
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      const refusal = namingRefusal(ticket, reason, actor);
      if (refusal !== null) throw new AppError(refusal, { id: ticketId, state: ticket.state });
      if (unitCode !== null && !(await deps.ticketMoves.unitKnown(unitCode, tx))) {
        throw new AppError('ticket.unitUnknown', { unit: unitCode });
      }
      // Said already: a request that came twice stands on the time line once.
      if (!(await deps.ticketMoves.accuse(ticketId, unitCode, tx))) return { unitCode };
      const line = {
        id: deps.newId(),
        at: deps.now(),
        actorId: actor.accountId,
        type: 'accusedNamed',
      } as const;
      await deps.ticketMoves.note(ticketId, { ...line, reason, body: { accused: unitCode } }, tx);
      return { unitCode };
    });
}
