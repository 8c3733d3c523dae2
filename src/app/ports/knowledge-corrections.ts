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

/**
 * The key under which a citizen of the list is written to. Once a message came to nothing the next one has a key of its own:
 * a key is used up by what was queued under it.
 */
export const correctedKey = ({ id, unwrittenTimes }: WrittenItem): string =>
  `knowledgeCorrected:${id}${unwrittenTimes === 0 ? '' : `:${unwrittenTimes}`}`;

/** Whom a message under such a key writes to, and after how many in vain; null: the key is another's. */
export function correctedBy(key: string): WrittenItem | null {
  const [, id, times = '0'] = /^knowledgeCorrected:([0-9a-f-]{36})(?::(\d+))?$/.exec(key) ?? [];
  return id === undefined ? null : { id, unwrittenTimes: Number(times) };
}

export interface WrittenItem {
  readonly id: string;
  readonly unwrittenTimes: number;
}

/** Why a citizen was not written to after all: the right words ended, it was too late for them, or no gateway took them. */
export const UNWRITTEN = ['expired', 'withdrawn', 'stale', 'failed'] as const;
export type Unwritten = (typeof UNWRITTEN)[number];

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
  /** Why the last message to him came to nothing; null: none did. */
  readonly unwritten: Unwritten | null;
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
  /** Whose words the item is about: they are locked before it. Null: there is none. */
  entryOf(itemId: string, tx: Transaction): Promise<string | null>;
  /** Locked; null: there is none. */
  lockItem(
    id: string,
    tx: Transaction,
  ): Promise<
    | (CorrectionItem & {
        readonly unwrittenTimes: number;
        readonly message: string;
        readonly entryId: string;
        readonly entryNumber: string;
        readonly rightVersion: number | null;
      })
    | null
  >;
  /**
   * With which version the message under this key corrects, null: with none; and whether the list still counts on it, or was
   * told that it came to nothing. Null: the key is another's.
   */
  correctedWith(key: string): Promise<{ readonly version: number | null; readonly counted: boolean } | null>;
  /** Keys under which citizens were written to that this version is right. */
  writtenWith(entryId: string, version: number, tx: Transaction): Promise<readonly string[]>;
  /** Who was written to under this key was not: he is to be told again. False: the list counts on this message no more. */
  reopen(key: string, why: Unwritten, tx?: Transaction): Promise<boolean>;
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
