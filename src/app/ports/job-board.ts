import type { MarkClock, MarkKind } from '../../domain/deadlines/clocks.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export const FAILURE_KINDS = ['deadline', 'outbox'] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Work that failed, for a person to look into. Times are ISO 8601 in UTC. */
export interface JobFailure {
  readonly kind: FailureKind;
  readonly id: string;
  /** What it is about, in words. */
  readonly what: string;
  readonly why: string;
  readonly since: string;
  /** Failures so far; an outbox row that nobody can read is set aside at the first. */
  readonly times: number;
  readonly ticketId: string | null;
  /** Of a deadline: which mark of which clock of which ticket. */
  readonly mark: {
    readonly ticket: string;
    readonly clock: MarkClock;
    readonly kind: MarkKind;
    readonly level: number;
  } | null;
}

/** A round of the worker that fails: nothing to run again, it tries by itself until it works. */
export interface RoundFailure {
  readonly name: string;
  /** The latest error. */
  readonly why: string;
  readonly since: string;
  readonly lastAt: string;
  /** In a row, over all workers. */
  readonly times: number;
  readonly workers: number;
}

export interface JobFigures {
  readonly deadlines: {
    /** Not reached yet. */
    readonly ahead: number;
    /** Reached and not fired. */
    readonly due: number;
    readonly claimed: number;
    readonly failing: number;
    /** How late the latest of those that are due is. */
    readonly latestMs: number;
  };
  readonly outbox: {
    readonly waiting: number;
    readonly held: number;
    readonly setAside: number;
    readonly oldestMs: number;
  };
  readonly messages: { readonly waiting: number; readonly failed: number };
  /** Of what fired in the last hour. */
  readonly lateness: {
    readonly fired: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    readonly maxMs: number;
  };
}

export interface JobBoard {
  figures(now: number): Promise<JobFigures>;
  /** The latest first. Refuses with `page.invalid`. */
  failures(filter: { readonly kind?: FailureKind }, page: PageAsked): Promise<Paged<JobFailure>>;
  /** Those that fail now, the longest first. */
  failingRounds(now: number): Promise<readonly RoundFailure[]>;
  /** To be done anew, as if it had never failed; false: there is no such failure any more. */
  runAgain(kind: FailureKind, id: string, tx: Transaction): Promise<boolean>;
}

/** What lies in one queue of the job store. */
export interface QueueFigures {
  /** Their moment has come, and no worker has taken them. */
  readonly waiting: number;
  readonly active: number;
  /** Their moment is still to come, or they failed and are tried again within seconds. */
  readonly delayed: number;
  /** What is tried again, of the `LOOKED_AT` that are next. */
  readonly failing: number;
  /** How late the latest is of the `LOOKED_AT` that are first in line, in ms; 0: none is. */
  readonly latestMs: number;
}
/** There may be a hundred thousand. */
export const LOOKED_AT = 100;

export const JOB_QUEUES = ['deadlines', 'oversight', 'knowledge'] as const;
export type JobQueue = (typeof JOB_QUEUES)[number];

/** One queue of the job store. */
export interface JobStoreFigures {
  readonly queue: JobQueue;
  /** Null while the store is away. */
  figures(now: number): Promise<QueueFigures | null>;
}
