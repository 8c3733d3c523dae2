import type { DeadlineMark, MarkClock, MarkKind } from '../../domain/deadlines/clocks.ts';
import type { Explanation } from '../../domain/deadlines/due.ts';
import type { Stage, Urgency } from '../../domain/deadlines/stages.ts';
import type { TicketChannel, TicketRow } from '../../domain/tickets/opening.ts';
import type { TicketOutcome } from '../../domain/tickets/outcome.ts';
import type { TicketType } from '../../domain/tickets/ticket.ts';
import type { TicketEvent } from '../../domain/tickets/time-line.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { TicketSettings } from './calendar.ts';
import type { AppealForm, FilledForm } from './forms.ts';
import type { IdempotencyClaim, IdempotentRequest, StoredAnswer } from './idempotency.ts';
import type { Transaction } from './transaction.ts';

export type CallOutcomeKind = 'answeredOnSpot' | 'ticket' | 'invalid';

/** The call as far as a ticket or an outcome needs it. */
export interface AnsweredCall {
  readonly id: string;
  readonly line: string | null;
  readonly callerNumber: string;
  /** An agent or a unit spoke with the citizen. */
  readonly answered: boolean;
  /** Nobody did: he left a message instead (留言). */
  readonly messageLeft: boolean;
  readonly outcome: { readonly kind: CallOutcomeKind; readonly ticketId: string | null } | null;
}

export interface OpeningFacts {
  readonly unitKnown: boolean;
  /** `true` as well where none was named. */
  readonly accusedKnown: boolean;
  /** The unit complained of and all within it. */
  readonly accusedUnits: readonly string[];
  readonly categoryKnown: boolean;
  /** What a category that is none any more became. */
  readonly categoryNow: readonly string[];
  /** `true` as well where none was named. */
  readonly subtypeKnown: boolean;
  readonly unknownTags: readonly string[];
  /** What its category asks today; null: nothing. */
  readonly formInUse: AppealForm | null;
  /** The form that was named, while it is in use or was within a day. */
  readonly formAsked: AppealForm | null;
  /** null when none was asked for, or it does not exist. */
  readonly call: AnsweredCall | null;
  readonly sequence: number;
  readonly settings: TicketSettings;
  /** `fresh` as well when nobody asked under a key. */
  readonly key: IdempotencyClaim;
}

/** What is written in one go when a ticket is opened. */
export interface NewTicket {
  readonly ticket: TicketRow;
  readonly events: readonly (TicketEvent & { readonly id: string })[];
  readonly marks: readonly (DeadlineMark & { readonly id: string })[];
  /** The code of the limits that it was counted with. */
  readonly limits: string;
  /** The edition of the calendars. */
  readonly calendarEdition: number;
  /** A day counts as so many seconds; null: its time is real. */
  readonly daySeconds: number | null;
  readonly outbox: { readonly topic: string; readonly key: string; readonly body: object };
  /** The key under which it was asked for and the answer that goes out; null: without a key. */
  readonly kept: { readonly key: IdempotentRequest; readonly answer: StoredAnswer } | null;
}

/** Whatever it is but `inserted`: nothing at all was written. */
export type WrittenTicket = 'inserted' | 'outcomeExists' | 'keyTaken' | 'idTaken';

export interface TicketDeadlineView {
  readonly clock: MarkClock;
  readonly kind: MarkKind;
  readonly level: number;
  readonly startsAt: string;
  readonly dueAt: string;
  readonly state: 'pending' | 'claimed' | 'done' | 'cancelled';
  readonly provisional: boolean;
  /** Of the whole limit; null at warnings. */
  readonly explanation: Explanation | null;
}

