import { isContent } from '../../domain/callbacks/sample.ts';
import { saidInWords, type VisitAnswers } from '../../domain/callbacks/visit-answers.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { RatingChannel, TicketRatingBook } from '../ports/appraisal.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';

const RATEABLE: readonly TicketState[] = ['returnVisit', 'closed'];

/**
 * 一事一评: the citizen's own rating of his matter, on the visit's scale, once for each time that it was reported done.
 * `conflict`: the visit of the same time said otherwise; both stand, and the report counts them. Refuses with
 * `ticket.unknown`, `ticket.ownUnit`, `ticketRating.notYet`, `ticketRating.given`.
 */
export function rateTicket(deps: {
  readonly database: Database;
  readonly ticketRatings: TicketRatingBook;
  readonly ticketMoves: TicketMoves;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return (asked: {
    readonly ticketId: string;
    readonly channel: RatingChannel;
    readonly answers: VisitAnswers;
    readonly actor: Actor;
  }): Promise<{ readonly conflict: boolean }> =>
    deps.database.transact(async (tx) => {
      const { ticketId, channel, answers, actor } = asked;
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      if (actor.unitCode !== null && actor.unitCode === ticket.unitCode) throw new AppError('ticket.ownUnit');
      if (!RATEABLE.includes(ticket.state))
        throw new AppError('ticketRating.notYet', { state: ticket.state });
      const at = deps.now();
      const { unitCode } = ticket;
      const kept = await deps.ticketRatings.add(
        { id: deps.newId(), ticketId, at, channel, takenBy: actor.accountId, unitCode, answers },
        tx,
      );
      if (kept === null) throw new AppError('ticketRating.given');
      const { resolved, result } = kept.visit ?? {};
      const visited = resolved === undefined || result === undefined ? null : isContent({ resolved, result });
      const conflict = visited !== null && visited !== isContent(answers);
      await deps.ticketMoves.note(
        ticketId,
        {
          id: deps.newId(),
          at,
          actorId: actor.accountId,
          type: 'citizenRated',
          reason: `市民评价：${saidInWords(answers)}${answers.words === '' ? '' : `；${answers.words}`}`,
          body: { channel, conflict },
        },
        tx,
      );
      return { conflict };
    });
}
