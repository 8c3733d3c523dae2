import type { TicketType } from '../../domain/tickets/ticket.ts';
import type { VersionHead } from './knowledge.ts';
import type { CallOutcomeKind } from './tickets.ts';
import type { Transaction } from './transaction.ts';

/** The call as far as an answer in it needs it; times are epoch milliseconds. */
export interface QuotedCall {
  readonly id: string;
  readonly arrivedAt: number;
  readonly endedAt: number | null;
  readonly callerNumber: string;
  readonly answered: boolean;
  /** Agents who spoke with the citizen. */
  readonly agentIds: readonly string[];
  readonly outcome: {
    readonly kind: CallOutcomeKind;
    readonly ticketId: string | null;
    /** null: the program, because nobody had said anything in time. */
    readonly closedBy: string | null;
    readonly quoteId: string | null;
  } | null;
}

export interface QuotedVersion extends VersionHead {
  readonly entryNumber: string;
  readonly question: string;
  readonly message: string;
  readonly categories: readonly string[];
  /** The version that is told today; null: none. */
  readonly currentNumber: number | null;
}

export const QUOTE_MESSAGES = ['notAsked', 'queued', 'known', 'unreachable'] as const;
export type QuoteMessage = (typeof QUOTE_MESSAGES)[number];

export interface NewQuote {
  readonly id: string;
  readonly callId: string;
  readonly entryId: string;
  readonly version: number;
  readonly at: number;
  readonly agentId: string;
  readonly message: QuoteMessage;
}

/** The address of a place, written to the citizen: an answer like an entry's. */
export interface NewPlaceQuote {
  readonly id: string;
  readonly callId: string;
  readonly placeId: string;
  /** Of the place as it was written. */
  readonly revision: number;
  readonly at: number;
  readonly agentId: string;
  readonly message: 'queued' | 'known';
}

export interface PlaceQuoteView extends Omit<NewPlaceQuote, 'at' | 'agentId'> {
  /** As they were then. */
  readonly name: string;
  readonly address: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly agent: { readonly id: string; readonly displayName: string };
  readonly retractedAt: string | null;
  readonly retraction: string | null;
}

export interface QuoteView {
  readonly id: string;
  readonly callId: string;
  readonly entryId: string;
  readonly entryNumber: string;
  readonly version: number;
  readonly question: string;
  readonly answer: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly agent: { readonly id: string; readonly displayName: string };
  readonly message: QuoteMessage;
  readonly retractedAt: string | null;
  readonly retraction: string | null;
}

export interface QuoteBook {
  /** Null: there is none. Of two answers in a call at once the second waits here, and finds what the first did. */
  call(callId: string, tx: Transaction): Promise<QuotedCall | null>;
  /** Null for what is not there. */
  facts(
    asked: {
      readonly callId: string;
      readonly entryId: string;
      readonly version: number;
      readonly day: string;
    },
    tx: Transaction,
  ): Promise<{
    readonly call: QuotedCall | null;
    readonly entryKnown: boolean;
    readonly version: QuotedVersion | null;
  }>;
  /** Of this call, entry and version, not retracted. */
  standing(
    quote: Pick<NewQuote, 'callId' | 'entryId' | 'version'>,
    tx: Transaction,
  ): Promise<QuoteView | null>;
  add(quote: NewQuote, tx: Transaction): Promise<void>;
  addPlace(quote: NewPlaceQuote, tx: Transaction): Promise<void>;
  /** Whether the place was told in this call, and not taken back. */
  placeStands(quote: Pick<NewPlaceQuote, 'callId' | 'placeId'>, tx: Transaction): Promise<boolean>;
  /** The citizen wanted it in writing after all. */
  setMessage(id: string, message: QuoteMessage, tx: Transaction): Promise<void>;
  /** Whose answer in one of these versions was to be written as well. */
  written(
    entryId: string,
    versions: readonly number[],
    tx: Transaction,
  ): Promise<readonly Pick<NewQuote, 'callId' | 'entryId' | 'version'>[]>;
  /** The call is answered on the spot by this, unless something else closed it; what the program closed counts for nothing. */
  close(
    outcome: {
      readonly quote: Pick<NewQuote, 'id' | 'callId' | 'at' | 'agentId'>;
      readonly type: TicketType;
      readonly category: string;
    },
    tx: Transaction,
  ): Promise<CallOutcomeKind>;
  /** Of a call, the oldest first. */
  ofCall(callId: string): Promise<readonly QuoteView[]>;
  placesOfCall(callId: string): Promise<readonly PlaceQuoteView[]>;
  /**
   * The outcome that it gave goes, or to another quote. `unknown`: no such quote of the call; `again`: it was before; `late`:
   * the call ended before `endedSince`, and what was counted stays counted.
   */
  retract(
    quote: {
      readonly id: string;
      readonly callId: string;
      readonly at: number;
      readonly endedSince: number;
      readonly reason: string;
    },
    tx: Transaction,
  ): Promise<'retracted' | 'again' | 'late' | 'unknown'>;
}
