import { addDays } from '../hotlines/register/period.ts';

/** By whom an entry came: the catalogue's editors, or a decision on whose a matter is (裁定). */
export const ENTRY_SOURCES = ['catalogue', 'adjudication'] as const;
export type EntrySource = (typeof ENTRY_SOURCES)[number];

/** Where, what kind of matter, and about which thing. An empty one is any. */
export interface EntryKey {
  /** A path: `juegang.yudang` lies in `juegang`. */
  readonly area: string;
  readonly category: string;
  readonly asset: string;
}

/** 派单目录: who answers for a kind of matter from a day to a day, both included; null: without an end. */
export interface CatalogueEntry extends EntryKey {
  readonly id: string;
  readonly leadUnit: string;
  readonly assistUnits: readonly string[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly source: EntrySource;
  /** The number of the decision; empty for the catalogue's own. */
  readonly sourceRef: string;
  /** The paper it rests on: 三定方案, 权责清单, minutes. */
  readonly basis: string;
}

export const keyOf = ({ area, category, asset }: EntryKey): string => `${area}|${category}|${asset}`;

export const isValidOn = (entry: Pick<CatalogueEntry, 'validFrom' | 'validTo'>, day: string): boolean =>
  entry.validFrom <= day && (entry.validTo === null || entry.validTo >= day);

/** The path itself and all it lies in, the nearest first: `a.b.c`, `a.b`, `a`. */
export function chainOf(path: string): readonly string[] {
  const parts = path.split('.');
  return path === '' ? [] : parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
}

export const depthOf = (path: string): number => chainOf(path).length;

export const dayBefore = (day: string): string => addDays(day, -1);
export const dayAfter = (day: string): string => addDays(day, 1);

/** What an edit takes out of the catalogue and puts in; together they are one version. */
export interface CatalogueChange {
  readonly removed: readonly CatalogueEntry[];
  readonly added: readonly CatalogueEntry[];
}

/**
 * Puts an entry in among those of its key so that no day has two: what stood there ends the day before, and goes on
 * the day after when it outlasts the new one. The days outside the new entry's keep their unit.
 */
export function placeEntry(
  ofKey: readonly CatalogueEntry[],
  entry: CatalogueEntry,
  newId: () => string,
): CatalogueChange {
  const { validFrom, validTo } = entry;
  const removed = ofKey.filter(
    (one) =>
      (validTo === null || one.validFrom <= validTo) && (one.validTo === null || one.validTo >= validFrom),
  );
  const rests = removed.flatMap((one) => {
    const before = one.validFrom < validFrom ? [{ ...one, id: newId(), validTo: dayBefore(validFrom) }] : [];
    const outlasts = validTo !== null && (one.validTo === null || one.validTo > validTo);
    const after = outlasts ? [{ ...one, id: newId(), validFrom: dayAfter(validTo) }] : [];
    return [...before, ...after];
  });
  return { removed, added: [...rests, entry] };
}

/** The entries of each key: what is asked about one matter looks at its keys and at no other entry. */
export function byKey(entries: readonly CatalogueEntry[]): ReadonlyMap<string, readonly CatalogueEntry[]> {
  const found = new Map<string, CatalogueEntry[]>();
  for (const entry of entries) {
    const known = found.get(keyOf(entry));
    if (known === undefined) found.set(keyOf(entry), [entry]);
    else known.push(entry);
  }
  return found;
}
