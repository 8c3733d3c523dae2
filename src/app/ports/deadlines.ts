import type { Clock, DeadlineMark, MarkClock, MarkKind } from '../../domain/deadlines/clocks.ts';
import type { TicketType } from '../../domain/tickets/ticket.ts';
import type { TicketEvent } from '../../domain/tickets/time-line.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { DeadlineJob } from './jobs.ts';
import type { Transaction } from './transaction.ts';

/** A deadline that one worker holds for a while; `attempt` is the proof that it is still this holder's. */
export interface ClaimedDeadline {
  readonly id: string;
  readonly attempt: number;
  readonly clock: MarkClock;
  readonly kind: MarkKind;
  readonly level: number;
  readonly dueAt: number;
  readonly ticket: {
    readonly id: string;
    readonly number: string;
    readonly state: TicketState;
    readonly unitCode: string | null;
  };
}

/** A ticket whose deadlines were counted with a calendar that did not reach far enough. */
export interface ProvisionalTicket {
  readonly ticketId: string;
  readonly type: TicketType;
  readonly clocks: readonly { readonly clock: Clock; readonly startsAt: number; readonly preset: string }[];
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
  /** claimed -> done with the event and the outbox row, all or nothing; locks the ticket first. `lost`: the claim ran out. */
  finish(
    claimed: ClaimedDeadline,
    event: TicketEvent & { readonly id: string },
    outbox: { readonly topic: string; readonly key: string; readonly body: object },
    tx: Transaction,
  ): Promise<'finished' | 'lost'>;
  cancel(claimed: ClaimedDeadline, at: number): Promise<'finished' | 'lost'>;
  /** claimed -> done within a transaction that does the thing itself; locks the ticket first. `lost`: give it up. */
  settle(claimed: ClaimedDeadline, at: number, tx: Transaction): Promise<'finished' | 'lost'>;
  /** claimed -> pending and off the job queue: it will be enqueued again for its time. */
  putBack(claimed: ClaimedDeadline): Promise<void>;
  /** Claims that ran out (their worker died) become pending again; returns how many. */
  releaseExpired(at: number, limit: number): Promise<number>;
  /** Pending ones whose job should long have run (lost with Redis): to be enqueued anew; returns how many. */
  forgetOverdueJobs(before: number, limit: number): Promise<number>;
  /** Redis lost everything: all pending ones are to be enqueued anew; returns how many. */
  forgetAllJobs(): Promise<number>;
  /** Tickets with provisional deadlines that reach into one of these years, which are known now. */
  provisional(knownYears: readonly number[], limit: number): Promise<readonly ProvisionalTicket[]>;
  /** Moves the pending marks of one ticket's clock to their new times, with a note on the time line. */
  recount(
    ticketId: string,
    marks: readonly DeadlineMark[],
    event: TicketEvent & { readonly id: string },
  ): Promise<void>;
}
