import type { Transaction } from './transaction.ts';

export interface NewCorrection {
  readonly id: string;
  readonly entryId: string;
  /** Those that were wrong. */
  readonly versions: readonly number[];
  /** What is right; null: nothing is told any more. */
  readonly rightVersion: number | null;
  readonly reason: string;
  /** What a citizen is written; empty: each is called. */
  readonly message: string;
  readonly at: number;
  readonly by: string;
}

/** Begins the key under which a citizen of the list is written to: the item's id follows. */
export const CORRECTED = 'knowledgeCorrected:';

/** `open` 待更正, `written` 已发短信, `called` 已电话更正, `unreachable` 无法联系, `dismissed` 无需更正. */
export const CORRECTION_STATES = ['open', 'written', 'called', 'unreachable', 'dismissed'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

/** ISO 8601, UTC. */
export interface CorrectionView extends Omit<NewCorrection, 'at' | 'by'> {
  readonly entryNumber: string;
  readonly at: string;
  readonly by: { readonly id: string; readonly displayName: string };
  readonly citizens: number;
  readonly open: number;
}

/** One citizen who heard it. The number is whole here; whoever shows it masks it. */
export interface CorrectionItem {
  readonly id: string;
  readonly correctionId: string;
  readonly callerNumber: string;
  /** The latest first. */
  readonly calls: readonly string[];
  readonly heardAt: string;
  readonly state: CorrectionState;
  readonly note: string;
  readonly by: { readonly id: string; readonly displayName: string } | null;
  readonly settledAt: string | null;
  /** The last call that was made to tell him; null: none. */
  readonly calledOut: { readonly callId: string; readonly at: string } | null;
}

export interface CorrectionBook {
  /**
   * With a work item for each citizen who heard one of the versions; calls of a number that was withheld stand alone.
   * `known`: it is there under this id. Returns how many citizens and calls it concerns.
   */
  add(
    correction: NewCorrection,
    tx: Transaction,
  ): Promise<{ readonly outcome: 'added' | 'known'; readonly citizens: number; readonly calls: number }>;
  find(id: string): Promise<CorrectionView | null>;
  /** The newest first. */
  list(page: { readonly limit: number; readonly after?: string }): Promise<{
    readonly corrections: readonly CorrectionView[];
    readonly next: string | null;
  }>;
  /** Who heard it last first. */
  items(
    correctionId: string,
    state: CorrectionState | undefined,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly items: readonly CorrectionItem[]; readonly next: string | null }>;
  /** Locked; null: there is none. */
  lockItem(
    id: string,
    tx: Transaction,
  ): Promise<
    | (CorrectionItem & {
        readonly message: string;
        readonly entryId: string;
        readonly entryNumber: string;
        readonly rightVersion: number | null;
      })
    | null
  >;
  /** With which version the message under this key corrects; null: with none, or the key is another's. */
  correctedWith(key: string): Promise<number | null>;
  /** Keys under which citizens were written to that this version is right. */
  writtenWith(entryId: string, version: number, tx: Transaction): Promise<readonly string[]>;
  noteCall(item: { readonly id: string; readonly callId: string; readonly at: number }): Promise<void>;
  settle(
    item: {
      readonly id: string;
      readonly state: Exclude<CorrectionState, 'open'>;
      readonly note: string;
      readonly by: string;
      readonly at: number;
    },
    tx: Transaction,
  ): Promise<void>;
}
