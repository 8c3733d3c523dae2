import type { Fact } from './facts.ts';

/** What changed at once: room -> key -> its JSON, or null for what is no more. */
export type HouseChanges = ReadonlyMap<string, ReadonlyMap<string, string | null>>;

/** All that happened in one turn of call control, whole or not at all. */
export interface HouseTurn {
  /** One more than that of the turn before, of the same term. */
  readonly turn: number;
  readonly changes: HouseChanges;
  readonly told: readonly Fact[];
}

/** The house as a mirror holds it, up to a turn of a term. */
export interface HouseCopy {
  readonly generation: number;
  readonly turn: number;
  readonly rooms: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  /** What was told last: handed on once more by a successor, which changes nothing where it has arrived. */
  readonly told: readonly Fact[];
}

/**
 * What a call control on another machine finds of this one's calls, callbacks and agents. It follows by itself: nobody
 * ever waits for it, and without it only a takeover by another machine knows less.
 */
export interface HouseMirror {
  /** Null: it holds nothing, or does not answer in time. Never rejects. */
  read(): Promise<HouseCopy | null>;
  /** From now on it follows this term; `whole`: all there is, as one turn, whenever it must begin anew. */
  follow(generation: number, whole: () => HouseTurn): void;
  /** Returns at once. */
  take(turn: HouseTurn): void;
  /** Resolves when it has taken all, or cannot. */
  flush(): Promise<void>;
}

export const NO_MIRROR: HouseMirror = {
  read: () => Promise.resolve(null),
  follow: () => undefined,
  take: () => undefined,
  flush: () => Promise.resolve(),
};
