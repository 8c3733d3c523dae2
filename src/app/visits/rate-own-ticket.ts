import type { VisitAnswers } from '../../domain/callbacks/visit-answers.ts';
import { correctableUntil, decideOwnRating } from '../../domain/tickets/own-rating.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { FollowedTickets } from '../ports/followed-tickets.ts';
import type { RatedBeside, RatingSource } from '../ports/ticket-ratings.ts';
import { askedFor } from '../tickets/follow-ticket.ts';
import { noteRating, type RatingDeps } from './rate-ticket.ts';
import { type Recheck, recheckRated } from './recheck-rated.ts';

/**
 * The citizen rates his matter himself, by its number and his telephone, and corrects it within a week; sent twice it stands
 * once. What a visit said otherwise is flagged; where he is not content a person looks at the matter again (`recheckRated`).
 * Where it came from is kept beside it. Returns until when it can be corrected. Refuses with `follow.unknown`, `ticketRating.notYet`, `ticketRating.over`, `ticketRating.correctedEnough`.
 */
export function rateOwnTicket(deps: RatingDeps & { readonly followed: Pick<FollowedTickets, 'find'> }) {
  const recheck = recheckRated(deps);
  return async (
    whose: { readonly number: string; readonly telephone: string },
    answers: VisitAnswers,
    source: RatingSource,
  ): Promise<{ readonly correctableUntil: number | null; readonly recheck: Recheck }> => {
    const found = await deps.followed.find(askedFor(whose));
    if (found === null) throw new AppError('follow.unknown');
    const ticketId = found.id;
    return deps.database.transact(async (tx) => {
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
      if (ticket === null) throw new AppError('follow.unknown');
      const given = await deps.ticketRatings.given(ticketId, tx);
      const at = deps.now();
      const { state, unitCode } = ticket;
      const decided = decideOwnRating({ state, given }, answers, at);
      const note = (beside: RatedBeside, body: object) =>
        noteRating(
          deps,
          { ticketId, at, answers, beside, actorId: null, body: { channel: 'web', own: true, ...body } },
          tx,
        );
      switch (decided.kind) {
        case 'refused':
          throw new AppError(decided.refusal, { state });
        case 'same':
          break;
        case 'first': {
          const rating = { id: deps.newId(), ticketId, at, channel: 'web', takenBy: null } as const;
          const beside = await deps.ticketRatings.add({ ...rating, unitCode, answers }, tx);
          if (beside === null) throw new Error('a ticket that is held has no second rating beside');
          await deps.ticketRatings.noteSource(rating.id, at, source, tx);
          await note(beside, {});
          break;
        }
        case 'correction':
          await deps.ticketRatings.noteSource(decided.id, at, source, tx);
          await note(await deps.ticketRatings.correct(decided.id, { at, answers }, tx), {
            correction: decided.nth,
          });
          break;
        default:
          decided satisfies never;
      }
      const standing = await deps.ticketRatings.given(ticketId, tx);
      const until = standing === null ? null : correctableUntil(standing, at);
      return { correctableUntil: until, recheck: await recheck(ticketId, answers, tx) };
    });
  };
}
