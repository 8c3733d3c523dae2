import type { EntryContent, EntryOrigin } from '../../domain/knowledge/entry.ts';
import type { StandingWords } from '../../domain/knowledge/files/entry-row.ts';
import type { Transaction } from './transaction.ts';

/** Many entries at once, each known by its origin and reference: a file brought in again finds its own. */
export interface KnowledgeBulk {
  /**
   * New entries with their first version, and a new version where the words differ from the newest. `publishedBy`: they are
   * told at once, submitted by the one and published by the other; without it they are drafts. What somebody is just
   * working on is left alone and told. Another unit than the one that has it takes it over, with a version of its own.
   */
  put(
    entries: readonly {
      readonly id: string;
      readonly ref: string;
      readonly ownerUnit: string;
      readonly content: EntryContent;
    }[],
    change: {
      readonly origin: EntryOrigin;
      readonly by: string | null;
      readonly publish: boolean;
      readonly publishedBy: string | null;
      readonly at: number;
      readonly reason: string;
      /** What becomes of an entry that stands, as it is now; absent: it gets all words of the line. */
      readonly over?: (standing: StandingWords, wanted: EntryContent) => EntryContent;
    },
    tx: Transaction,
  ): Promise<{
    readonly added: number;
    readonly changed: number;
    readonly same: number;
    /** References of those that somebody is working on. */
    readonly busy: readonly string[];
  }>;
  /** The newest words of those that are known, by reference or by number as it was asked for. */
  standing(
    origin: EntryOrigin,
    refs: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly ownerUnit: string; readonly words: StandingWords }>>;
  /** What is told on a day, by number; `ref` is empty where it came from no file. */
  told(day: string): Promise<
    readonly {
      readonly number: string;
      readonly ref: string;
      readonly ownerUnit: string;
      readonly content: EntryContent;
    }[]
  >;
}
