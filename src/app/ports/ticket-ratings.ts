import type { GivenAnswers } from '../../domain/callbacks/survey/dialogue.ts';
import type { VisitAnswers } from '../../domain/callbacks/visit-answers.ts';
import type { GivenRating } from '../../domain/tickets/own-rating.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export const RATING_CHANNELS = ['phone', 'web', 'wechat', 'message', 'counter'] as const;
export type RatingChannel = (typeof RATING_CHANNELS)[number];

/** What the last visit of the same round said; null: there was none. */
export interface RatedBeside {
  readonly visit: GivenAnswers | null;
}

/** From where somebody gave a word who had no account: an address, and what his program calls itself. */
export interface RatingSource {
  readonly address: string;
  readonly agent: string;
}

/** Times are ISO 8601 in UTC. */
export interface TicketRatingView {
  readonly id: string;
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly title: string;
  readonly state: TicketState;
  readonly unitCode: string | null;
  readonly unitName: string | null;
  readonly at: string;
  readonly correctedAt: string | null;
  readonly channel: RatingChannel;
  /** Nobody took it down for him. */
  readonly own: boolean;
  readonly answers: VisitAnswers;
  readonly visit: (Omit<VisitAnswers, 'words'> & { readonly at: string }) | null;
  readonly conflict: boolean;
  /**
   * Of the last word that he gave himself: the address without its end, and how many other citizens' matters were rated from the
   * very same one in the thirty days around it. Null: somebody took it down, or it is forgotten.
   */
  readonly source: { readonly network: string; readonly otherCitizens: number } | null;
}

/**
 * Matters of which somebody heard, by visit or by the citizen's own rating, each once. `resolved` and the like: nobody who was
 * heard about it says otherwise.
 */
export interface HeardMatters {
  readonly unitCode: string | null;
  readonly unitName: string | null;
  readonly matters: number;
  readonly visited: number;
  readonly rated: number;
  readonly both: number;
  readonly conflicts: number;
  readonly resolved: number;
  readonly satisfiedResult: number;
  readonly satisfiedProcess: number;
}

/** `conflict`: the visit of the same round said otherwise. `discontent`: not solved, or not content with the result. */
export type RatingsAsked = 'conflict' | 'discontent';

export interface TicketRatingBook {
  /** Null: this time has been rated. */
  add(
    rating: {
      readonly id: string;
      readonly ticketId: string;
      readonly at: number;
      readonly channel: RatingChannel;
      readonly takenBy: string | null;
      readonly unitCode: string | null;
      readonly answers: VisitAnswers;
    },
    tx: Transaction,
  ): Promise<RatedBeside | null>;
  /** The rating of the ticket's present round; null: none. */
  given(ticketId: string, tx?: Transaction): Promise<GivenRating | null>;
  /** The citizen said otherwise himself; what he said before stays on the time line. */
  correct(
    id: string,
    correction: { readonly at: number; readonly answers: VisitAnswers },
    tx: Transaction,
  ): Promise<RatedBeside>;
  /** In the transaction of the word itself. */
  noteSource(ratingId: string, at: number, source: RatingSource, tx: Transaction): Promise<void>;
  /** Older ones have served. */
  forgetSources(before: number): Promise<number>;
  list(
    filter: { readonly only?: RatingsAsked; readonly unit?: string },
    sight: Sight,
    page: PageAsked,
  ): Promise<Paged<TicketRatingView>>;
  /** By the moment at which each was heard of first. */
  heard(from: number, to: number): Promise<readonly HeardMatters[]>;
}
