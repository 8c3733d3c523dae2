import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { TicketBook } from '../ports/tickets.ts';
import type { Database } from '../ports/transaction.ts';

const REASON_MAX = 200;

/**
 * Shows who complained, for a reason, and keeps the view on the time line in the same transaction (invariant 10).
 * Refuses with `ticket.unknown`, `ticket.reasonMissing`.
 */
export function revealCitizen(deps: {
  readonly database: Database;
  readonly tickets: TicketBook;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (request: { readonly id: string; readonly reason: string; readonly actor: Actor }) => {
    const reason = [...request.reason.replace(/\p{Cc}/gu, ' ').trim()].slice(0, REASON_MAX).join('');
    if (reason === '') throw new AppError('ticket.reasonMissing', { id: request.id });
    const revealed = await deps.database.transact((tx) =>
      deps.tickets.reveal(
        request.id,
        sightOf(request.actor),
        {
          id: deps.newId(),
          at: deps.now(),
          actorId: request.actor.accountId,
          fromState: null,
          toState: null,
          type: 'citizenRevealed',
          reason,
          body: {},
        },
        tx,
      ),
    );
    if (revealed === null) throw new AppError('ticket.unknown', { id: request.id });
    return revealed;
  };
}
