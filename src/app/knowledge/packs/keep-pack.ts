import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import { PACK_MOST, type Readiness, readinessOf } from '../../../domain/knowledge/pack.ts';
import { AppError } from '../../errors.ts';
import type { Pack, PackUse } from '../../ports/knowledge-packs.ts';
import { beginPack, type PackDeps } from './run-pack.ts';

/**
 * Makes a pack ready for the day on which it is needed, or changes one; where its key is open already, what is new in it is
 * told at once. New where `revision` is 0.
 *
 * Refuses with `knowledge.textMissing`, `knowledge.tooMany`, `knowledge.packEntriesUnknown`, `knowledge.packChanged`.
 */
export function keepPack(deps: PackDeps) {
  const begin = beginPack(deps);
  return (asked: Pack & { readonly by: string }): Promise<Pack> =>
    deps.database.transact(async (tx) => {
      const { by, ...pack } = asked;
      const title = pack.title.trim();
      const entryIds = [...new Set(pack.entryIds)];
      if (title === '') throw new AppError('knowledge.textMissing', { field: 'title' });
      if (entryIds.length > PACK_MOST)
        throw new AppError('knowledge.tooMany', { field: 'entries', max: PACK_MOST });
      const unknown = await deps.packs.unknownEntries(entryIds, tx);
      if (unknown.length > 0) throw new AppError('knowledge.packEntriesUnknown', { entries: unknown });
      const put = await deps.packs.put({ ...pack, title, entryIds }, { by, at: deps.now() }, tx);
      const kept = await deps.packs.find(pack.code, tx);
      if (put === 'changed' || kept === null) {
        throw new AppError('knowledge.packChanged', { pack: pack.code, revision: kept?.revision ?? 0 });
      }
      for (const use of await deps.packs.open(tx)) {
        if (use.pack === pack.code && use.begunAt !== null) await begin(use, tx);
      }
      return kept;
    });
}

export interface SeenPack extends Omit<Pack, 'entryIds'> {
  readonly entries: readonly {
    readonly id: string;
    readonly number: string;
    readonly question: string;
    readonly readiness: Readiness;
  }[];
  readonly uses: readonly PackUse[];
}

const USES_SHOWN = 20;

/** A pack with what would become of each of its entries if its key opened now. Refuses with `knowledge.packUnknown`. */
export function readPack(deps: PackDeps) {
  return async (code: string): Promise<SeenPack> => {
    const pack = await deps.packs.find(code);
    if (pack === null) throw new AppError('knowledge.packUnknown', { pack: code });
    const { calendar } = await deps.calendar.load();
    const day = localDateOf(deps.now(), calendar.zone);
    const { entryIds, ...rest } = pack;
    const entries: SeenPack['entries'][number][] = [];
    for (const id of entryIds) {
      const entry = await deps.knowledge.entry(id, day);
      if (entry === null) continue;
      const versions = [...(await deps.knowledge.versions(id))].reverse();
      const readiness = readinessOf(versions, await deps.packs.toldBefore(code, id), day);
      const { question } = entry.current ?? entry.latest;
      entries.push({ id, number: entry.number, question, readiness });
    }
    return { ...rest, entries, uses: await deps.packs.uses(code, USES_SHOWN) };
  };
}
