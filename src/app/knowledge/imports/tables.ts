import {
  ENTRY_FIELDS,
  type EntryContext,
  type EntryField,
  type EntryRow,
  readEntryRow,
} from '../../../domain/knowledge/files/entry-row.ts';
import { type ReadTable, readTable, type StandingLines } from '../../../domain/knowledge/files/table.ts';
import {
  PLACE_FIELDS,
  type PlaceContent,
  type PlaceField,
  readPlace,
} from '../../../domain/knowledge/places/place.ts';

export type TableCells = readonly (readonly string[])[];

export const readEntries = (
  cells: TableCells,
  context: EntryContext,
  standing: StandingLines<EntryField> = new Map(),
): ReadTable<EntryRow> =>
  readTable(cells, {
    fields: ENTRY_FIELDS,
    required: ['code', 'question', 'answer', 'unit', 'category'],
    standing,
    read: (raw) => readEntryRow(raw, context),
  });

export const readPlaces = (
  cells: TableCells,
  context: EntryContext,
  standing: StandingLines<PlaceField> = new Map(),
): ReadTable<PlaceContent> =>
  readTable(cells, {
    fields: PLACE_FIELDS,
    required: ['code', 'name', 'address', 'category'],
    standing,
    read: (raw) => {
      const read = readPlace(raw, context);
      return 'place' in read ? { row: read.place } : read;
    },
  });

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
