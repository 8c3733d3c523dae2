import { byKey, type CatalogueChange, type CatalogueEntry, keyOf, placeEntry } from './entry.ts';

/**
 * Puts several entries in one after the other. What the first puts in, the second may cut again: only what is there at
 * the end is added, and only what was there before is removed. An entry that changes nothing is none.
 */
export function applyEntries(
  current: readonly CatalogueEntry[],
  entries: readonly CatalogueEntry[],
  newId: () => string,
): CatalogueChange {
  const standing = new Map(byKey(current));
  for (const entry of entries) {
    const ofKey = standing.get(keyOf(entry)) ?? [];
    if (ofKey.some((one) => saysTheSame(one, entry))) continue;
    const { removed, added } = placeEntry(ofKey, entry, newId);
    standing.set(keyOf(entry), [...ofKey.filter((one) => !removed.includes(one)), ...added]);
  }
  const before = new Set(current);
  const after = new Set([...standing.values()].flat());
  return {
    removed: current.filter((one) => !after.has(one)),
    added: [...after].filter((one) => !before.has(one)),
  };
}

function saysTheSame(one: CatalogueEntry, other: CatalogueEntry): boolean {
  return (
    one.leadUnit === other.leadUnit &&
    one.assistUnits.join() === other.assistUnits.join() &&
    one.validFrom === other.validFrom &&
    one.validTo === other.validTo &&
    one.basis === other.basis &&
    one.source === other.source &&
    one.sourceRef === other.sourceRef
  );
}
