import { callsSomebody, decideFiring } from '../../domain/tickets/deadline-firing.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { DeadlineBook, DueDeadline, FiredDeadline } from '../ports/deadlines.ts';
import type { Database } from '../ports/transaction.ts';
import { limitsOf } from './counting.ts';
import { deadlineFired } from './deadline-fired.ts';
import type { Fired } from './fire-deadline.ts';

/**
 * Fires many deadlines in one transaction. The lock on the rows is the claim: it ends with the transaction, whatever
 * becomes of the worker, so that each deadline fires once or is still pending.
 *
 * Returns what became of each. Left out is what wants a transaction of its own: one that somebody holds or that is done
 * already, one that moves its ticket, urges its unit or brings an alarm upon the lead, one that came too early.
 */
export function fireDeadlines(deps: {
  readonly deadlines: DeadlineBook;
  readonly calendar: CalendarSource;
  readonly database: Database;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (ids: readonly string[]): Promise<ReadonlyMap<string, Fired>> => {
    const settings = await deps.calendar.load();
    return deps.database.transact(async (tx) => {
      const due = await deps.deadlines.lockDue(ids, tx);
      const now = deps.now();
      const outcomes = new Map<string, Fired>();
      const fired: (FiredDeadline & { readonly deadline: DueDeadline })[] = [];
      const ended: string[] = [];
      for (const deadline of due) {
        const decision = decideFiring(deadline, deadline.ticket, now);
        switch (decision.kind) {
          case 'fire':
            if (callsSomebody(deadline, limitsOf(settings, deadline.ticket.acceptedAt)) !== null) break;
            fired.push({
              deadline,
              ...deadlineFired(deadline, now, decision.lateMs, deps.newId(), settings),
            });
            outcomes.set(deadline.id, 'fired');
            break;
          case 'cancel':
            ended.push(deadline.id);
            outcomes.set(deadline.id, 'cancelled');
            break;
          case 'autoSign':
          case 'wait':
            break;
          default:
            decision satisfies never;
        }
      }
      await deps.deadlines.finishAll(fired, now, tx);
      await deps.deadlines.cancelAll(ended, now, tx);
      return outcomes;
    });
  };
}
