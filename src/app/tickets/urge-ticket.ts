import type { PressedTicket } from '../../domain/tickets/escalation.ts';
import { OWN_REASONS } from '../../domain/tickets/own-reasons.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { URGE_PAUSE_MS, urgeRefusal } from '../../domain/tickets/urging.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { BulkBook, BulkDone } from '../ports/bulk.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Transaction } from '../ports/transaction.ts';

export interface UrgeDeps {
  readonly ticketMoves: TicketMoves;
  readonly bulk: BulkBook;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * A line on the time line, from which the unit is told. Refuses with `ticket.unknown`, `urge.forbidden`, `urge.notWithUnit`,
 * `urge.lately`, `ticket.reasonMissing`.
 */
export function urgeInside({ ticketMoves, bulk, now, newId }: UrgeDeps) {
  return async (
    id: string,
    words: string,
    actor: Actor,
    tx: Transaction,
  ): Promise<Omit<BulkDone, 'version'>> => {
    const ticket = await ticketMoves.lock(id, sightOf(actor), tx);
    if (ticket === null) throw new AppError('ticket.unknown', { id });
    const { state, unitCode, number } = ticket;
    const lastUrgedAt = await bulk.lastUrgedAt(id, tx);
    const at = now();
    const refusal = urgeRefusal({ state, unitCode, lastUrgedAt }, actor, words, at);
    if (refusal !== null) {
      const again = lastUrgedAt === null ? null : new Date(lastUrgedAt + URGE_PAUSE_MS).toISOString();
      throw new AppError(refusal, refusal === 'urge.lately' ? { number, again } : { number, state });
    }
    await ticketMoves.note(
      id,
      {
        id: newId(),
        at,
        actorId: actor.accountId,
        type: 'urged',
        reason: words.trim(),
        body: { unitCode },
      },
      tx,
    );
    return { number, state };
  };
}

/** The same by the program, which says so on the line: in reports it is told apart from what a person or the citizen did (I2). */
export function urgeByRule({ ticketMoves, newId }: Pick<UrgeDeps, 'ticketMoves' | 'newId'>) {
  return (
    { ticketId, unitCode, dueAt }: Pick<PressedTicket, 'ticketId' | 'unitCode' | 'dueAt'>,
    at: number,
    tx: Transaction,
  ): Promise<void> => {
    const over = at >= dueAt;
    const reason = over ? OWN_REASONS.urgedOver : OWN_REASONS.urgedNearly;
    const body = { unitCode, auto: true, over };
    return ticketMoves.note(ticketId, { id: newId(), at, actorId: null, type: 'urged', reason, body }, tx);
  };
}
