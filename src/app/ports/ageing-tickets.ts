import type { PlanReminder } from '../../domain/tickets/long-term.ts';
import type { Transaction } from './transaction.ts';

/** Of a long-term item: what stands on its time line of the plan that holds. */
export interface StandingPlan {
  readonly ticketId: string;
  readonly number: string;
  readonly unitCode: string | null;
  /** Local day. */
  readonly reviewOn: string;
  /** Reminders since the plan was approved. */
  readonly told: readonly PlanReminder[];
}

/** What time alone brings about for tickets on which nobody works. */
export interface AgeingTickets {
  /**
   * Tickets that ended so many natural days ago as the limits say that they keep; not while an order, an instruction or a
   * request to leave them out of the appraisal is open. The longest ended first.
   */
  archivable(
    asked: {
      /** Local day of now. */
      readonly today: string;
      readonly zone: string;
      readonly rules: readonly {
        readonly validFrom: number;
        readonly number: number;
        readonly archiveAfterDays: number;
      }[];
    },
    limit: number,
  ): Promise<readonly string[]>;
  /** Long-term items whose plan is to be reminded of on that local day or before. */
  plansDue(day: string): Promise<readonly { readonly ticketId: string; readonly remindOn: string }[]>;
  /** Null: it is no long-term item any more. */
  planOf(ticketId: string, tx: Transaction): Promise<StandingPlan | null>;
  /** The local day of the next reminder; null: there is none. The ticket is held. */
  remindNext(ticketId: string, day: string | null, tx: Transaction): Promise<void>;
}
