import type { CatalogueEntry } from '../../domain/dispatch/entry.ts';
import { keyOf } from '../../domain/dispatch/entry.ts';
import { OWN_VERSION_WORDS } from '../../domain/hotlines/versions/own-words.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { CatalogueDeps, ChangedCatalogue } from './change-catalogue.ts';

/**
 * Back to what an earlier version said, as a version of its own: nothing of what stood in between is lost. Entries only;
 * names of areas and things stay. Refuses with `dispatch.changedMeanwhile`, `dispatch.versionUnknown`, `dispatch.nothingToUndo`.
 */
export function rollBackCatalogue(
  deps: Pick<CatalogueDeps, 'database' | 'dispatchCatalogue' | 'now' | 'newId'>,
) {
  return (asked: {
    /** The catalogue as its editor saw it. */
    readonly version: number;
    readonly to: number;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<ChangedCatalogue> =>
    deps.database.transact(async (tx) => {
      const { to, reason, actor } = asked;
      const { dispatchCatalogue: book } = deps;
      const standing = await book.lock(tx);
      if (standing !== asked.version) throw new AppError('dispatch.changedMeanwhile', { version: standing });
      if (to >= standing) throw new AppError('dispatch.versionUnknown', { to, version: standing });
      const now = await book.all(tx);
      const then = await book.all(tx, to);
      const [isNow, wasThen] = [new Set(now.map(contentOf)), new Set(then.map(contentOf))];
      const removed = now.filter((entry) => !wasThen.has(contentOf(entry)));
      const added = then
        .filter((entry) => !isNow.has(contentOf(entry)))
        .map((entry) => ({ ...entry, id: deps.newId() }));
      if (removed.length + added.length === 0) throw new AppError('dispatch.nothingToUndo', { to });
      const version = standing + 1;
      await book.write(
        {
          version,
          at: deps.now(),
          by: actor.accountId,
          origin: 'rollback',
          reason: OWN_VERSION_WORDS.backToFor.zh({ n: to, why: reason }),
        },
        { removed: removed.map(({ id }) => id), added, areas: [], assets: [] },
        tx,
      );
      return { version, added: added.length, removed: removed.length };
    });
}

const contentOf = (entry: CatalogueEntry): string =>
  JSON.stringify([
    ...[keyOf(entry), entry.leadUnit, entry.assistUnits, entry.validFrom, entry.validTo],
    ...[entry.basis, entry.source, entry.sourceRef],
  ]);
