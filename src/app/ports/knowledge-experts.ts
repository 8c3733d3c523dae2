import type { Transaction } from './transaction.ts';

export interface Expert {
  readonly id: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly name: string;
  readonly post: string;
  /** As it is dialled. */
  readonly number: string;
  readonly categories: readonly string[];
  /** When, as `readHours` reads it; empty: not known. */
  readonly hours: string;
  /** User name of the account under which he sees what a call is about; null: he only hears. */
  readonly account: string | null;
  readonly revision: number;
}

export type ExpertFields = Omit<Expert, 'id' | 'unitName' | 'revision'>;

export interface ExpertBook {
  /** `known`: there is one of this id. */
  add(id: string, expert: ExpertFields, tx?: Transaction): Promise<'added' | 'known'>;
  /** `changed`: another revision stands; `unknown`: none does. */
  replace(
    id: string,
    revision: number,
    expert: ExpertFields,
    tx?: Transaction,
  ): Promise<'replaced' | 'changed' | 'unknown'>;
  remove(id: string, at: number): Promise<boolean>;
  find(id: string, tx?: Transaction): Promise<Expert | null>;
  /** Whom of the directory this account is. `units`: the expert's own, and all that it lies in. */
  ofAccount(
    accountId: string,
  ): Promise<readonly { readonly id: string; readonly units: readonly string[] }[]>;
  /** Of a category first those named for it, then those for what it lies in. */
  list(filter: { readonly category?: string; readonly unitCode?: string }): Promise<readonly Expert[]>;
  unknownNames(expert: ExpertFields): Promise<{
    readonly units: readonly string[];
    readonly categories: readonly string[];
    /** Also one that is closed, or of another unit: what a call is about is for nobody else. */
    readonly accounts: readonly string[];
  }>;
}
