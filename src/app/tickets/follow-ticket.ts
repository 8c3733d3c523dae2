import { type CitizenLine, showsReply, urgeAgainAt } from '../../domain/tickets/following.ts';
import { correctableUntil, isRateable } from '../../domain/tickets/own-rating.ts';
import { isWithUnit } from '../../domain/tickets/urging.ts';
import { AppError } from '../errors.ts';
import type { FollowedTicket, FollowedTickets } from '../ports/followed-tickets.ts';
import type { TicketRatingBook } from '../ports/ticket-ratings.ts';

export interface FollowedView extends FollowedTicket {
  readonly lines: readonly CitizenLine[];
  /** Epoch milliseconds; null: now. */
  readonly urgeAgainAt: number | null;
  /** He may say now how it was done, or say it otherwise. */
  readonly mayRate: boolean;
  /** When he did, and until when he can correct it; epoch milliseconds. What he said is not told again. */
  readonly rated: { readonly at: number; readonly correctableUntil: number | null } | null;
}

/** As it is written on a slip: any case, with blanks. */
export const askedFor = (asked: { readonly number: string; readonly telephone: string }) => ({
  number: asked.number.replace(/\s/g, '').toUpperCase(),
  telephone: asked.telephone,
});

/** What a citizen is shown who knows the number of his ticket and his own. Refuses with `follow.unknown`. */
export function followTicket(deps: {
  readonly followed: FollowedTickets;
  readonly ticketRatings: Pick<TicketRatingBook, 'given'>;
  readonly now: () => number;
}) {
  return async (asked: { readonly number: string; readonly telephone: string }): Promise<FollowedView> => {
    const ticket = await deps.followed.find(askedFor(asked));
    if (ticket === null) throw new AppError('follow.unknown');
    const { state, unit, unitDueAt, reply } = ticket;
    const withUnit = isWithUnit(state);
    const lines = await deps.followed.lines(ticket.id);
    const now = deps.now();
    const given = isRateable(state) ? await deps.ticketRatings.given(ticket.id) : null;
    const until = given === null ? null : correctableUntil(given, now);
    return {
      ...ticket,
      unit: withUnit ? unit : null,
      unitDueAt: withUnit ? unitDueAt : null,
      reply: showsReply(state) ? reply : null,
      lines,
      urgeAgainAt: urgeAgainAt({ lines }, now),
      mayRate: isRateable(state) && (given === null || until !== null),
      rated: given === null ? null : { at: given.at, correctableUntil: until },
    };
  };
}
