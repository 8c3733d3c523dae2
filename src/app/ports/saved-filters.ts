import type { Role } from './accounts.ts';
import type { Transaction } from './transaction.ts';

/** What a list is filtered by, as its query says it. */
export type FilterQuery = Readonly<Record<string, string | number | boolean>>;

export interface SavedFilter {
  readonly id: string;
  readonly owner: string;
  /** The operation that reads the list, `listTickets`. */
  readonly list: string;
  readonly name: string;
  readonly query: FilterQuery;
  /** Roles whose people have it as well; empty: it is its owner's alone. */
  readonly sharedWith: readonly Role[];
}

/** Times are ISO 8601 in UTC. */
export interface SavedFilterView extends SavedFilter {
  readonly ownerName: string;
  readonly savedAt: string;
}

export interface SavedFilterBook {
  /** His own and those shared with one of his roles, by list and name. */
  ofReader(accountId: string, roles: readonly Role[]): Promise<readonly SavedFilterView[]>;
  /** Of two windows of one account the second waits here; returns how many filters it keeps. */
  lockOwner(accountId: string, tx: Transaction): Promise<number>;
  find(id: string, tx: Transaction): Promise<SavedFilter | null>;
  /** Puts it in the place of what stood under its id. */
  save(filter: SavedFilter, at: number, tx: Transaction): Promise<'saved' | 'nameTaken'>;
  remove(id: string, tx: Transaction): Promise<void>;
}
