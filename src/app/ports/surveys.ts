import type { DialOutcome } from '../../domain/callbacks/dial-outcome.ts';
import type { GivenAnswers } from '../../domain/callbacks/survey/dialogue.ts';
import type { SurveyResult } from '../../domain/callbacks/survey/outcome.ts';
import type { SurveyRules } from '../../domain/callbacks/survey/rules.ts';
import type { VisitOutcome } from '../../domain/callbacks/visit-attempts.ts';
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

/** A ticket that the machine may ask about: the citizen's only one, neither urgent nor confidential, in nobody's hand. */
export interface SurveyCandidate {
  readonly ticketId: string;
  readonly number: string;
  readonly version: number;
  readonly citizenNumber: string;
  readonly line: string | null;
  readonly attempts: readonly { readonly at: number; readonly outcome: VisitOutcome }[];
  /** Answers of a call of this visit that broke off. */
  readonly given: GivenAnswers;
}

export interface ToldSurvey {
  readonly id: string;
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
  candidates(nowMs: number, limit: number): Promise<readonly SurveyCandidate[]>;
  /** Takes ticket and contact for this call; false: somebody was first. */
  begin(
    survey: {
      readonly id: string;
      readonly ticketId: string;
      readonly version: number;
      readonly number: string;
      readonly nowMs: number;
      readonly untilMs: number;
    },
    tx: Transaction,
  ): Promise<boolean>;
  /** It was not placed. */
  refuse(id: string, code: string, nowMs: number): Promise<void>;
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
  list(filter: { readonly ticketId?: string }, limit: number): Promise<readonly SurveyView[]>;
}
