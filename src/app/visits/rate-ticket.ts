import { isContent } from '../../domain/callbacks/sample.ts';
import { saidInWords, type VisitAnswers } from '../../domain/callbacks/visit-answers.ts';
import { isRateable } from '../../domain/tickets/own-rating.ts';
import { ASKED_BY, OWN_FRAMES } from '../../domain/tickets/own-reasons.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { RatedBeside, RatingChannel, TicketRatingBook } from '../ports/ticket-ratings.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import type { SupervisionDeps } from '../supervision/issue-order.ts';
import { type Recheck, recheckRated } from './recheck-rated.ts';

export interface RatingDeps extends SupervisionDeps {
  readonly database: Database;
  readonly ticketRatings: Pick<TicketRatingBook, 'add' | 'given' | 'correct' | 'noteSource'>;
}

/**
 * 一事一评: the citizen's own rating of his matter, as somebody takes it down for him, once for each time that it was reported
 * done. `conflict`: the visit of the same time said otherwise; both stand, and the report counts them. Where he is not content a
 * person looks at the matter again, as if he had said so himself. Refuses with
 * `ticket.unknown`, `ticket.ownUnit`, `ticketRating.notYet`, `ticketRating.given`.
 */
export function rateTicket(deps: RatingDeps) {
  const recheck = recheckRated(deps);
  return (asked: {
    readonly ticketId: string;
    readonly channel: RatingChannel;
    readonly answers: VisitAnswers;
    readonly actor: Actor;
  }): Promise<{ readonly conflict: boolean; readonly recheck: Recheck }> =>
    deps.database.transact(async (tx) => {
      const { ticketId, channel, answers, actor } = asked;
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      if (actor.unitCode !== null && actor.unitCode === ticket.unitCode) throw new AppError('ticket.ownUnit');
      if (!isRateable(ticket.state)) throw new AppError('ticketRating.notYet', { state: ticket.state });
      const at = deps.now();
      const { unitCode } = ticket;
      const kept = await deps.ticketRatings.add(
        { id: deps.newId(), ticketId, at, channel, takenBy: actor.accountId, unitCode, answers },
        tx,
      );
      if (kept === null) throw new AppError('ticketRating.given');
      const line = { ticketId, at, answers, beside: kept, actorId: actor.accountId, body: { channel } };
      const conflict = await noteRating(deps, line, tx);
      return { conflict, recheck: await recheck(ticketId, answers, tx) };
    });
}

/** On the time line, with whether the visit said otherwise. */
export async function noteRating(
  deps: Pick<RatingDeps, 'ticketMoves' | 'newId'>,
  rated: {
    readonly ticketId: string;
    readonly at: number;
    readonly answers: VisitAnswers;
    readonly beside: RatedBeside;
    readonly actorId: string | null;
    readonly body: Readonly<Record<string, unknown>>;
  },
  tx: Transaction,
): Promise<boolean> {
  const { ticketId, at, answers, beside, actorId, body } = rated;
  const { resolved, result } = beside.visit ?? {};
  const visited = resolved === undefined || result === undefined ? null : isContent({ resolved, result });
  const conflict = visited !== null && visited !== isContent(answers);
  const reason = OWN_FRAMES.more(OWN_FRAMES.said(ASKED_BY.himself, saidInWords(answers)), answers.words);
  const line = { id: deps.newId(), at, actorId, type: 'citizenRated', reason } as const;
  await deps.ticketMoves.note(ticketId, { ...line, body: { ...body, conflict } }, tx);
  return conflict;
}
