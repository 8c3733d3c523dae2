import type { DialOutcome } from '../../domain/callbacks/dial-outcome.ts';
import type { GivenAnswers } from '../../domain/callbacks/survey/dialogue.ts';
import type { SurveyResult } from '../../domain/callbacks/survey/outcome.ts';
import type { SurveyRules } from '../../domain/callbacks/survey/rules.ts';
import type { VisitOutcome } from '../../domain/callbacks/visit-attempts.ts';
import type { TicketType } from '../../domain/tickets/ticket.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export interface KeptSurveyRules {
  /** 0: nobody changed them yet. */
  readonly revision: number;
  readonly rules: SurveyRules;
}

export interface SurveyRulesBook {
  read(tx?: Transaction): Promise<KeptSurveyRules>;
  /** False when the rules are no longer at `revision`: nothing was overwritten. */
  replace(
    rules: SurveyRules,
    change: { readonly revision: number; readonly by: string; readonly atMs: number },
    tx: Transaction,
  ): Promise<boolean>;
}

/** A matter that a citizen may be asked about. */
export interface SurveyedTicket {
  readonly ticketId: string;
  readonly number: string;
  readonly type: TicketType;
  readonly version: number;
  readonly attempts: readonly { readonly at: number; readonly outcome: VisitOutcome }[];
  /** Answers of a call of this visit that broke off. */
  readonly given: GivenAnswers;
}

/** A citizen whom the machine may ask: all that waits for his visit, none of it confidential, in nobody's hand. */
export interface SurveyCandidate {
  readonly citizenNumber: string;
  readonly line: string | null;
  /** What waits longest first. */
  readonly matters: readonly SurveyedTicket[];
}

/** How the machine's call ended for one of the tickets that it was about. */
export interface ToldSurvey {
  readonly id: string;
  readonly callId: string;
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly number: string;
  readonly how: SurveyResult;
  readonly dial: DialOutcome | null;
  readonly given: GivenAnswers;
}

export type SurveyState = 'calling' | 'told' | 'recorded' | 'superseded' | 'refused' | 'lost';

/** Times are ISO 8601 in UTC. The citizen's number is not in it. */
export interface SurveyView {
  /** Of the call, which may have been about other tickets as well. */
  readonly id: string;
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly state: SurveyState;
  readonly placedAt: string;
  readonly how: SurveyResult | null;
  readonly dial: DialOutcome | null;
  readonly given: GivenAnswers;
  readonly finishedAt: string | null;
  /** Why it was refused or overtaken. */
  readonly detail: string;
}

export interface SurveyBook {
  /** Calls that the machine makes or whose end is not written down yet. */
  active(): Promise<number>;
  candidates(
    may: Pick<SurveyRules, 'severalMatters' | 'urgentMatters'>,
    nowMs: number,
    limit: number,
  ): Promise<readonly SurveyCandidate[]>;
  /** Takes tickets and contact for this call; false: somebody was first. */
  begin(
    survey: {
      readonly callId: string;
      /** The first bears the call's id. */
      readonly tickets: readonly {
        readonly id: string;
        readonly ticketId: string;
        readonly version: number;
      }[];
      readonly number: string;
      readonly nowMs: number;
      readonly untilMs: number;
    },
    tx: Transaction,
  ): Promise<boolean>;
  /** It was not placed. */
  refuse(callId: string, code: string, nowMs: number): Promise<void>;
  /** Nobody told in time how they went: the tickets are free again. How many. */
  expire(nowMs: number): Promise<number>;
  /** The oldest whose end was told, held until the transaction ends; null: none. */
  nextTold(tx: Transaction): Promise<ToldSurvey | null>;
  finish(
    id: string,
    end: {
      readonly state: 'recorded' | 'superseded' | 'lost';
      readonly detail: string;
      readonly nowMs: number;
    },
    tx: Transaction,
  ): Promise<void>;
  /** Newest first. */
  list(filter: { readonly ticketId?: string }, page: PageAsked): Promise<Paged<SurveyView>>;
}
