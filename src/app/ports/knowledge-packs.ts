import type { Push } from '../knowledge/push-notice.ts';
import type { Transaction } from './transaction.ts';

export interface Pack {
  readonly code: string;
  readonly title: string;
  readonly push: Push;
  /** Raised by whatever changes it. */
  readonly revision: number;
  /** In the order in which agents see them. */
  readonly entryIds: readonly string[];
}

export const PACK_ENDINGS = ['over', 'released', 'replaced'] as const;
export type PackEnding = (typeof PACK_ENDINGS)[number];

export interface LeftOut {
  readonly number: string;
  readonly why: string;
}

/** A pack with one opening of a surge key; times are epoch milliseconds. */
export interface PackUse {
  readonly id: string;
  readonly pack: string;
  readonly surge: string;
  readonly until: number;
  readonly orderedBy: string;
  /** Null: the key is not open yet. */
  readonly begunAt: number | null;
  readonly endedAt: number | null;
  /** `over`: its time; `released`: the key was taken back; `replaced`: the key was ordered with another pack. */
  readonly ending: PackEnding | null;
  readonly noticeId: string | null;
  readonly leftOut: readonly LeftOut[];
}

export interface PublishedByPack {
  readonly entryId: string;
  readonly version: number;
}

/** What an agent has before him while the key is open, as it is told today. */
export interface PinnedPack {
  readonly code: string;
  readonly title: string;
  readonly surge: string;
  /** ISO 8601, UTC. */
  readonly until: string;
  readonly entries: readonly {
    readonly id: string;
    readonly number: string;
    readonly version: number;
    readonly question: string;
    readonly answer: string;
  }[];
}

export interface PackBook {
  list(): Promise<readonly Pack[]>;
  find(code: string, tx?: Transaction): Promise<Pack | null>;
  /** Until the transaction's end nobody else opens a key with this pack or puts it away. */
  hold(code: string, tx: Transaction): Promise<void>;
  /** New where `revision` is 0, also of a code that was put away. `changed`: another revision stands. */
  put(
    pack: Pack,
    change: { readonly by: string; readonly at: number },
    tx: Transaction,
  ): Promise<'put' | 'changed'>;
  /** Found no more. False: another revision stands. */
  remove(
    code: string,
    revision: number,
    change: { readonly by: string; readonly at: number },
    tx: Transaction,
  ): Promise<boolean>;
  unknownEntries(ids: readonly string[], tx: Transaction): Promise<readonly string[]>;
  /** Versions of an entry that this pack told before. */
  toldBefore(pack: string, entryId: string, tx?: Transaction): Promise<readonly number[]>;

  /** Not ended; of several the oldest first. Locked where a transaction is given. */
  open(tx?: Transaction): Promise<readonly PackUse[]>;
  addUse(
    use: Pick<PackUse, 'id' | 'pack' | 'surge' | 'until' | 'orderedBy'>,
    at: number,
    tx: Transaction,
  ): Promise<void>;
  use(id: string, tx?: Transaction): Promise<PackUse | null>;
  extend(id: string, until: number, tx: Transaction): Promise<void>;
  notePublished(useId: string, published: PublishedByPack, tx: Transaction): Promise<void>;
  published(useId: string, tx: Transaction): Promise<readonly PublishedByPack[]>;
  begin(
    useId: string,
    begun: { readonly at: number; readonly noticeId: string | null; readonly leftOut: readonly LeftOut[] },
    tx: Transaction,
  ): Promise<void>;
  end(useId: string, ending: PackEnding, at: number, tx: Transaction): Promise<void>;
  /** The newest first. */
  uses(pack: string, limit: number): Promise<readonly PackUse[]>;

  /** Of keys that are open, what is told on the day. */
  pinned(day: string): Promise<readonly PinnedPack[]>;
  /** By entry the pack that pins it; for the search. */
  pins(): Promise<ReadonlyMap<string, string>>;
}
