import {
  CITIZEN_NOTES,
  type CitizenLine,
  type CitizenSaying,
  type CitizenWish,
  type FollowRefusal,
  followRefusal,
  isOver,
  saidAlready,
  urgeAgainAt,
} from '../../domain/tickets/following.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { isWithUnit } from '../../domain/tickets/urging.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { FollowedTickets } from '../ports/followed-tickets.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { askedFor } from './follow-ticket.ts';

export interface CitizenWords {
  readonly number: string;
  readonly telephone: string;
  readonly wish: CitizenWish;
  readonly words: string;
}

export interface CitizenLineDeps {
  readonly followed: Pick<FollowedTickets, 'lines'>;
  readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note'>;
  readonly now: () => number;
  readonly newId: () => string;
}

export type WrittenLine =
  | { readonly kind: 'written'; readonly number: string }
  | {
      readonly kind: 'refused';
      readonly why: FollowRefusal;
      readonly lines: readonly CitizenLine[];
      readonly at: number;
    };

/**
 * A citizen's line on the time line of his ticket, once however often it is sent. No more of them a day than a matter is told in;
 * pieces of an appeal that he is still writing are neither held to that nor counted in it.
 */
export function writeCitizenLine(deps: CitizenLineDeps) {
  return async (
    line: {
      readonly ticketId: string;
      readonly said: CitizenSaying;
      /** 补充 to what he wrote before; or a piece of the appeal that he is still writing. */
      readonly piece: boolean;
    },
    tx: Transaction,
  ): Promise<WrittenLine> => {
    const { ticketId, said, piece } = line;
    const ticket = await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
    if (ticket === null) throw new AppError('follow.unknown');
    const { state, unitCode, number } = ticket;
    const lines = await deps.followed.lines(ticketId, tx);
    const at = deps.now();
    if (saidAlready({ lines }, said, at)) return { kind: 'written', number };
    const unlimited = isOver(state) ? 'follow.over' : null;
    const why = piece ? unlimited : followRefusal({ state, lines }, said, at);
    if (why !== null) return { kind: 'refused', why, lines, at };
    const body = { ...(isWithUnit(state) ? { unitCode } : {}), ...(piece ? { piece } : {}) };
    const note = { id: deps.newId(), at, actorId: null, type: CITIZEN_NOTES[said.wish] } as const;
    await deps.ticketMoves.note(ticketId, { ...note, reason: said.words, body }, tx);
    return { kind: 'written', number };
  };
}

/**
 * A citizen presses his ticket or adds to it: a line on its time line, of which the unit that has it is told; no new ticket (L4).
 * Sent twice it stands there once. Refuses with `follow.unknown`, `follow.over`, `follow.urgedLately`,
 * `follow.addedEnough`, `follow.wordsMissing`.
 */
export function writeToTicket(
  deps: CitizenLineDeps & { readonly database: Database; readonly followed: FollowedTickets },
) {
  return async ({ wish, words, ...asked }: CitizenWords): Promise<void> => {
    const found = await deps.followed.find(askedFor(asked));
    if (found === null) throw new AppError('follow.unknown');
    await deps.database.transact(async (tx) => {
      const said = { wish, words: words.trim() };
      const written = await writeCitizenLine(deps)({ ticketId: found.id, said, piece: false }, tx);
      if (written.kind === 'written') return;
      const again = urgeAgainAt(written, written.at);
      throw new AppError(written.why, again === null ? {} : { again: new Date(again).toISOString() });
    });
  };
}
