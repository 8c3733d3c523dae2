import { type CatalogueChange, type CatalogueEntry, dayBefore, keyOf } from './entry.ts';

/** What a code of the catalogue becomes on a day; several rows of one `from` split it. */
export interface CodeStep {
  readonly from: string;
  readonly to: string;
  readonly main: boolean;
}

export type FollowedKind = 'category' | 'area' | 'unit';

/** Two that came to answer for one matter, since their codes were merged; the first stands. */
export interface MergedUnits {
  readonly stands: CatalogueEntry;
  readonly gaveWay: CatalogueEntry;
}

/**
 * The catalogue after its codes became others on `day`: what stood under an old code ends the day before and goes on under
 * each of the new ones. Whoever entered the new code beforehand is not overruled. Where a merger brings two units to one
 * matter a decision stands before the catalogue's own, and what began later before what is older.
 */
export function followCodes(
  entries: readonly CatalogueEntry[],
  kind: FollowedKind,
  steps: readonly CodeStep[],
  day: string,
  newId: () => string,
): CatalogueChange & { readonly merged: readonly MergedUnits[] } {
  const next = new Map<string, CodeStep[]>();
  for (const step of steps) next.set(step.from, [...(next.get(step.from) ?? []), step]);
  const moves = (code: string): boolean => next.get(code)?.some(({ to }) => to !== code) ?? false;
  const touched = entries.filter((entry) => {
    if (entry.validTo !== null && entry.validTo < day) return false;
    if (kind === 'unit') return [entry.leadUnit, ...entry.assistUnits].some(moves);
    return moves(entry[kind]);
  });
  const removed = new Set<CatalogueEntry>();
  const added: CatalogueEntry[] = [];
  const merged: MergedUnits[] = [];
  const taken = new Map<string, CatalogueEntry>();
  const untouched = entries.filter((entry) => !touched.includes(entry) && (entry.validTo ?? day) >= day);
  const there = new Map(untouched.map((entry) => [keyOf(entry), entry]));
  for (const entry of touched.toSorted(firstStands)) {
    removed.add(entry);
    if (entry.validFrom < day) added.push({ ...entry, id: newId(), validTo: dayBefore(day) });
    for (const successor of successorsOf(entry, kind, next)) {
      const follower = {
        ...successor,
        id: newId(),
        validFrom: entry.validFrom < day ? day : entry.validFrom,
      };
      const key = keyOf(follower);
      if (kind !== 'unit' && isBeside(there.get(key), follower)) continue;
      const before = taken.get(key);
      if (kind === 'unit' || !isBeside(before, follower)) {
        taken.set(key, follower);
        added.push(follower);
      } else if (before.leadUnit !== follower.leadUnit) merged.push({ stands: before, gaveWay: follower });
    }
  }
  return { removed: [...removed], added, merged };
}

/** Of the same key, and not one after the other. */
function isBeside(before: CatalogueEntry | undefined, entry: CatalogueEntry): before is CatalogueEntry {
  return before !== undefined && (before.validTo === null || before.validTo >= entry.validFrom);
}

function firstStands(a: CatalogueEntry, b: CatalogueEntry): number {
  if (a.source !== b.source) return a.source === 'adjudication' ? -1 : 1;
  if (a.validFrom !== b.validFrom) return a.validFrom > b.validFrom ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function successorsOf(
  entry: CatalogueEntry,
  kind: FollowedKind,
  next: ReadonlyMap<string, readonly CodeStep[]>,
): readonly CatalogueEntry[] {
  const of = (code: string): readonly CodeStep[] => next.get(code) ?? [{ from: code, to: code, main: true }];
  if (kind !== 'unit') return of(entry[kind]).map(({ to }) => ({ ...entry, [kind]: to }));
  const mainOf = (code: string): string => of(code).find(({ main }) => main)?.to ?? code;
  const leadUnit = mainOf(entry.leadUnit);
  const assistUnits = [...new Set(entry.assistUnits.flatMap((one) => of(one).map(({ to }) => to)))];
  return [{ ...entry, leadUnit, assistUnits: assistUnits.filter((one) => one !== leadUnit) }];
}
