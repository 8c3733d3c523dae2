import {
  ENTRY_FIELDS,
  type EntryContext,
  type EntryField,
  type EntryRow,
  readEntryRow,
} from '../../../domain/knowledge/files/entry-row.ts';
import {
  atOnce,
  type ReadTable,
  type StandingLines,
  tableSteps,
} from '../../../domain/knowledge/files/table.ts';
import {
  PLACE_FIELDS,
  type PlaceContent,
  type PlaceField,
  readPlace,
} from '../../../domain/knowledge/places/place.ts';

export type TableCells = readonly (readonly string[])[];

/** A line a step. */
export type TableSteps<R> = Generator<void, ReadTable<R>>;

export const entrySteps = (
  cells: TableCells,
  context: EntryContext,
  standing: StandingLines<EntryField>,
): TableSteps<EntryRow> =>
  tableSteps(cells, {
    fields: ENTRY_FIELDS,
    required: ['code', 'question', 'answer', 'unit', 'category'],
    standing,
    read: (raw) => readEntryRow(raw, context),
  });

export const placeSteps = (
  cells: TableCells,
  context: EntryContext,
  standing: StandingLines<PlaceField>,
): TableSteps<PlaceContent> =>
  tableSteps(cells, {
    fields: PLACE_FIELDS,
    required: ['code', 'name', 'address', 'category'],
    standing,
    read: (raw) => {
      const read = readPlace(raw, context);
      return 'place' in read ? { row: read.place } : read;
    },
  });

/** Tables that bring everything along, and for which nobody waits. */
export const readEntries = (cells: TableCells, context: EntryContext): ReadTable<EntryRow> =>
  atOnce(entrySteps(cells, context, new Map()));

export const readPlaces = (cells: TableCells, context: EntryContext): ReadTable<PlaceContent> =>
  atOnce(placeSteps(cells, context, new Map()));

type Named = readonly { readonly code: string; readonly name: string }[];

/** Codes first; a name that two have is nobody's. */
function byWord(things: Named): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const twice = new Set<string>();
  for (const { code, name } of things) {
    if (words.has(name)) twice.add(name);
    words.set(name, code);
  }
  for (const name of twice) words.delete(name);
  for (const { code } of things) words.set(code, code);
  return words;
}

export const contextOf = (known: {
  readonly units: Named;
  readonly categories: Named;
  readonly areas: Named;
  readonly lines: readonly string[];
  readonly today: string;
}): EntryContext => ({
  units: byWord(known.units),
  categories: byWord(known.categories),
  areas: byWord(known.areas),
  lines: new Set(known.lines),
  today: known.today,
});
