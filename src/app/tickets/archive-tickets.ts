import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { OWN_REASONS } from '../../domain/tickets/own-reasons.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { AgeingTickets } from '../ports/ageing-tickets.ts';
import type { Database } from '../ports/transaction.ts';
import { type MoveTicketDeps, moveTicketInside } from './move-ticket.ts';

const BATCH = 200;

/**
 * Puts into the archive what ended long enough ago by the limits that it keeps; each ticket in a transaction of its own. Any
 * number of workers may do it. Returns how many; a whole batch means that there may be more.
 */
export function archiveTickets(
  deps: MoveTicketDeps & { readonly database: Database; readonly ageing: AgeingTickets },
) {
  const move = moveTicketInside(deps);
  return async (): Promise<{ readonly archived: number; readonly more: boolean }> => {
    const { calendar, limits } = await deps.calendar.load();
    const { zone } = calendar;
    const today = localDateOf(deps.now(), zone);
    const rules = limits.map(({ validFrom, number, archiveAfterDays }) => ({
      ...{ validFrom, number, archiveAfterDays },
    }));
    const ended = await deps.ageing.archivable({ today, zone, rules }, BATCH);
    let archived = 0;
    for (const id of ended) {
      const asked = { id, move: 'archive', version: null, details: {} } as const;
      try {
        await deps.database.transact((tx) =>
          move({ ...asked, reason: OWN_REASONS.archivedByClock, actor: SYSTEM }, tx),
        );
        archived += 1;
      } catch (error) {
        // Reopened in this moment, or archived by another worker.
        if (!(error instanceof AppError && error.code === 'ticket.moveImpossible')) throw error;
      }
    }
    return { archived, more: archived === BATCH };
  };
}
