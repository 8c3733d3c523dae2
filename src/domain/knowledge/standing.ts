import type { VersionState } from './version-table.ts';

/** Whether a version may be told to a citizen on a day, and if not, why. */
export type Standing = 'stands' | 'notYet' | 'expired' | 'withdrawn' | 'replaced' | 'unpublished';

export interface Dated {
  readonly state: VersionState;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/**
 * By its state and by the day, whichever says no: a version whose last day is over is refused from the next midnight on,
 * whether or not anybody has marked it as expired.
 */
export function standingOf({ state, validFrom, validTo }: Dated, day: string): Standing {
  switch (state) {
    case 'draft':
    case 'inCheck':
    case 'returned':
    case 'approved':
      return 'unpublished';
    case 'expired':
    case 'withdrawn':
    case 'replaced':
      return state;
    case 'published':
    case 'emergency':
      if (validTo !== null && validTo < day) return 'expired';
      return validFrom > day ? 'notYet' : 'stands';
    default:
      return state satisfies never;
  }
}

/** The version that is told on a day: the latest that stands. null: the entry has none. */
export function currentOf<V extends Dated & { readonly number: number }>(
  versions: readonly V[],
  day: string,
): V | null {
  return versions
    .filter((one) => standingOf(one, day) === 'stands')
    .reduce<V | null>((best, one) => (best === null || one.number > best.number ? one : best), null);
}

/** Told within its days, by its state alone. */
export const isTold = (state: VersionState): boolean => state === 'published' || state === 'emergency';

export interface Outdated<V> {
  readonly version: V;
  readonly move: 'replace' | 'expire';
}

/** Those whose place the current one has taken, and those whose last day is over: what is to be marked so. */
export function outdated<V extends Dated & { readonly number: number }>(
  versions: readonly V[],
  day: string,
): readonly Outdated<V>[] {
  const current = currentOf(versions, day);
  return versions.flatMap((version): readonly Outdated<V>[] => {
    if (!isTold(version.state)) return [];
    if (current !== null && version.number < current.number) return [{ version, move: 'replace' }];
    return standingOf(version, day) === 'expired' ? [{ version, move: 'expire' }] : [];
  });
}
