import { decideFiring } from '../../domain/tickets/deadline-firing.ts';
import type { TicketNotice } from '../live/notices.ts';
import type { DeadlineBook } from '../ports/deadlines.ts';

/** A claim outlives any honest handling many times over; after that its worker counts as dead. */
export const CLAIM_MS = 60_000;

export type Fired =
  | 'fired'
  /** The ticket's clock had ended. */
  | 'cancelled'
  /** Too early; it will come again. */
  | 'putBack'
  /** Deleted, done, cancelled, or another worker has it: an old or a second job. */
  | 'notMine'
  /** Our claim ran out before we wrote; whoever has it now does it. */
  | 'lost';

/**
 * What a due job does: claim the row, look at the ticket again, write the event on its time line together with what
 * the subscribers are to be told (outbox), or leave it. Any number of jobs for one deadline, at any time, by any
 * worker, end in exactly one event.
 */
export function fireDeadline(deps: {
  readonly deadlines: DeadlineBook;
  /** Puts a ticket's deadlines on the job queue. */
  readonly enqueue: (ticketId: string) => Promise<unknown>;
  readonly now: () => number;
  readonly newId: () => string;
  readonly claimMs?: number;
}) {
  const { claimMs = CLAIM_MS } = deps;
  return async (deadlineId: string): Promise<Fired> => {
    const claimed = await deps.deadlines.claim(deadlineId, deps.now() + claimMs);
    if (claimed === null) return 'notMine';
    const { clock, kind, level, dueAt, ticket } = claimed;
    const now = deps.now();
    const decision = decideFiring(claimed, ticket, now);
    switch (decision.kind) {
      case 'wait':
        await deps.deadlines.putBack(claimed);
        // At once and not with the next sweep: clocks of two machines differ by less than people notice.
        await deps.enqueue(ticket.id);
        return 'putBack';
      case 'cancel':
        return (await deps.deadlines.cancel(claimed, now)) === 'finished' ? 'cancelled' : 'lost';
      case 'fire': {
        const type = kind === 'warning' ? 'deadlineWarning' : 'deadlineOverdue';
        const notice: TicketNotice = {
          kind: type,
          ticketId: ticket.id,
          ticketNumber: ticket.number,
          unitCode: ticket.unitCode,
          atMs: now,
          clock,
          level,
        };
        const event = {
          id: deps.newId(),
          at: now,
          actorId: null,
          fromState: null,
          toState: null,
          type,
          reason: '',
          body: { clock, level, dueAt: new Date(dueAt).toISOString(), lateMs: decision.lateMs },
        } as const;
        const outbox = { topic: 'deadlineFired', key: deadlineId, body: notice };
        return (await deps.deadlines.finish(claimed, event, outbox)) === 'finished' ? 'fired' : 'lost';
      }
      default:
        return unreachable(decision);
    }
  };
}

function unreachable(decision: never): never {
  throw new Error(`not a decision: ${JSON.stringify(decision)}`);
}
