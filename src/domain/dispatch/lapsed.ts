import { addDays } from '../hotlines/register/period.ts';
import { byKey, type CatalogueEntry, chainOf, isValidOn, keyOf } from './entry.ts';
import { responsibleOn } from './responsible.ts';

/** An entry that ended longer ago is history: whoever meant it to go on would have missed it by now. */
export const LAPSED_WITHIN_DAYS = 60;

/** An entry whose last day is over, and no other of its key stands in its place today. */
export interface LapsedEntry {
  readonly entry: CatalogueEntry;
  /** Who answers for its matter now, by a wider entry; null: nobody. */
  readonly fallsTo: string | null;
}

/** `above`: of each category the one that it lies in. The latest to lapse first, then by key. */
export function lapsedEntries(
  entries: readonly CatalogueEntry[],
  above: ReadonlyMap<string, string | null>,
  day: string,
): readonly LapsedEntry[] {
  const since = addDays(day, -LAPSED_WITHIN_DAYS);
  const lapsed = [...byKey(entries).values()].flatMap((ofKey) => {
    if (ofKey.some((one) => isValidOn(one, day))) return [];
    const last = ofKey
      .filter(({ validTo }) => validTo !== null && validTo < day && validTo >= since)
      .sort((one, other) => ((one.validTo ?? '') < (other.validTo ?? '') ? 1 : -1))[0];
    return last === undefined ? [] : [last];
  });
  return lapsed
    .map((entry) => ({
      entry,
      fallsTo: responsibleOn(entries, matterOf(entry, above), day)[0]?.leadUnit ?? null,
    }))
    .sort(
      (one, other) =>
        compare(other.entry.validTo ?? '', one.entry.validTo ?? '') ||
        compare(keyOf(one.entry), keyOf(other.entry)),
    );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function matterOf({ area, category, asset }: CatalogueEntry, above: ReadonlyMap<string, string | null>) {
  const categories: string[] = [];
  for (let code: string | null = category; code !== null && code !== ''; code = above.get(code) ?? null) {
    // A list that somebody bent into a ring has an end all the same.
    if (categories.includes(code)) break;
    categories.push(code);
  }
  return { categories, areas: chainOf(area), assets: asset === '' ? [] : [asset] };
}
