import type { EntryContent, EntryOrigin } from '../../domain/knowledge/entry.ts';
import type { VersionMove, VersionState } from '../../domain/knowledge/version-table.ts';
import type { Transaction } from './transaction.ts';

export interface NamedPerson {
  readonly id: string;
  readonly displayName: string;
}

/** One version with its words. Times are ISO 8601 in UTC, days are local. */
export interface VersionView extends EntryContent {
  readonly number: number;
  readonly state: VersionState;
  readonly since: string;
  /** null: the program itself. */
  readonly author: NamedPerson | null;
  readonly writtenAt: string;
  readonly publishedAt: string | null;
  /** By when another person must have looked at what was published at once. */
  readonly reviewDueAt: string | null;
  /** When somebody last found it right still. */
  readonly reviewedAt: string | null;
}

export interface EntrySummary {
  readonly id: string;
  readonly number: string;
  readonly ownerUnit: { readonly code: string; readonly name: string };
  readonly origin: EntryOrigin;
  readonly originRef: string;
  readonly createdAt: string;
  /** Raised by whatever changes the entry. */
  readonly revision: number;
  /** What may be told on the day that was asked for; null: nothing. */
  readonly current: VersionView | null;
  /** The newest, whatever its state. */
  readonly latest: VersionView;
}

export interface EntryStep {
  readonly seq: number;
  readonly version: number;
  readonly at: string;
  readonly actor: NamedPerson | null;
  readonly move: VersionMove;
  readonly fromState: VersionState | null;
  readonly toState: VersionState;
  readonly reason: string;
}

/** A version as far as a decision about it needs it; times are epoch milliseconds. */
export interface VersionHead {
  readonly number: number;
  readonly state: VersionState;
  readonly since: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly authorId: string | null;
  readonly submittedBy: string | null;
  readonly publishedBy: string | null;
  readonly reviewDueAt: number | null;
}

/** An entry as it was locked: nobody else changes it until the transaction ends. */
export interface EntryHead {
  readonly id: string;
  readonly number: string;
  readonly ownerUnit: string;
  readonly revision: number;
  /** The oldest first. */
  readonly versions: readonly VersionHead[];
}

export interface NewEntry {
  readonly id: string;
  readonly ownerUnit: string;
  readonly origin: EntryOrigin;
  /** Of what it was made; empty: of nothing. Of two entries with the same origin only the first is ever written. */
  readonly originRef: string;
  readonly content: EntryContent;
  /** null: the program itself. */
  readonly by: string | null;
  readonly at: number;
}

export interface VersionStep {
  readonly version: number;
  readonly move: VersionMove;
  readonly from: VersionState;
  readonly to: VersionState;
  readonly by: string | null;
  readonly at: number;
  readonly reason: string;
  /** Of an emergency publication. */
  readonly reviewDueAt?: number;
}

export interface EntryFilter {
  readonly ownerUnit?: string;
  /** State of the newest version. */
  readonly state?: VersionState;
  /** The code itself or what lies in it. */
  readonly category?: string;
  readonly line?: string;
  readonly area?: string;
  /** Stands in the number, the question or another way to ask. */
  readonly text?: string;
  /** Its current version ends on this day or before. */
  readonly endsBy?: string;
  readonly isPublic?: boolean;
  /** Only what has a version that stands on the day. */
  readonly standing?: boolean;
}

export interface EntryPage {
  readonly entries: readonly EntrySummary[];
  readonly next: string | null;
}

/** What a content names that is not there. */
export interface UnknownNames {
  readonly units: readonly string[];
  readonly categories: readonly string[];
  readonly areas: readonly string[];
  readonly lines: readonly string[];
  readonly attachments: readonly string[];
}

export interface EndedCategory {
  readonly code: string;
  /** The main one first; empty: nothing came of it. */
  readonly now: readonly string[];
}

export interface KnowledgeBook {
  /** With its first version, a draft. `known`: one of this origin is there, or of this id; its number comes back. */
  add(
    entry: NewEntry,
    tx: Transaction,
  ): Promise<{ readonly number: string; readonly outcome: 'added' | 'known' }>;
  /** As it is, for whoever only looks. Null: there is none. */
  head(id: string): Promise<EntryHead | null>;
  /** Null: there is none. */
  lock(id: string, tx: Transaction): Promise<EntryHead | null>;
  /** A new draft behind the versions that are there. */
  addVersion(
    entry: Pick<EntryHead, 'id'>,
    version: {
      readonly number: number;
      readonly content: EntryContent;
      readonly by: string | null;
      readonly at: number;
    },
    tx: Transaction,
  ): Promise<void>;
  /** The version's state and a line of the entry's history. */
  move(entryId: string, step: VersionStep, tx: Transaction): Promise<void>;
  /** `day`: by which the current version is told. */
  entry(id: string, day: string, tx?: Transaction): Promise<EntrySummary | null>;
  version(id: string, number: number, tx?: Transaction): Promise<VersionView | null>;
  /** The newest first. */
  versions(id: string): Promise<readonly VersionView[]>;
  history(id: string): Promise<readonly EntryStep[]>;
  /** In the order of their numbers. */
  list(
    filter: EntryFilter,
    day: string,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<EntryPage>;
  /** `newOwner`: whose a new entry is to be, and who must stand; null: of one that is there, or of a unit that the books name. */
  unknownNames(
    content: Pick<EntryContent, 'categories' | 'areas' | 'lines' | 'attachments'>,
    newOwner: string | null,
    tx: Transaction,
  ): Promise<UnknownNames>;
  /**
   * Categories among these that stand no more, with what they became; those that the entry's latest version bears are left out:
   * what it has it may keep. `entryId` null: a new entry.
   */
  endedCategories(
    categories: readonly string[],
    entryId: string | null,
    tx: Transaction,
  ): Promise<readonly EndedCategory[]>;
}

export interface SearchNote {
  readonly id: string;
  readonly at: number;
  /** null: the public. */
  readonly accountId: string | null;
  readonly callId: string | null;
  readonly line: string | null;
  readonly words: string;
  readonly hits: number;
  readonly best: string | null;
}

/** What was looked for. */
export interface SearchLog {
  note(search: SearchNote): Promise<void>;
}
