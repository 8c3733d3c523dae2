import type { Sight } from '../../domain/tickets/visibility.ts';
import type { Transaction } from './transaction.ts';

export interface Party {
  readonly unitCode: string;
  readonly position: string;
}

export interface NewAdjudication {
  readonly id: string;
  readonly ticketId: string;
  readonly at: number;
  readonly by: string;
  readonly leadUnit: string;
  readonly assistUnits: readonly string[];
  readonly parties: readonly Party[];
  readonly reason: string;
  readonly category: string;
  readonly area: string;
  readonly asset: string;
}

export interface AdjudicationView extends Omit<NewAdjudication, 'at' | 'by'> {
  readonly number: string;
  readonly ticketNumber: string;
  readonly title: string;
  readonly at: string;
  readonly by: string;
  readonly ruleVersion: number | null;
}

export interface AdjudicationFilter {
  /** Words of the reason, of a position or of the ticket's title, or the number. */
  readonly text?: string;
  /** With those below it. */
  readonly category?: string;
  /** Leads, assists or was heard. */
  readonly unit?: string;
  readonly ticketId?: string;
}

export interface AdjudicationBook {
  add(
    decision: NewAdjudication,
    numbering: { readonly prefix: string; readonly day: string },
    tx: Transaction,
  ): Promise<{ readonly number: string }>;
  /** One that was written, with where its ticket is now. */
  find(
    id: string,
  ): Promise<{ readonly number: string; readonly ruleVersion: number | null; readonly state: string } | null>;
  becameRule(id: string, version: number, tx: Transaction): Promise<void>;
  /** Held for the rest of the transaction. */
  lock(
    id: string,
    tx: Transaction,
  ): Promise<{
    readonly number: string;
    readonly ruleVersion: number | null;
    readonly leadUnit: string;
    readonly assistUnits: readonly string[];
  } | null>;
  /** A unit's people see those in which it leads, assists or was heard. */
  list(
    filter: AdjudicationFilter,
    sight: Sight,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly adjudications: readonly AdjudicationView[]; readonly next: string | null }>;
}
