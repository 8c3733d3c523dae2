import type { boxAround, Position } from '../../domain/knowledge/places/near.ts';
import type { CandidatePlan } from '../../domain/knowledge/search/plan.ts';
import type { Candidate, HitKind } from '../../domain/knowledge/search/rank.ts';
import type { Synonym } from '../../domain/knowledge/search/synonyms.ts';
import type { FieldTokens, SearchText } from '../../domain/knowledge/search/tokens.ts';
import type { Term } from '../../domain/knowledge/search/vocabulary.ts';
import type { Transaction } from './transaction.ts';

export interface DocumentKey {
  readonly kind: HitKind;
  readonly ref: string;
}

/** What can be found, as its own books have it. */
export interface DocumentSource extends DocumentKey {
  readonly title: string;
  readonly version: number;
  readonly unit: string | null;
  readonly category: string | null;
  /** All of them, the first among them. */
  readonly categories: readonly string[];
  readonly areas: readonly string[];
  readonly lines: readonly string[];
  readonly isPublic: boolean;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly hours: string;
  readonly text: SearchText;
}

export interface SearchDocument extends Omit<DocumentSource, 'text'> {
  readonly tokens: FieldTokens;
}

/** A candidate with what a screen shows of it. */
export interface FoundDocument extends Candidate {
  readonly title: string;
  readonly version: number;
  readonly category: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly hours: string;
}

export interface CandidateFilter {
  readonly kind?: HitKind;
  readonly unit?: string;
  /** The code itself or what lies in it, whichever of its own it is. */
  readonly category?: string;
  readonly publicOnly: boolean;
  /** Local; what does not stand on it is not found. */
  readonly day: string;
  /** Of what has a position nothing from outside the box, and of equally good ones the nearest first. */
  readonly near?: Near;
}

export interface Near {
  readonly around: Position;
  readonly box: ReturnType<typeof boxAround>;
}

export interface StoredSynonym extends Synonym {
  readonly id: string;
}

export interface SearchIndexBook {
  /** One at a time writes the index, until the transaction ends; false: somebody else does. */
  lock(tx: Transaction): Promise<boolean>;
  /** Takes the oldest changes out; they come back when the transaction is undone. */
  takeChanges(limit: number, tx: Transaction): Promise<readonly DocumentKey[]>;
  /** Those that can be told today or later; what is missing is found no more. */
  sources(keys: readonly DocumentKey[], day: string, tx: Transaction): Promise<readonly DocumentSource[]>;
  /** Writes and takes out, and counts the terms; `sounds`: of new words. */
  write(
    documents: readonly SearchDocument[],
    gone: readonly DocumentKey[],
    soundOf: (token: string) => string | null,
    tx: Transaction,
  ): Promise<void>;
  /** Terms that changed since a revision, in the order of their revisions. */
  terms(since: string): Promise<{
    readonly terms: readonly Term[];
    readonly revision: string;
    readonly documents: number;
    readonly synonyms: number;
  }>;
  candidates(
    plan: CandidatePlan,
    filter: CandidateFilter,
    words: readonly string[],
    limit: number,
  ): Promise<readonly FoundDocument[]>;

  /** With a transaction nobody else changes them until it ends. */
  synonyms(tx?: Transaction): Promise<readonly StoredSynonym[]>;
  /** True for the first who asks for this edition of the product's own list. */
  takeEdition(edition: number, tx: Transaction): Promise<boolean>;
  putSynonyms(
    synonyms: readonly StoredSynonym[],
    removed: readonly string[],
    change: { readonly by: string | null; readonly at: number },
    tx: Transaction,
  ): Promise<void>;

  /** Quotes that nobody learned from, with what was searched for in their call before. */
  unlearned(
    limit: number,
    tx: Transaction,
  ): Promise<readonly (DocumentKey & { readonly quoteId: string; readonly words: readonly string[] })[]>;
  learn(
    lessons: readonly (DocumentKey & { readonly quoteId: string; readonly tokens: readonly string[] })[],
    at: number,
    tx: Transaction,
  ): Promise<void>;
  /** Takes back what was learned from quotes that were retracted since; how many they were. */
  unlearn(limit: number, tx: Transaction): Promise<number>;
}
