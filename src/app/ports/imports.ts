import type { LineRefusal } from '../../domain/knowledge/files/table.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export const IMPORT_KINDS = ['entries', 'places'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/**
 * `waiting`: for another person. `pending`: for the worker. `running`: with its progress; nothing is written until all is.
 * `done`, `failed` (nothing was written), `rejected`.
 */
export const IMPORT_STATES = ['waiting', 'pending', 'running', 'done', 'failed', 'rejected'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export interface ImportOutcome {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Codes of entries that somebody is working on: left as they are. */
  readonly busy: readonly string[];
}

export interface ImportView {
  readonly id: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly publish: boolean;
  readonly state: ImportState;
  readonly lines: number;
  readonly lookedAt: number;
  readonly refused: readonly LineRefusal[];
  readonly outcome: ImportOutcome | null;
  readonly failure: string | null;
  /** By name, and by account. */
  readonly by: string;
  readonly byId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly decidedBy: string | null;
  readonly finishedAt: string | null;
}

export interface ImportLine {
  readonly line: number;
  readonly code: string;
  readonly content: unknown;
}

export interface ClaimedImport {
  readonly id: string;
  readonly kind: ImportKind;
  readonly publish: boolean;
  readonly fileName: string;
  readonly lines: number;
  readonly by: string;
  readonly decidedBy: string | null;
  /** The columns that the file has; null: all, in what an earlier release took in. */
  readonly given: readonly string[] | null;
  /** The proof that it is still this holder's. */
  readonly attempt: number;
}

export interface ImportFilter {
  readonly kind?: ImportKind;
  readonly state?: ImportState;
}

export interface ImportBook {
  /** Again with the same id: nothing. */
  add(
    asked: Pick<ImportView, 'id' | 'kind' | 'fileName' | 'publish' | 'state' | 'refused' | 'by'> & {
      readonly given: readonly string[];
      readonly at: number;
    },
    lines: readonly ImportLine[],
    tx: Transaction,
  ): Promise<void>;
  byId(id: string): Promise<ImportView | null>;
  /** Newest first. Refuses with `page.invalid`. */
  list(filter: ImportFilter, page: PageAsked): Promise<Paged<ImportView>>;
  /** waiting -> pending or rejected; `self`: by whom it came; null: it does not wait. */
  decide(
    id: string,
    approve: boolean,
    by: string,
    at: number,
    tx: Transaction,
  ): Promise<'decided' | 'self' | 'notWaiting' | 'unknown'>;
  /**
   * The one whose holder is gone, or else the oldest that is pending: one at a time, since two that write the same entries in
   * different order would wait for each other. null as well while another is being written.
   */
  claim(now: number, until: number): Promise<ClaimedImport | null>;
  linesOf(id: string, after: number, limit: number, tx: Transaction): Promise<readonly ImportLine[]>;
  /** Beside the transaction that writes: seen at once. */
  progress(claimed: ClaimedImport, lookedAt: number, until: number): Promise<void>;
  /** In the transaction that wrote all; false: somebody else holds it. */
  finish(claimed: ClaimedImport, outcome: ImportOutcome, at: number, tx: Transaction): Promise<boolean>;
  /** Nothing of it was written, and its lines are not kept. */
  fail(claimed: ClaimedImport, why: string, at: number): Promise<void>;
}
