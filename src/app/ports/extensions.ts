import type { ExtensionState } from '../../domain/tickets/extension.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export interface NewExtension {
  readonly id: string;
  readonly ticketId: string;
  readonly unitCode: string;
  /** In the unit of the ticket's limit. */
  readonly amount: number;
  readonly reason: string;
  readonly evidence: string;
  /** What the citizen is told. */
  readonly publicReason: string;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly decideBy: number;
}

export interface LockedExtension extends NewExtension {
  readonly state: ExtensionState;
}

/** Times are ISO 8601 in UTC; people by name. */
export interface ExtensionView {
  readonly id: string;
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly state: ExtensionState;
  readonly amount: number;
  readonly reason: string;
  readonly evidence: string;
  readonly publicReason: string;
  readonly askedBy: string | null;
  readonly askedAt: string;
  readonly decideBy: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly words: string;
}

export interface ExtensionBook {
  /** Of a ticket that is locked: how many were granted, whether one waits, and when the first of its clocks is over. */
  standing(
    ticketId: string,
    tx: Transaction,
  ): Promise<{ readonly granted: number; readonly asked: boolean; readonly dueAt: number | null }>;
  add(extension: NewExtension, tx: Transaction): Promise<void>;
  /** Null when there is none that the actor may see. Its ticket is locked first, by whoever asks. */
  find(id: string, sight: Sight, tx: Transaction): Promise<LockedExtension | null>;
  decide(
    id: string,
    decision: {
      readonly state: ExtensionState;
      readonly by: string | null;
      readonly at: number;
      readonly words: string;
      readonly amount: number;
      readonly publicReason: string;
    },
    tx: Transaction,
  ): Promise<void>;
  /** Both clocks have so much more. */
  extend(ticketId: string, amount: number, tx: Transaction): Promise<void>;
  /** Those that wait although their time is over. */
  overdue(at: number, limit: number): Promise<readonly { readonly id: string }[]>;
  /** The one to be decided first first. */
  list(
    filter: { readonly state?: ExtensionState; readonly ticketId?: string },
    sight: Sight,
    page: PageAsked,
  ): Promise<Paged<ExtensionView>>;
}
