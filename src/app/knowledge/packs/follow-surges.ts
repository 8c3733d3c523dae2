import { openSurges } from '../../../domain/ivr/surge-key.ts';
import type { RuleBooks } from '../../ports/rules.ts';
import type { Transaction } from '../../ports/transaction.ts';
import { beginPack, endPack, type PackDeps } from './run-pack.ts';

/**
 * Brings packs in step with the rules that calls go by: ordered -> in force, when the key stands in them -> over, when it does
 * not any more, whoever took it away: its time, an operator, a rollback. A key that still waits for a second person keeps its
 * pack waiting. Any number of workers may ask. Returns how many packs began or ended.
 */
export function followSurges(deps: PackDeps & { readonly rules: Pick<RuleBooks, 'published'> }) {
  const begin = beginPack(deps);
  const end = endPack(deps);
  return async (tx: Transaction): Promise<number> => {
    const uses = await deps.packs.open(tx);
    if (uses.length === 0) return 0;
    const published = await deps.rules.published(tx);
    const now = deps.now();
    const live = openSurges(published?.rules.menus ?? [], now);
    let changed = 0;
    for (const use of uses) {
      if (use.until <= now) await end(use, 'over', tx);
      else if (live.has(use.surge)) {
        if (use.begunAt !== null) continue;
        await begin(use, tx);
      } else if (use.begunAt !== null) await end(use, 'released', tx);
      else continue;
      changed += 1;
    }
    return changed;
  };
}

/** The same as a round of the worker: without a lock where no pack is in use. */
export function followSurgesRound(deps: Parameters<typeof followSurges>[0]) {
  const follow = followSurges(deps);
  return async (): Promise<number> =>
    (await deps.packs.open()).length === 0 ? 0 : deps.database.transact(follow);
}
