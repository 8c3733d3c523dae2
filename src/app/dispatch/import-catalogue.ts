import {
  type CatalogueReport,
  readCatalogueFile,
  writeCatalogueFile,
} from '../../domain/dispatch/catalogue-file.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { type CatalogueDeps, type ChangedCatalogue, changeInside, contextOf } from './change-catalogue.ts';

const NOTHING = { areas: [], assets: [], remove: [], end: [] } as const;

/**
 * Brings a file in as one version: its good rows are placed among what stands, the others are told line by line.
 * `checkOnly` writes nothing. Refuses with `dispatch.changedMeanwhile`, `dispatch.reasonMissing`.
 */
export function importCatalogue(deps: CatalogueDeps) {
  return (request: {
    readonly version: number;
    readonly csv: string;
    readonly checkOnly: boolean;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<ChangedCatalogue & { readonly report: CatalogueReport }> =>
    deps.database.transact(async (tx) => {
      const { version, csv, checkOnly, reason, actor } = request;
      const report = readCatalogueFile(csv, await contextOf(deps, NOTHING, tx));
      if (checkOnly || report.entries.length === 0) return { version, added: 0, removed: 0, report };
      const entries = report.entries.map(({ entry }) => entry);
      const changed = await changeInside(deps)(
        { ...NOTHING, version, reason, actor, entries, origin: 'import' },
        tx,
      );
      return { ...changed, report };
    });
}

/** All that stands, past and future days included; it can be brought in again as it is. */
export function exportCatalogue(deps: Pick<CatalogueDeps, 'dispatchCatalogue' | 'database'>) {
  return async (): Promise<{ readonly version: number; readonly csv: string }> =>
    deps.database.transact(async (tx) => ({
      version: await deps.dispatchCatalogue.version(tx),
      csv: writeCatalogueFile(await deps.dispatchCatalogue.all(tx)),
    }));
}
