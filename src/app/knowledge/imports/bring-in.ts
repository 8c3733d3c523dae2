import { parseCsv } from '../../../domain/hotlines/register/csv.ts';
import { ENTRY_FIELDS, writeEntryRow } from '../../../domain/knowledge/files/entry-row.ts';
import { csvCell, fromCsvCell, type LineRefusal } from '../../../domain/knowledge/files/table.ts';
import { PLACE_FIELDS, writePlace } from '../../../domain/knowledge/places/place.ts';
import { AppError } from '../../errors.ts';
import type { ImportBook, ImportKind } from '../../ports/imports.ts';
import type { KnowledgeBulk } from '../../ports/knowledge-bulk.ts';
import type { PlaceBook } from '../../ports/places.ts';
import type { Spreadsheets } from '../../ports/spreadsheets.ts';
import { namesNow, type PlaceDeps } from '../places/keep-place.ts';
import { readEntries, readPlaces, type TableCells } from './tables.ts';

export interface BringInDeps extends Omit<PlaceDeps, 'places'> {
  readonly imports: ImportBook;
  readonly spreadsheets: Spreadsheets;
}

export type TableFile =
  | { readonly format: 'csv'; readonly text: string }
  | { readonly format: 'xlsx'; readonly bytes: Uint8Array };

/**
 * Reads a file line by line and leaves its good lines to the worker, which writes all of them or none. Entries that are to be
 * told at once wait for another person. `checkOnly`: the report alone. Refuses with `import.fileUnreadable`, `.fileTooLarge`.
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
    const { rows, good, refused } =
      kind === 'entries' ? readEntries(cells, context) : readPlaces(cells, context);
    if (!checkOnly && good.length > 0) {
      const lines = good.map(({ line, code, row }) => ({ line, code, content: row }));
      const state = kind === 'entries' && publish ? 'waiting' : 'pending';
      await deps.database.transact((tx) =>
        deps.imports.add({ id, kind, fileName, publish, state, refused, by, at: deps.now() }, lines, tx),
      );
    }
    return { rows, good: good.length, refused };
  };
}

async function cellsOf(spreadsheets: Spreadsheets, file: TableFile): Promise<TableCells> {
  if (file.format === 'xlsx') return spreadsheets.read(file.bytes);
  const records = parseCsv(file.text);
  const broken = records.find(({ fault }) => fault !== null);
  // A quotation mark that is not closed swallows the lines behind it: nothing after it can be believed.
  if (broken !== undefined)
    throw new AppError('import.fileUnreadable', { line: broken.line, why: broken.fault ?? '' });
  const cells: string[][] = [];
  for (const { line, cells: record } of records) {
    while (cells.length < line - 1) cells.push([]);
    cells.push(record.map(fromCsvCell));
  }
  return cells;
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

export const csvOf = (cells: TableCells): string =>
  cells
    .map((row) => row.map(csvCell).join(','))
    .concat('')
    .join('\r\n');
