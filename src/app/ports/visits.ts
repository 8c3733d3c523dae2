import type { GivenAnswers } from '../../domain/callbacks/survey/dialogue.ts';
import type { VisitOutcome } from '../../domain/callbacks/visit-attempts.ts';
import type { Urgency } from '../../domain/deadlines/stages.ts';
import type { VisitTally } from '../../domain/reporting/visit-report.ts';
import type { Handling } from '../../domain/tickets/handling.ts';
import type { TicketType } from '../../domain/tickets/ticket.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';
import type { TicketOutcomeView } from './tickets.ts';
import type { Transaction } from './transaction.ts';

export interface VisitAttempt {
  readonly id: string;
  readonly ticketId: string;
  readonly at: number;
  /** null: the machine asked, or he answered by a link. */
  readonly by: string | null;
  readonly outcome: VisitOutcome;
  readonly unitCode: string | null;
  /** All three after `answered`, as far as he came otherwise. */
  readonly given: GivenAnswers;
  readonly words: string;
  /** The call in which it was tried, where that is known. */
  readonly callId: string | null;
  readonly callAgainAt: number | null;
  /** The link under which he answered. */
  readonly linkId: string | null;
}

/** A ticket that waits for its return visit. Times are ISO 8601 in UTC. */
export interface TicketToVisit {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly type: TicketType;
  readonly title: string;
  readonly urgency: Urgency;
  readonly unit: { readonly code: string; readonly name: string } | null;
  /** What the unit wants the citizen told. */
  readonly reply: string | null;
  /** How the unit meant to do it, and what it told on the way (JY-11). */
  readonly handling: Handling<string>;
  readonly outcome: TicketOutcomeView | null;
  readonly reworks: number;
  readonly waitingSince: string;
  readonly dueAt: string | null;
  readonly attempts: readonly {
    readonly at: string;
    readonly outcome: VisitOutcome;
    readonly machine: boolean;
    readonly given: GivenAnswers;
  }[];
}

/** All that one citizen is to be asked about: one contact, not many (G11). */
export interface CitizenToVisit {
  readonly citizenName: string;
  readonly citizenNumber: string;
  readonly callAgainAt: string | null;
  readonly tickets: readonly TicketToVisit[];
}

/** Answers of a period, by the unit that was asked about. */
export interface VisitCounts extends VisitTally {
  readonly unitCode: string | null;
  readonly unitName: string | null;
  /** Of these, what two people have left out of the appraisal. */
  readonly excluded: VisitTally;
  readonly byMachine: number;
  /** The citizen rated the same matter himself; and said otherwise. */
  readonly rated: number;
  readonly conflicts: number;
}

/** Citizens of whose tickets one at least is so; all of them are asked about in the one call. */
export interface ToVisitFilter {
  readonly unitCode?: string;
  readonly urgency?: Urgency;
  readonly type?: TicketType;
}

export interface VisitBook {
  /** Urgent ones first, then complaints and reports, then who waits longest. Refuses with `page.invalid`. */
  toVisit(sight: Sight, filter: ToVisitFilter, page: PageAsked): Promise<Paged<CitizenToVisit>>;
  /** Calls since the ticket last went to its visit. */
  attempts(
    ticketId: string,
    tx: Transaction,
  ): Promise<readonly { readonly at: number; readonly outcome: VisitOutcome }[]>;
  add(attempt: VisitAttempt, tx: Transaction): Promise<void>;
  counts(from: number, to: number): Promise<readonly VisitCounts[]>;
}
