/** What is written down for a ticket before it is said: replies, plans, demands of supervision. */
export const DRAFT_KINDS = ['reply', 'internalReply', 'plan', 'demand'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];
export const DRAFT_LENGTH = 10_000;

export interface MergedDraft {
  readonly text: string;
  /** Places at which both changed the same lines otherwise: both are kept, one below the other, between marks. */
  readonly conflicts: number;
}

export const CONFLICT_MARKS = {
  theirs: '【同时修改：他人】',
  mine: '【同时修改：本人】',
  end: '【同时修改：完】',
} as const;

/**
 * Two texts that both began from a third, line by line: what one of them changed is changed, what both changed alike once. Nothing
 * that somebody wrote is lost.
 */
export function mergeDrafts(base: string, theirs: string, mine: string): MergedDraft {
  const [from, one, other] = [base.split('\n'), theirs.split('\n'), mine.split('\n')];
  const [inOne, inOther] = [matches(from, one), matches(from, other)];
  const merged: string[] = [];
  let conflicts = 0;
  let [b, o, m] = [0, 0, 0];
  while (b < from.length || o < one.length || m < other.length) {
    // The next line of the base that both have kept; what stands before it is what they did.
    let kept = b;
    while (kept < from.length && !(inOne.has(kept) && inOther.has(kept))) kept += 1;
    const [toOne, toOther] = [inOne.get(kept) ?? one.length, inOther.get(kept) ?? other.length];
    const was = from.slice(b, kept);
    const [his, own] = [one.slice(o, toOne), other.slice(m, toOther)];
    if (alike(his, own) || alike(own, was)) merged.push(...his);
    else if (alike(his, was)) merged.push(...own);
    else {
      conflicts += 1;
      merged.push(CONFLICT_MARKS.theirs, ...his, CONFLICT_MARKS.mine, ...own, CONFLICT_MARKS.end);
    }
    const line = from[kept];
    if (line !== undefined) merged.push(line);
    [b, o, m] = [kept + 1, toOne + 1, toOther + 1];
  }
  return { text: merged.join('\n'), conflicts };
}

type Lines = readonly string[];
const alike = (one: Lines, other: Lines): boolean =>
  one.length === other.length && one.every((line, at) => line === other[at]);

/** Pairs of lines that are compared: a thousand changed lines against a thousand. Ten thousand would take over a second. */
const COMPARED_AT_MOST = 1_000_000;

/**
 * Which line of the base stands where in a text that began from it: their longest common subsequence. What is rewritten beyond
 * measure between their common head and tail is another text.
 */
function matches(base: Lines, text: Lines): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const least = Math.min(base.length, text.length);
  let head = 0;
  while (head < least && base[head] === text[head]) {
    found.set(head, head);
    head += 1;
  }
  let tail = 0;
  while (tail < least - head && base.at(-1 - tail) === text.at(-1 - tail)) {
    tail += 1;
    found.set(base.length - tail, text.length - tail);
  }
  const [was, is] = [base.slice(head, base.length - tail), text.slice(head, text.length - tail)];
  if (was.length * is.length > COMPARED_AT_MOST) return found;
  for (const [row, column] of subsequence(was, is)) found.set(head + row, head + column);
  return found;
}

function subsequence(base: Lines, text: Lines): ReadonlyMap<number, number> {
  const width = text.length + 1;
  const longest = new Uint16Array((base.length + 1) * width);
  const at = (row: number, column: number): number => longest[row * width + column] ?? 0;
  for (let row = base.length - 1; row >= 0; row -= 1) {
    for (let column = text.length - 1; column >= 0; column -= 1) {
      longest[row * width + column] =
        base[row] === text[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const found = new Map<number, number>();
  let [row, column] = [0, 0];
  while (row < base.length && column < text.length) {
    if (base[row] === text[column]) {
      found.set(row, column);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return found;
}
