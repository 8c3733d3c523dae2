import { findPersonalData } from '../../domain/privacy/personal-data.ts';
import { AppError } from '../errors.ts';
import type { Account, Role } from '../ports/accounts.ts';
import type { SavedFilter, SavedFilterBook } from '../ports/saved-filters.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

export interface SavedFilterDeps {
  readonly database: Database;
  readonly savedFilters: SavedFilterBook;
  readonly now: () => number;
}

/** Who looks after how others work. */
const SHARERS: readonly Role[] = ['lead', 'operator', 'supervisor', 'admin'];
const AT_MOST = 50;

type Keeper = Pick<Account, 'id' | 'roles'>;
const mayShare = ({ roles }: Keeper): boolean => roles.some((role) => SHARERS.includes(role));

/** His own; and who shares filters tidies up what is shared. Anybody else's is none to him. Code: filter.unknown. */
async function keptBy(
  deps: SavedFilterDeps,
  id: string,
  keeper: Keeper,
  tx: Transaction,
): Promise<SavedFilter> {
  const found = await deps.savedFilters.find(id, tx);
  const his =
    found !== null && (found.owner === keeper.id || (found.sharedWith.length > 0 && mayShare(keeper)));
  if (!his) throw new AppError('filter.unknown', { id });
  return found;
}

/**
 * Keeps a filter under a name, for its owner or for the people of some roles. With the id of one that stands it takes its place.
 * Refuses with `filter.shareForbidden`, `filter.personal`, `filter.tooMany`, `filter.nameTaken`, `filter.unknown`.
 */
export function saveFilter(deps: SavedFilterDeps) {
  return (
    asked: Omit<SavedFilter, 'owner'> & { readonly replaces: boolean; readonly keeper: Keeper },
  ): Promise<SavedFilter> =>
    deps.database.transact(async (tx) => {
      const { replaces, keeper, ...wanted } = asked;
      const sharedWith = [...new Set(wanted.sharedWith)];
      if (sharedWith.length > 0 && !mayShare(keeper)) throw new AppError('filter.shareForbidden');
      const words = [wanted.name, ...Object.values(wanted.query).map(String)].join('\n');
      const personal = findPersonalData(words);
      // A name under which a citizen's number is kept would be a list of citizens.
      if (personal.length > 0) {
        throw new AppError('filter.personal', { kinds: [...new Set(personal.map(({ kind }) => kind))] });
      }
      const kept = await deps.savedFilters.lockOwner(keeper.id, tx);
      const owner = replaces ? (await keptBy(deps, wanted.id, keeper, tx)).owner : keeper.id;
      if (!replaces && kept >= AT_MOST) throw new AppError('filter.tooMany', { most: AT_MOST });
      const filter = { ...wanted, name: wanted.name.trim(), sharedWith, owner };
      if ((await deps.savedFilters.save(filter, deps.now(), tx)) === 'nameTaken') {
        throw new AppError('filter.nameTaken', { name: filter.name });
      }
      return filter;
    });
}

/** Refuses with `filter.unknown`. */
export function removeFilter(deps: SavedFilterDeps) {
  return (id: string, keeper: Keeper): Promise<void> =>
    deps.database.transact(async (tx) => {
      await keptBy(deps, id, keeper, tx);
      await deps.savedFilters.remove(id, tx);
    });
}
