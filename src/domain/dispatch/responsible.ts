import { type CatalogueEntry, depthOf, type EntryKey, isValidOn, keyOf } from './entry.ts';

/** A matter as the catalogue is asked about it; each list with the nearest first. */
export interface Matter {
  /** The category and those above it. */
  readonly categories: readonly string[];
  /** Areas that the matter lies in, and those above them. */
  readonly areas: readonly string[];
  readonly assets: readonly string[];
}

/** Every key under which an entry for this matter can stand: a few dozen, however large the catalogue. */
export function keysFor({ categories, areas, assets }: Matter): readonly EntryKey[] {
  return [...new Set([...assets, ''])].flatMap((asset) =>
    [...new Set([...categories, ''])].flatMap((category) =>
      [...new Set([...areas, ''])].map((area) => ({ area, category, asset })),
    ),
  );
}

/**
 * How near an entry is to the matter: the thing itself says most about whose it is, then the kind of matter, then the
 * place. Two entries of one rank have one key.
 */
function rankOf(entry: EntryKey, matter: Matter): readonly [asset: number, category: number, area: number] {
  const place = matter.categories.indexOf(entry.category);
  return [
    entry.asset === '' ? 0 : matter.assets.length - matter.assets.indexOf(entry.asset),
    place === -1 ? 0 : matter.categories.length - place,
    depthOf(entry.area),
  ];
}

/** Entries that apply to the matter on a day, the one that decides first. The order depends on nothing else. */
export function responsibleOn(
  entries: readonly CatalogueEntry[],
  matter: Matter,
  day: string,
): readonly CatalogueEntry[] {
  const keys = new Set(keysFor(matter).map(keyOf));
  return entries
    .filter((entry) => keys.has(keyOf(entry)) && isValidOn(entry, day))
    .map((entry) => ({ entry, rank: rankOf(entry, matter) }))
    .sort((a, b) => compareRanks(b.rank, a.rank) || compareEntries(a.entry, b.entry))
    .map(({ entry }) => entry);
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((one, index) => one !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** Of two with one key, which the linter reports: a decision first, then the newer. */
function compareEntries(a: CatalogueEntry, b: CatalogueEntry): number {
  if (a.source !== b.source) return a.source === 'adjudication' ? -1 : 1;
  if (a.validFrom !== b.validFrom) return a.validFrom > b.validFrom ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
