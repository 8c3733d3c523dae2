import type { DeadlineMark, MarkClock, MarkKind } from '../../domain/deadlines/clocks.ts';
import type { LimitedTicket } from '../../domain/deadlines/limit-set.ts';
import type { Urgency } from '../../domain/deadlines/stages.ts';
import type { PendingMark } from '../../domain/tickets/count-again.ts';
import type { FiringTicket } from '../../domain/tickets/deadline-firing.ts';
import type { TicketNote } from '../../domain/tickets/time-line.ts';
import type { DeadlineJob } from './jobs.ts';
import type { Transaction } from './transaction.ts';

/** A deadline whose time has come, with its ticket as it is now. */
export interface DueDeadline {
  readonly id: string;
  readonly clock: MarkClock;
  readonly kind: MarkKind;
  readonly level: number;
  readonly dueAt: number;
  readonly ticket: FiringTicket & {
    readonly id: string;
    readonly number: string;
    readonly unitCode: string | null;
    readonly urgency: Urgency;
    readonly acceptedAt: number;
  };
}

/** A deadline that one worker holds for a while; `attempt` is the proof that it is still this holder's. */
export interface ClaimedDeadline extends DueDeadline {
  readonly attempt: number;
}

/** What a deadline that fires leaves: a line of its ticket's time line and what the subscribers are told. */
export interface FiredDeadline {
  readonly event: TicketNote;
  readonly outbox: {
    readonly topic: string;
    readonly key: string;
    readonly body: object;
    /** Nobody is told before, epoch milliseconds. */
    readonly notBefore: number;
  };
}

/** An open ticket whose deadlines are to be counted again, as it was read: `version` tells whether it still is so. */
export interface CountedTicket extends LimitedTicket {
  readonly ticketId: string;
  readonly version: number;
  readonly acceptedAt: number;
  /** A day counts as so many seconds; null: its time is real. */
  readonly daySeconds: number | null;
  readonly unitCode: string | null;
  /** After it was accepted (HM-13), the last time; null: it never was. */
  readonly madeUrgentAt: number | null;
  /** Those that have not fired. */
  readonly marks: readonly PendingMark[];
}

export interface DeadlineBook {
  /**
   * Hands pending deadlines that are due by `until` and on no job queue yet to `enqueue`, and notes that they are.
   * Rejects, and notes nothing, when `enqueue` rejects. Returns how many.
   */
  enqueue(
    until: number,
    at: number,
    limit: number,
    ticketId: string | null,
    enqueue: (jobs: readonly DeadlineJob[]) => Promise<void>,
  ): Promise<number>;
  /** pending -> claimed, before any side effect; null when it is gone, done, cancelled or somebody else's. */
  claim(id: string, until: number): Promise<ClaimedDeadline | null>;
  /**
   * Those of `ids` that are pending and that nobody else holds, locked with their tickets until the transaction ends:
   * a claim for as long as it lasts. Waits for nobody: what is held is left out.
   */
  lockDue(ids: readonly string[], tx: Transaction): Promise<readonly DueDeadline[]>;
  /** Locked ones -> done, each with its line and its outbox row. */
  finishAll(
    fired: readonly (FiredDeadline & { readonly deadline: DueDeadline })[],
    at: number,
    tx: Transaction,
  ): Promise<void>;
  /** Locked ones -> cancelled. */
  cancelAll(ids: readonly string[], at: number, tx: Transaction): Promise<void>;
  /** claimed -> done with the event and the outbox row, all or nothing; locks the ticket first. `lost`: the claim ran out. */
  finish(
    claimed: ClaimedDeadline,
    event: FiredDeadline['event'],
    outbox: FiredDeadline['outbox'],
    tx: Transaction,
  ): Promise<'finished' | 'lost'>;
  cancel(claimed: ClaimedDeadline, at: number): Promise<'finished' | 'lost'>;
  /** claimed -> done within a transaction that does the thing itself; locks the ticket first. `lost`: give it up. */
  settle(claimed: ClaimedDeadline, at: number, tx: Transaction): Promise<'finished' | 'lost'>;
  /** It could not be fired, and why; it stays what it is and is tried again. */
  noteFailure(id: string, why: string, at: number): Promise<void>;
  /** claimed -> pending and off the job queue: it will be enqueued again for its time. */
  putBack(claimed: ClaimedDeadline): Promise<void>;
  /** Claims that ran out (their worker died) become pending again; returns how many. */
  releaseExpired(at: number, limit: number): Promise<number>;
  /** Pending ones whose job should have run by `before` and was handed over by then, by id, behind `after`. */
  overdueJobs(before: number, after: string | null, limit: number): Promise<readonly DeadlineJob[]>;
  /** Those of them that are pending still under this generation: to be enqueued anew, under the next; returns how many. */
  renew(jobs: readonly DeadlineJob[]): Promise<number>;
  /**
   * Hands all pending ones that should lie on the job queue to `hand`, those first that are due first; changes nothing.
   * Returns how many; null when somebody else is about it.
   */
  handAgain(limit: number, hand: (jobs: readonly DeadlineJob[]) => Promise<void>): Promise<number | null>;
  /**
   * Open tickets that were counted with an earlier edition of the calendars, and those with provisional deadlines that
   * reach into one of these years, which are known now.
   */
  toRecount(edition: number, knownYears: readonly number[], limit: number): Promise<readonly CountedTicket[]>;
  /** One ticket, whatever its state; null when there is none. */
  counted(ticketId: string, tx: Transaction): Promise<CountedTicket | null>;
  /**
   * Moves the pending marks of one ticket to their new times and notes with which edition that was done; the line is
   * written when there is one. `changed`: somebody moved the ticket since it was read, and nothing was written.
   */
  recount(
    ticket: Pick<CountedTicket, 'ticketId' | 'version'>,
    edition: number,
    marks: readonly DeadlineMark[],
    event: TicketNote | null,
    tx?: Transaction,
  ): Promise<'recounted' | 'changed'>;
}
