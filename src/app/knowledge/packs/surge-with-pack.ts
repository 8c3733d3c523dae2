import type { RuleVersion } from '../../../domain/hotlines/versions/version.ts';
import { AppError } from '../../errors.ts';
import type { PackUse } from '../../ports/knowledge-packs.ts';
import type { RuleDeps } from '../../rules/rule-change.ts';
import { endSurgeKey, openSurgeKey, type SurgeOrder } from '../../rules/surge-keys.ts';
import { followSurges } from './follow-surges.ts';
import { endPack, type PackDeps } from './run-pack.ts';

/**
 * A surge key with what agents say to who presses it (B2): key, desk, announcement and knowledge pack in one transaction, and
 * gone together. Ordered again for a key that is open it makes the pack's time longer, or another pack takes its place.
 *
 * Refuses with what `openSurgeKey` refuses and `knowledge.packUnknown`.
 */
export function openSurgeWithPack(deps: RuleDeps & PackDeps) {
  return ({
    pack,
    ...order
  }: SurgeOrder & { readonly pack: string | null }): Promise<{
    readonly version: RuleVersion;
    readonly use: PackUse | null;
  }> =>
    deps.database.transact(async (tx) => {
      const within = {
        ...deps,
        database: { transact: <T>(work: (one: typeof tx) => Promise<T>) => work(tx) },
      };
      if (pack !== null) {
        await deps.packs.hold(pack, tx);
        if ((await deps.packs.find(pack, tx)) === null) {
          throw new AppError('knowledge.packUnknown', { pack });
        }
      }
      const version = await openSurgeKey(within)(order);
      if (pack === null) {
        await followSurges(within)(tx);
        return { version, use: null };
      }
      const known = await deps.packs.use(version.id, tx);
      // The order came twice.
      if (known !== null) return { version, use: known };
      const until = Date.parse(order.until);
      const before = (await deps.packs.open(tx)).find(({ surge }) => surge === order.code);
      let useId = version.id;
      if (before?.pack === pack) {
        useId = before.id;
        await deps.packs.extend(useId, until, tx);
      } else {
        if (before !== undefined) await endPack(within)(before, 'replaced', tx);
        const ordered = { id: useId, pack, surge: order.code, until, orderedBy: order.actor.accountId };
        await deps.packs.addUse(ordered, deps.now(), tx);
      }
      await followSurges(within)(tx);
      return { version, use: await deps.packs.use(useId, tx) };
    });
}

/** Before its time, with its pack. Refuses with what `endSurgeKey` refuses. */
export function endSurgeWithPack(deps: RuleDeps & PackDeps) {
  return (order: Parameters<ReturnType<typeof endSurgeKey>>[0]): Promise<RuleVersion> =>
    deps.database.transact(async (tx) => {
      const within = {
        ...deps,
        database: { transact: <T>(work: (one: typeof tx) => Promise<T>) => work(tx) },
      };
      const version = await endSurgeKey(within)(order);
      await followSurges(within)(tx);
      return version;
    });
}
