import { callsSomebody, decideFiring } from '../../domain/tickets/deadline-firing.ts';
import { adjudicationLateKey, recheckLateKey } from '../../domain/tickets/ticket-alarms.ts';
import { AppError } from '../errors.ts';
import type { AlarmBook, AlarmRaise } from '../ports/alarms.ts';
import type { CalendarSource, TicketSettings } from '../ports/calendar.ts';
import type { ClaimedDeadline, DeadlineBook } from '../ports/deadlines.ts';
import { type Database, DatabaseAway, type Transaction } from '../ports/transaction.ts';
import { limitsOf } from './counting.ts';
import { deadlineFired } from './deadline-fired.ts';

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
  readonly calendar: CalendarSource;
  /** Puts a ticket's deadlines on the job queue. */
  readonly enqueue: (ticketId: string) => Promise<unknown>;
  readonly autoSign: (claimed: ClaimedDeadline) => Promise<'fired' | 'lost'>;
  /** What comes upon a unit whose time runs out; in the transaction that says so. */
  readonly escalate: (ticketId: string, settings: TicketSettings, tx: Transaction) => Promise<unknown>;
  /** For the lead: an adjudicator let a return lie, or a reviewer a citizen's dispute. */
  readonly alarms: Pick<AlarmBook, 'raise'>;
  readonly database: Database;
  readonly now: () => number;
  readonly newId: () => string;
  readonly claimMs?: number;
}) {
  const { claimMs = CLAIM_MS } = deps;
  /** Somebody else moved the ticket between our look and the lock: there is nothing to sign for any more. */
  const autoSigned = async (claimed: ClaimedDeadline): Promise<Fired> => {
    try {
      return await deps.autoSign(claimed);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'ticket.moveImpossible') throw error;
      return (await deps.deadlines.cancel(claimed, deps.now())) === 'finished' ? 'cancelled' : 'lost';
    }
  };
  return async (deadlineId: string): Promise<Fired> => {
    const claimed = await deps.deadlines.claim(deadlineId, deps.now() + claimMs);
    if (claimed === null) return 'notMine';
    const { ticket } = claimed;
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
      case 'autoSign':
        return await autoSigned(claimed);
      case 'fire': {
        const settings = await deps.calendar.load();
        const { event, outbox } = deadlineFired(claimed, now, decision.lateMs, deps.newId(), settings);
        const finished = await deps.database.transact(async (tx) => {
          const done = await deps.deadlines.finish(claimed, event, outbox, tx);
          if (done !== 'finished') return done;
          const called = callsSomebody(claimed, limitsOf(settings, ticket.acceptedAt));
          if (called === 'urge') await deps.escalate(ticket.id, settings, tx);
          if (called === 'alarm') await deps.alarms.raise(leftLying(claimed, now, deps.newId()), tx);
          return done;
        });
        return finished === 'finished' ? 'fired' : 'lost';
      }
      default:
        return unreachable(decision);
    }
  };
}

/** What waits for a person of the hotline, and he let it lie. */
function leftLying({ id, kind, ticket, dueAt }: ClaimedDeadline, atMs: number, alarmId: string): AlarmRaise {
  const about = { id: alarmId, subject: ticket.id, atMs };
  if (kind === 'recheck') {
    const words = {
      detail: `工单 ${ticket.number} 的市民异议超过时限仍未复核，请即复核`,
      detailEn: `The citizen's dispute of ticket ${ticket.number} was not looked at in time: look at it now`,
    };
    return { ...about, kind: 'ticket.recheckLate', key: recheckLateKey(id, dueAt), ...words };
  }
  const words = {
    detail: `退单工单 ${ticket.number} 超过裁定时限仍未裁定，请即裁定`,
    detailEn: `The return of ticket ${ticket.number} was not adjudicated in time: decide now`,
  };
  return { ...about, kind: 'ticket.adjudicationLate', key: adjudicationLateKey(id, dueAt), ...words };
}

const WHY_MAX = 500;

/**
 * The same, and what goes wrong stands with the deadline for whoever looks at the board. A database that is away is
 * nobody's fault, and there is nowhere to write it.
 */
export function fireOnRecord(deps: {
  readonly deadlines: DeadlineBook;
  readonly fire: (id: string) => Promise<Fired>;
  readonly now: () => number;
}) {
  return async (id: string): Promise<Fired> => {
    try {
      return await deps.fire(id);
    } catch (error) {
      if (!(error instanceof DatabaseAway)) {
        const why = error instanceof Error ? error.message : String(error);
        await deps.deadlines.noteFailure(id, why.slice(0, WHY_MAX), deps.now());
      }
      throw error;
    }
  };
}

function unreachable(decision: never): never {
  throw new Error(`not a decision: ${JSON.stringify(decision)}`);
}
