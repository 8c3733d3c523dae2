import type { NamedThing } from '../../domain/dispatch/names.ts';
import type { RawEntry } from '../../domain/dispatch/read-row.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

/** What a grid has put together and nobody has published yet, as it was written. */
export interface CatalogueDraftContent {
  readonly entries: readonly RawEntry[];
  /** Entered in error: taken out. What was right for a time is ended instead. */
  readonly remove: readonly string[];
  readonly end: readonly { readonly id: string; readonly lastDay: string }[];
  readonly areas: readonly NamedThing[];
  readonly assets: readonly NamedThing[];
}

export interface CatalogueDraft {
  readonly id: string;
  readonly title: string;
  readonly state: 'draft' | 'published' | 'discarded';
  /** The version of the catalogue that its editor saw. */
  readonly basedOn: number;
  /** Raised by each save. */
  readonly revision: number;
  readonly content: CatalogueDraftContent;
  /** Epoch milliseconds. */
  readonly changedAt: number;
  readonly changedBy: string | null;
  /** The version that it became. */
  readonly version: number | null;
}

export type ListedDraft = Omit<CatalogueDraft, 'content'> & { readonly rows: number };

export interface CatalogueDrafts {
  /** Held until the transaction ends. */
  find(id: string, tx: Transaction): Promise<CatalogueDraft | null>;
  read(id: string, tx?: Transaction): Promise<CatalogueDraft | null>;
  /** Changed last first. Refuses with `page.invalid`. */
  list(filter: { readonly state?: CatalogueDraft['state'] }, page: PageAsked): Promise<Paged<ListedDraft>>;
  save(draft: CatalogueDraft, tx: Transaction): Promise<void>;
}
