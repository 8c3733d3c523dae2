import type { CatalogueEntry, EntryKey } from '../../domain/dispatch/entry.ts';
import type { NamedThing } from '../../domain/dispatch/names.ts';
import type { Transaction } from './transaction.ts';

export const VERSION_ORIGINS = [
  'founding',
  'edit',
  'import',
  'adjudication',
  // A new edition of a code list, by which its codes became others.
  'codes',
  'draft',
  'rollback',
] as const;

/** One change of the catalogue as a whole; each is a version of its own. */
export interface CatalogueVersion {
  readonly version: number;
  readonly at: number;
  /** null: the program itself. */
  readonly by: string | null;
  readonly origin: (typeof VERSION_ORIGINS)[number];
  readonly reason: string;
}

export type NameKind = 'area' | 'asset';

export interface CatalogueFilter {
  /** Entries in force on this day; all days without it. */
  readonly day?: string;
  /** As it was at this version; the newest without it. */
  readonly version?: number;
  readonly category?: string;
  readonly area?: string;
  readonly asset?: string;
  /** Leads or assists. */
  readonly unit?: string;
}

export interface EntryPage {
  readonly entries: readonly CatalogueEntry[];
  readonly next: string | null;
}

export interface DispatchCatalogue {
  /** Holds the catalogue until the transaction ends; its version. */
  lock(tx: Transaction): Promise<number>;
  version(tx?: Transaction): Promise<number>;
  /** Standing entries of these keys, whenever they are in force. */
  ofKeys(keys: readonly EntryKey[], tx?: Transaction): Promise<readonly CatalogueEntry[]>;
  byIds(ids: readonly string[], tx: Transaction): Promise<readonly CatalogueEntry[]>;
  /** The entries of these keys that stood at a version and are in force on a day. */
  asOf(
    keys: readonly EntryKey[],
    day: string,
    version: number,
    tx?: Transaction,
  ): Promise<readonly CatalogueEntry[]>;
  list(
    filter: CatalogueFilter,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<EntryPage>;
  /** Everything that stands, or stood at a version, in the order of its keys. */
  all(tx?: Transaction, version?: number): Promise<readonly CatalogueEntry[]>;
  /** Matters of which somebody has changed an entry after this version. */
  keysChangedSince(version: number, tx: Transaction): Promise<readonly EntryKey[]>;
  names(kind: NameKind, tx?: Transaction): Promise<readonly NamedThing[]>;
  /** What these units are called. */
  units(
    codes: readonly string[],
    tx?: Transaction,
  ): Promise<readonly { readonly code: string; readonly name: string }[]>;
  /** Categories as the catalogue needs them, with those above them. */
  categories(
    tx?: Transaction,
  ): Promise<readonly { readonly code: string; readonly parentCode: string | null; readonly name: string }[]>;
  /** Writes a version: what it takes out, what it puts in; names of the same code are replaced. */
  write(
    version: CatalogueVersion,
    change: {
      readonly removed: readonly string[];
      readonly added: readonly CatalogueEntry[];
      readonly areas: readonly NamedThing[];
      readonly assets: readonly NamedThing[];
      /** Areas that are none any more. */
      readonly areasGone?: readonly string[];
    },
    tx: Transaction,
  ): Promise<void>;
  /** The latest first; `before`: those only that came before this one. */
  versions(
    limit: number,
    before: number | null,
  ): Promise<
    readonly (Omit<CatalogueVersion, 'by' | 'at'> & {
      readonly at: string;
      readonly by: string | null;
      readonly added: number;
      readonly removed: number;
    })[]
  >;
}
