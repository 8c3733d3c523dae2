import type { ComplexReason, ThreadTicket } from '../../domain/threads/complexity.ts';
import type { EarlierAppeal } from '../../domain/threads/matching.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

/** A ticket that nobody has looked at yet: whose is it, and about what. */
export interface UnthreadedTicket extends EarlierAppeal {
  /** As the ticket holds it; '' when it was withheld. */
  readonly citizenNumber: string;
  /** What others brought forward may be of its matter: neither confidential nor anonymous, and of no incident. */
  readonly open: boolean;
}

export interface ThreadMemberView {
  readonly ticketId: string;
  readonly number: string;
  readonly title: string;
  readonly state: TicketState;
  readonly acceptedAt: string;
  readonly unit: { readonly code: string; readonly name: string } | null;
  readonly joinedBy: string | null;
  readonly joinedReason: string;
}

/** A ticket with what it has borne, and by what it is found. */
export interface BurdenedTicket extends ThreadTicket {
  readonly ticketId: string;
  readonly number: string;
}

/** Times are ISO 8601 in UTC. */
export interface ThreadSummary {
  readonly id: string;
  readonly number: string;
  readonly openedAt: string;
  /** Tickets in it, whoever may read them. */
  readonly tickets: number;
  readonly transfers: number;
  readonly complexAt: string | null;
  readonly complexReasons: readonly ComplexReason[];
}
export interface ThreadView extends ThreadSummary {
  readonly mergedInto: string | null;
  /** What the reader may see of it. */
  readonly members: readonly ThreadMemberView[];
}

export interface ThreadMember {
  readonly id: string;
  readonly threadId: string;
  readonly ticketId: string;
  readonly at: number;
  /** null: the program itself. */
  readonly by: string | null;
  readonly reason: string;
}

export interface ThreadBook {
  /** Tickets without a person's key, the oldest first. */
  unthreaded(limit: number): Promise<readonly UnthreadedTicket[]>;
  /** Whoever changes threads meets the others here, until the transaction ends. */
  lock(tx: Transaction): Promise<void>;
  /** Keeps whose a ticket is, as a key; null: nobody's that can be known. False: somebody was first. */
  keepPerson(ticketId: string, number: string | null, tx: Transaction): Promise<boolean>;
  /** Other tickets of the same person, newest first. */
  ofPerson(ticketId: string, limit: number, tx: Transaction): Promise<readonly EarlierAppeal[]>;

  /**
   * Tickets of its category near that moment in whose place or words `named` stands, newest first; none that is confidential,
   * anonymous, or of an incident.
   */
  ofMatter(
    ticketId: string,
    near: { readonly named: string; readonly at: number; readonly withinMs: number },
    limit: number,
    tx: Transaction,
  ): Promise<readonly EarlierAppeal[]>;

  nextNumber(tx: Transaction): Promise<number>;
  open(
    thread: { readonly id: string; readonly number: string; readonly at: number },
    tx: Transaction,
  ): Promise<void>;
  join(member: ThreadMember, tx: Transaction): Promise<void>;
  leave(
    member: { readonly threadId: string; readonly ticketId: string },
    end: { readonly at: number; readonly by: string | null; readonly reason: string },
    tx: Transaction,
  ): Promise<boolean>;
  /** Tickets that are in it now; null: no such thread, or it went into another. */
  members(threadId: string, tx: Transaction): Promise<readonly string[] | null>;
  threadOf(ticketId: string, tx?: Transaction): Promise<string | null>;
  merged(from: string, into: string, tx: Transaction): Promise<void>;

  /** Threads that got or lost a ticket, or one of whose tickets moved since and after their last review. */
  toReview(since: number, limit: number): Promise<readonly { readonly id: string }[]>;
  burden(threadId: string, tx: Transaction): Promise<readonly BurdenedTicket[]>;
  /**
   * Tickets without a thread that were returned, worked on again or handed on since, with what they have borne; of an incident's
   * only the first. By id, behind `after`.
   */
  alone(since: number, after: string | null, limit: number): Promise<readonly BurdenedTicket[]>;
  /** True: it is a complex case by this, and was none before. */
  reviewed(
    threadId: string,
    found: { readonly at: number; readonly transfers: number; readonly reasons: readonly ComplexReason[] },
    tx: Transaction,
  ): Promise<boolean>;

  view(threadId: string, sight: Sight): Promise<ThreadView | null>;
  /** Complex ones first flagged last; or all, newest first. */
  list(filter: { readonly complex?: boolean }, page: PageAsked): Promise<Paged<ThreadSummary>>;
}
