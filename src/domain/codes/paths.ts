import type { CodeMapping } from './code-list.ts';

/** One edition as the way of a code is followed through it: what stands in it, and what came of those before. */
export interface EditionLink {
  readonly number: number;
  readonly codes: ReadonlySet<string>;
  /** From the edition before it. */
  readonly mapping: readonly CodeMapping[];
}

export interface CodePath {
  readonly code: string;
  /** Where it counts while nobody knows which of several it is. */
  readonly main: boolean;
}

/** What became of a code along these editions, the oldest first; a code that nobody mapped stays what it is. */
export function followOn(code: string, links: readonly EditionLink[]): readonly CodePath[] {
  let paths: readonly CodePath[] = [{ code, main: true }];
  for (const { mapping } of links) {
    paths = merged(
      paths.flatMap((path) => {
        const next = mapping.filter(({ from }) => from === path.code);
        if (next.length === 0) return [path];
        return next.map(({ to, main }) => ({
          code: to,
          main: path.main && (main || next.length === 1),
        }));
      }),
    );
  }
  return paths;
}

/** Two ways that meet again are one. */
function merged(paths: readonly CodePath[]): readonly CodePath[] {
  const byCode = new Map<string, boolean>();
  for (const { code, main } of paths) byCode.set(code, (byCode.get(code) ?? false) || main);
  return [...byCode].map(([code, main]) => ({ code, main }));
}

/** Which codes of an older edition a code can have come from; `links`: those after the older one, the oldest first. */
export function followBack(
  code: string,
  older: EditionLink,
  links: readonly EditionLink[],
): readonly string[] {
  let codes: readonly string[] = [code];
  for (let at = links.length - 1; at >= 0; at -= 1) {
    const link = links[at];
    const before = links[at - 1] ?? older;
    if (link === undefined) continue;
    codes = [...new Set(codes.flatMap((one) => beforeOf(one, link, before)))];
  }
  return codes.filter((one) => older.codes.has(one));
}

function beforeOf(code: string, link: EditionLink, before: EditionLink): readonly string[] {
  const mapped = link.mapping.filter(({ to }) => to === code).map(({ from }) => from);
  const wentElsewhere = link.mapping.some(({ from }) => from === code);
  return before.codes.has(code) && !wentElsewhere ? [code, ...mapped] : mapped;
}

/**
 * Where something that bears a code of its day is counted in another edition:
 *
 *   one    there; `sure` is false where the code was split and it counts with the main part
 *   among  it was one of these, and nothing says which: several were merged since
 *   none   nothing in that edition corresponds to it
 */
export type PlaceInList =
  | { readonly kind: 'one'; readonly code: string; readonly sure: boolean }
  | { readonly kind: 'among'; readonly codes: readonly string[] }
  | { readonly kind: 'none' };

/** `history`: every edition that was or is in force, and the asked one, in order. Null where one of the two is none of it. */
export function placeIn(
  code: string,
  { from, to }: { readonly from: number; readonly to: number },
  history: readonly EditionLink[],
): PlaceInList | null {
  const [start, end] = [from, to].map((number) => history.findIndex((one) => one.number === number));
  if (start === undefined || end === undefined || start === -1 || end === -1) return null;
  const target = history[end];
  if (target === undefined) return null;
  if (end < start) {
    const before = followBack(code, target, history.slice(end + 1, start + 1)).toSorted();
    const [only] = before;
    if (only === undefined) return { kind: 'none' };
    return before.length === 1 ? { kind: 'one', code: only, sure: true } : { kind: 'among', codes: before };
  }
  const after = followOn(code, history.slice(start + 1, end + 1)).filter((one) => target.codes.has(one.code));
  const main = after.find((one) => one.main);
  if (main === undefined) return { kind: 'none' };
  return { kind: 'one', code: main.code, sure: after.length === 1 };
}

/** Each code that ever stood and is something else today, with what it is; those that are themselves are left out. */
export function presentPaths(
  history: readonly EditionLink[],
): readonly { readonly code: string; readonly now: string; readonly main: boolean }[] {
  // A code that stood in several editions is what its last one says: what came back is itself again.
  const lastIn = new Map<string, number>();
  for (const [at, { codes }] of history.entries()) for (const code of codes) lastIn.set(code, at);
  return [...lastIn].flatMap(([code, at]) =>
    followOn(code, history.slice(at + 1))
      .filter((path) => path.code !== code)
      .map((path) => ({ code, now: path.code, main: path.main })),
  );
}
