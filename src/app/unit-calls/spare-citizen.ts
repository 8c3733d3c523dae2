import { CONTACTS_A_DAY, unitContactRefusal } from '../../domain/callbacks/contact.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { ContactBook } from '../ports/contacts.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';

const DAY_MS = 86_400_000;

export interface SparingDeps {
  readonly database: Database;
  readonly contacts: Pick<ContactBook, 'lock' | 'recent'>;
  readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note'>;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * 多头联系 (G11): of several units with one citizen's matters, and a desk that visits him, none calls while another has him, and
 * whoever calls after the others have reached him often enough that day says why; that stands on the time line. Refuses with
 * `contact.held`, `contact.tooOften`.
 */
export function spareCitizen(deps: SparingDeps) {
  return (ticketId: string, reason: string, actor: Actor): Promise<void> =>
    deps.database.transact(async (tx) => {
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
      const contact = await deps.contacts.lock(ticketId, tx);
      // Without a number nobody is rung; whoever asks is told by what looks for it.
      if (ticket === null || contact === null) return;
      const nowMs = deps.now();
      const recent = await deps.contacts.recent(contact.number, nowMs - DAY_MS, tx);
      const reachedToday = recent.filter(({ reached }) => reached).length;
      const refusal = unitContactRefusal({ nowMs, held: contact.held, reachedToday, reason });
      if (refusal !== null) throw new AppError(refusal, { callsToday: reachedToday });
      // Who was not disturbed often needs no reason, and none is kept.
      if (reason.trim() === '' || reachedToday < CONTACTS_A_DAY) return;
      await deps.ticketMoves.note(
        ticketId,
        {
          ...{ id: deps.newId(), at: nowMs, actorId: actor.accountId, type: 'contactInsisted' },
          ...{ reason: reason.trim(), body: { callsToday: reachedToday } },
        },
        tx,
      );
    });
}