export interface TicketEventView {
  readonly seq: number;
  readonly at: string;
  readonly actor: { readonly id: string; readonly displayName: string } | null;
  readonly fromState: TicketState | null;
  readonly toState: TicketState | null;
  readonly type: string;
  readonly reason: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface TicketOutcomeView {
  readonly kind: TicketOutcome;
  readonly caseNumber: string | null;
  readonly caseFiledBy: string | null;
}

/** A line of the list. Times are ISO 8601 in UTC; the citizen is masked by the use case. */
export interface TicketSummary {
  readonly id: string;
  readonly number: string;
  readonly callId: string | null;
  readonly type: TicketType;
  /** Code and name of its day. */
  readonly category: { readonly code: string; readonly name: string };
  readonly subtype: { readonly code: string; readonly name: string } | null;
  readonly tags: readonly { readonly code: string; readonly name: string }[];
  readonly title: string;
  readonly place: string;
  readonly confidential: boolean;
  readonly anonymous: boolean;
  /** Kept to the list of those who need to know. */
  readonly listedOnly: boolean;
  readonly urgency: Urgency;
  readonly citizenName: string;
  readonly citizenNumber: string;
  readonly state: TicketState;
  readonly unit: { readonly code: string; readonly name: string } | null;
  /** Of whose conduct the citizen complains (HM-16); null: of nobody's. */
  readonly accusedUnit: { readonly code: string; readonly name: string } | null;
  /** What came of it, as it was last reported done (HM-12); null: it was not, or before that was asked. */
  readonly outcome: TicketOutcomeView | null;
  readonly line: string | null;
  readonly channel: TicketChannel;
  readonly acceptedAt: string;
  readonly dispatchedAt: string | null;
  readonly closedAt: string | null;
  /** When the citizen's and the unit's time is over; null for a unit's clock that does not run yet. */
  readonly citizenDueAt: string | null;
  readonly unitDueAt: string | null;
  /** A deadline of either clock has fired as overdue. */
  readonly overdue: boolean;
}

export interface TicketDetail extends TicketSummary {
  /** The number of the last line of the time line. */
  readonly version: number;
  /** As it was written, in the form of then. */
  readonly form: FilledForm | null;
  /** What its category is today, where that is not what it bears; several where it was split, the main one first. */
  readonly categoryNow: readonly { readonly code: string; readonly name: string }[];
  readonly content: string;
  /** When the unit that has it was shown to have spoken with its citizen; null: not yet. */
  readonly contactedAt: string | null;
  readonly createdBy: { readonly id: string; readonly displayName: string } | null;
  readonly timeline: readonly TicketEventView[];
  readonly deadlines: readonly TicketDeadlineView[];
  /** The unit of whose conduct the citizen complains, and all within it. */
  readonly accusedUnits: readonly string[];
}

export interface TicketFilter {
  readonly state?: TicketState;
  readonly type?: TicketType;
  /** With all that lies under it, and what became of it. */
  readonly categoryCode?: string;
  readonly subtypeCode?: string;
  readonly tag?: string;
  readonly unitCode?: string;
  readonly callId?: string;
  readonly number?: string;
  readonly overdue?: boolean;
  readonly urgency?: Urgency;
  readonly outcome?: TicketOutcome;
  /** A unit's own conduct is complained of. */
  readonly aboutConduct?: boolean;
  readonly channel?: TicketChannel;
  /** The stage whose own time runs. */
  readonly stage?: Stage;
  /** One of its two clocks is over before this and has not rung yet, epoch milliseconds. */
  readonly dueBefore?: number;
  /** Code of an area of the dispatch catalogue: its name or what people call it stands in the place or the title. */
  readonly area?: string;
  readonly incidentId?: string;
  readonly threadId?: string;
  /** Stands in the title. */
  readonly text?: string;
  /** Epoch milliseconds; `from` inclusive, `to` exclusive. */
  readonly acceptedFrom?: number;
  readonly acceptedTo?: number;
}

export interface TicketPage {
  readonly tickets: readonly TicketSummary[];
  /** Opaque; null on the last page. */
  readonly next: string | null;
}

export interface TicketBook {
  /** All that opening a ticket must know, in one read. Takes a running number. `tx`: in whose transaction it is opened. */
  openingFacts(
    asked: {
      readonly unitCode: string | null;
      readonly accusedUnitCode: string | null;
      readonly categoryCode: string;
      readonly type: TicketType;
      readonly subtypeCode: string | null;
      readonly tags: readonly string[];
      readonly form: Pick<AppealForm, 'categoryCode' | 'version'> | null;
      readonly callId: string | null;
      readonly key: IdempotentRequest | null;
    },
    tx?: Transaction,
  ): Promise<OpeningFacts>;
  /**
   * Ticket, time line, deadlines, outbox row, the call's outcome and the answer under its key: in the caller's transaction,
   * which is over when it is refused, or in one of its own.
   */
  insert(opened: NewTicket, tx?: Transaction): Promise<WrittenTicket>;
  detail(id: string, sight: Sight): Promise<TicketDetail | null>;
  list(filter: TicketFilter, sight: Sight, page: { limit: number; after?: string }): Promise<TicketPage>;
}

export interface CallOutcome {
  readonly callId: string;
  readonly outcome: 'answeredOnSpot' | 'invalid';
  readonly type: TicketType | null;
  readonly category: string | null;
  readonly subtype: string | null;
  readonly tags: readonly string[];
  readonly reason: string | null;
  /** null: the system. */
  readonly closedBy: string | null;
  readonly closedAt: number;
}

export interface OutcomeBook {
  callFacts(
    callId: string,
    asked: {
      readonly type: TicketType | null;
      readonly categoryCode: string | null;
      readonly subtypeCode: string | null;
      readonly tags: readonly string[];
    },
  ): Promise<
    { readonly call: AnsweredCall | null } & Pick<
      OpeningFacts,
      'categoryKnown' | 'categoryNow' | 'subtypeKnown' | 'unknownTags'
    >
  >;
  /** `exists`: somebody was first; nothing was changed. */
  record(outcome: CallOutcome): Promise<'recorded' | 'exists'>;
  /** Closes answered calls without an outcome that ended from `fromMs` on and before `beforeMs`; returns how many. */
  /** Calls since then in which this agent spoke and talks still, or of which nobody has said what came. */
  leftOpenBy(agentId: string, sinceMs: number, tx: Transaction): Promise<readonly string[]>;
  closeForgotten(
    ended: { readonly fromMs: number; readonly beforeMs: number },
    at: number,
    limit: number,
  ): Promise<number>;
}

export interface Category {
  readonly code: string;
  readonly parentCode: string | null;
  readonly name: string;
}
export interface Categories {
  list(): Promise<readonly Category[]>;
}
