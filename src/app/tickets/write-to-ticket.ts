import {
  CITIZEN_NOTES,
  type CitizenWish,
  followRefusal,
  saidAlready,
  urgeAgainAt,
} from '../../domain/tickets/following.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { isWithUnit } from '../../domain/tickets/urging.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { FollowedTickets } from '../ports/followed-tickets.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';
import { askedFor } from './follow-ticket.ts';

export interface CitizenWords {
  readonly number: string;
  readonly telephone: string;
  readonly wish: CitizenWish;
  readonly words: string;
}

/**
 * A citizen presses his ticket or adds to it: a line on its time line, of which the unit that has it is told; no new ticket (L4).
 * Sent twice it stands there once. Refuses with `follow.unknown`, `follow.over`, `follow.urgedLately`,
 * `follow.addedEnough`, `follow.wordsMissing`.
 */
export function writeToTicket(deps: {
  readonly database: Database;
  readonly followed: FollowedTickets;
  readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async ({ wish, words, ...asked }: CitizenWords): Promise<void> => {
    const found = await deps.followed.find(askedFor(asked));
    if (found === null) throw new AppError('follow.unknown');
    await deps.database.transact(async (tx) => {
      const ticket = await deps.ticketMoves.lock(found.id, sightOf(SYSTEM), tx);
      if (ticket === null) throw new AppError('follow.unknown');
      const lines = await deps.followed.lines(found.id, tx);
      const at = deps.now();
      const said = { wish, words: words.trim() };
      if (saidAlready({ lines }, said, at)) return;
      const { state, unitCode } = ticket;
      const refusal = followRefusal({ state, lines }, said, at);
      if (refusal !== null) {
        const again = urgeAgainAt({ lines }, at);
        throw new AppError(refusal, again === null ? {} : { again: new Date(again).toISOString() });
      }
      const body = isWithUnit(state) ? { unitCode } : {};
      const line = { id: deps.newId(), at, actorId: null, type: CITIZEN_NOTES[wish] } as const;
      await deps.ticketMoves.note(found.id, { ...line, reason: said.words, body }, tx);
    });
  };
}
