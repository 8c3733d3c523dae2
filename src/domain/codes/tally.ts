import type { CodeMapping } from './code-list.ts';
import { type EditionLink, placeIn } from './paths.ts';

/** Appeals that bear one code of one edition. */
export interface CodedCount {
  readonly code: string;
  /** The edition of their day. */
  readonly edition: number;
  readonly count: number;
  /** Of these, so many are 便民服务 and no appeals. */
  readonly convenience: number;
}

export interface CodeTally {
  /** Null: it was one of `among`, or nothing there corresponds to it. */
  readonly code: string | null;
  readonly count: number;
  /** Of these, so many count here only as the main part of what was split. */
  readonly unsure: number;
  /** Of these, so many are 便民服务 and no appeals: what is left adds up to the appeals. */
  readonly convenience: number;
  readonly among: readonly string[];
  /** What they bear that has no place there. */
  readonly without: readonly string[];
}

/** Counts by the codes of one edition, whichever edition each thing bears; the total is what came in. */
export function tally(
  counts: readonly CodedCount[],
  to: number,
  history: readonly EditionLink[],
): readonly CodeTally[] {
  return summed(
    counts.map(({ code, edition, count, convenience }): CodeTally => {
      const borne = { ...NOWHERE, count, convenience };
      const place = placeIn(code, { from: edition, to }, history) ?? { kind: 'none' as const };
      switch (place.kind) {
        case 'one':
          return { ...borne, code: place.code, unsure: place.sure ? 0 : count };
        case 'among':
          return { ...borne, among: place.codes };
        case 'none':
          return { ...borne, without: [code] };
        default:
          return place satisfies never;
      }
    }),
  );
}

const NOWHERE: CodeTally = { code: null, count: 0, unsure: 0, convenience: 0, among: [], without: [] };

/** Rows about the same are one; what came in comes out, the most first. */
function summed(rows: readonly CodeTally[]): readonly CodeTally[] {
  const sums = new Map<string, CodeTally>();
  for (const row of rows) {
    const key = JSON.stringify([row.code, row.among, row.without]);
    const known = sums.get(key);
    const { count, unsure, convenience } = known ?? NOWHERE;
    sums.set(key, {
      ...row,
      count: count + row.count,
      unsure: unsure + row.unsure,
      convenience: convenience + row.convenience,
    });
  }
  return [...sums.values()].toSorted(
    (a, b) => b.count - a.count || ((a.code ?? '~') < (b.code ?? '~') ? -1 : 1),
  );
}

/** The same by somebody else's list: as a code of ours is mapped, or the nearest that it lies under. */
export function talliedOutside(
  rows: readonly CodeTally[],
  mapping: readonly CodeMapping[],
  parentOf: ReadonlyMap<string, string | null>,
): readonly CodeTally[] {
  return summed(
    rows.map((row) => {
      if (row.code === null) return row;
      const ways = chainOf(row.code, parentOf)
        .map((code) => mapping.filter(({ from }) => from === code))
        .find((found) => found.length > 0);
      const main = ways?.find((one) => one.main) ?? ways?.[0];
      if (main === undefined) return { ...row, code: null, unsure: 0, without: [row.code] };
      return { ...row, code: main.to, unsure: ways?.length === 1 ? row.unsure : row.count };
    }),
  );
}

function chainOf(code: string | null, parentOf: ReadonlyMap<string, string | null>): readonly string[] {
  const chain: string[] = [];
  for (let at = code; at !== null && !chain.includes(at); at = parentOf.get(at) ?? null) chain.push(at);
  return chain;
}

/** The same counts by what lies under the top of the list, or directly under the code that is asked about. */
export function rolledUp(
  rows: readonly CodeTally[],
  parentOf: ReadonlyMap<string, string | null>,
  under: string | null,
): readonly CodeTally[] {
  return summed(
    rows.flatMap((row) => {
      const chain = chainOf(row.code, parentOf);
      if (under === null) return [{ ...row, code: chain.at(-1) ?? null }];
      const place = chain.indexOf(under);
      // What bears the code itself and none of those under it stands as it.
      return place === -1 ? [] : [{ ...row, code: chain[Math.max(0, place - 1)] ?? under }];
    }),
  );
}
