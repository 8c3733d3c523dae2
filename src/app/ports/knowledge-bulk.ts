import type { EntryContent, EntryOrigin } from '../../domain/knowledge/entry.ts';
import type { Transaction } from './transaction.ts';

/** Many entries at once, each known by its origin and reference: a file brought in again finds its own. */
export interface KnowledgeBulk {
  /**
   * New entries with their first version, and a new version where the words differ from the newest. `publishedBy`: they are
   * told at once, submitted by the one and published by the other; without it they are drafts. What somebody is just
   * working on is left alone and told.
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
    },
    tx: Transaction,
  ): Promise<{
    readonly added: number;
    readonly changed: number;
    readonly same: number;
    /** References of those that somebody is working on. */
    readonly busy: readonly string[];
  }>;
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
