import { ENTRY_FIELDS, writeEntryRow } from '../../../domain/knowledge/files/entry-row.ts';
import type { LineRefusal } from '../../../domain/knowledge/files/table.ts';
import { PLACE_FIELDS, writePlace } from '../../../domain/knowledge/places/place.ts';
import { AppError } from '../../errors.ts';
import type { ImportBook, ImportKind } from '../../ports/imports.ts';
import type { KnowledgeBulk } from '../../ports/knowledge-bulk.ts';
import type { PlaceBook } from '../../ports/places.ts';
import type { Spreadsheets } from '../../ports/spreadsheets.ts';
import { namesNow, type PlaceDeps } from '../places/keep-place.ts';
import { cellsOf, readLines, type StandingDeps, type TableFile } from './read-file.ts';
import type { TableCells } from './tables.ts';

export interface BringInDeps extends Omit<PlaceDeps, 'places'>, StandingDeps {
  readonly imports: ImportBook;
  readonly spreadsheets: Spreadsheets;
}

/**
 * Reads a file line by line and leaves its good lines to the worker, which writes all of them or none. Entries that are to be
 * told at once wait for another person, and are as plain as any that is given to a checker. `checkOnly`: the report alone.
 *
 * Refuses with `import.fileUnreadable`, `.fileTooLarge`.
 */
export function bringIn(deps: BringInDeps) {
  return async (asked: {
    readonly id: string;
    readonly kind: ImportKind;
    readonly fileName: string;
    readonly file: TableFile;
    readonly publish: boolean;
    readonly checkOnly: boolean;
    readonly by: string;
  }): Promise<{ readonly rows: number; readonly good: number; readonly refused: readonly LineRefusal[] }> => {
    const { id, kind, fileName, file, publish, checkOnly, by } = asked;
    const cells = await cellsOf(deps.spreadsheets, file);
    const context = await namesNow(deps);
    const { rows, good, refused, given } = await readLines(deps, { kind, cells, context, publish });
    if (!checkOnly && good.length > 0) {
      const lines = good.map(({ line, code, row }) => ({ line, code, content: row }));
      const state = kind === 'entries' && publish ? 'waiting' : 'pending';
      await deps.database.transact((tx) =>
        deps.imports.add(
          { id, kind, fileName, publish, state, refused, by, given, at: deps.now() },
          lines,
          tx,
        ),
      );
    }
    return { rows, good: good.length, refused };
  };
}

/** Says yes or no to what waits. Refuses with `import.unknown`, `import.notWaiting`, `import.ownWork`. */
export function decideImport(deps: Pick<BringInDeps, 'database' | 'imports' | 'now'>) {
  return async (asked: {
    readonly id: string;
    readonly approve: boolean;
    readonly by: string;
  }): Promise<void> => {
    const { id, approve, by } = asked;
    const decided = await deps.database.transact((tx) =>
      deps.imports.decide(id, approve, by, deps.now(), tx),
    );
    if (decided === 'unknown') throw new AppError('import.unknown', { import: id });
    if (decided === 'notWaiting') throw new AppError('import.notWaiting', { import: id });
    if (decided === 'self') throw new AppError('import.ownWork', { import: id });
  };
}

/** All that is told today, or every place, as a table that can be brought in again. */
export function tableOf(deps: { readonly knowledgeBulk: KnowledgeBulk; readonly places: PlaceBook }) {
  return async (kind: ImportKind, today: string): Promise<TableCells> => {
    if (kind === 'places') {
      const places = await deps.places.all();
      return [PLACE_FIELDS, ...places.map((place) => writePlace(place.code, place))];
    }
    const entries = await deps.knowledgeBulk.told(today);
    return [ENTRY_FIELDS, ...entries.map(({ number, ref, ...row }) => writeEntryRow(ref || number, row))];
  };
}
