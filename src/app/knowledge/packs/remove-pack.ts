import { AppError } from '../../errors.ts';
import type { PackBook } from '../../ports/knowledge-packs.ts';
import type { Database } from '../../ports/transaction.ts';

/**
 * Puts a pack away: no surge key opens with it any more, and what it was used for stays on record. Not while a key has it open,
 * which would take from agents what they have before them.
 *
 * Refuses with `knowledge.packUnknown`, `knowledge.packChanged`, `knowledge.packInUse`.
 */
export function removePack(deps: {
  readonly database: Database;
  readonly packs: PackBook;
  readonly now: () => number;
}) {
  return async (asked: {
    readonly code: string;
    readonly revision: number;
    readonly by: string;
  }): Promise<void> => {
    const { code: pack, revision, by } = asked;
    await deps.database.transact(async (tx) => {
      await deps.packs.hold(pack, tx);
      const found = await deps.packs.find(pack, tx);
      if (found === null) throw new AppError('knowledge.packUnknown', { pack });
      const use = (await deps.packs.open(tx)).find((one) => one.pack === pack);
      if (use !== undefined) throw new AppError('knowledge.packInUse', { pack, surge: use.surge });
      const removed = await deps.packs.remove(pack, revision, { by, at: deps.now() }, tx);
      if (!removed) throw new AppError('knowledge.packChanged', { pack, revision: found.revision });
    });
  };
}
