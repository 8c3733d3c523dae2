import { OWN_REASONS } from '../../domain/tickets/own-reasons.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import type { ClaimedDeadline, DeadlineBook } from '../ports/deadlines.ts';
import type { Database } from '../ports/transaction.ts';
import { type MoveTicketDeps, moveTicketInside } from '../tickets/move-ticket.ts';

class ClaimLost extends Error {}

/**
 * Signs for a ticket that its unit let lie: the move and the end of the deadline in one transaction, so that it is done
 * once. That somebody signed in the meantime is found under the lock, and is as good.
 */
export function signWhenDue(
  deps: MoveTicketDeps & { readonly database: Database; readonly deadlines: DeadlineBook },
) {
  const move = moveTicketInside(deps);
  return async (claimed: ClaimedDeadline): Promise<'fired' | 'lost'> => {
    try {
      await deps.database.transact(async (tx) => {
        if ((await deps.deadlines.settle(claimed, deps.now(), tx)) === 'lost') throw new ClaimLost();
        await move(
          {
            id: claimed.ticket.id,
            move: 'signFor',
            version: null,
            reason: OWN_REASONS.signedByClock,
            details: {},
            actor: SYSTEM,
          },
          tx,
        );
      });
      return 'fired';
    } catch (error) {
      if (error instanceof ClaimLost) return 'lost';
      throw error;
    }
  };
}
