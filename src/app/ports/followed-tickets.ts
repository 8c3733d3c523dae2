import type { CitizenLine } from '../../domain/tickets/following.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { Transaction } from './transaction.ts';

/** A ticket as its own citizen follows it: nothing of who he is or what he wrote. Times are ISO 8601 in UTC. */
export interface FollowedTicket {
  readonly id: string;
  readonly number: string;
  readonly state: TicketState;
  readonly unit: { readonly code: string; readonly name: string } | null;
  readonly acceptedAt: string;
  readonly citizenDueAt: string | null;
  readonly unitDueAt: string | null;
  readonly closedAt: string | null;
  /** The public reply as it stands, unless it is held for what it tells of a person. */
  readonly reply: string | null;
  /** More time that was granted, the oldest first: until when, and the reason that is for the public. */
  readonly extensions: readonly {
    readonly at: string;
    readonly dueAt: string | null;
    readonly reason: string;
  }[];
  /**
   * When he said last that it was not done, and by which local day it is looked at; `answer`: what he was told where the result
   * stood. Null: he did not.
   */
  readonly dispute: {
    readonly at: string;
    readonly by: string | null;
    readonly answer: string | null;
  } | null;
}

export interface FollowedTickets {
  /**
   * The one of this number whose citizen has this telephone, however he writes it. Null as well for what is confidential, kept
   * to a list, or no citizen's: of those nothing is told without asking who asks.
   */
  find(asked: { readonly number: string; readonly telephone: string }): Promise<FollowedTicket | null>;
  /** What he wrote to it from the page, the oldest first. */
  lines(ticketId: string, tx?: Transaction): Promise<readonly CitizenLine[]>;
}
