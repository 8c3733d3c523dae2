import type { Line } from './configuration.ts';
import { lineOf, lineOfTelephone, type NumberIndex } from './number-index.ts';

/** What a chain of forwardings tells: from which number of ours the call came, and whether it was here before. */
export interface Trail {
  readonly line: Line;
  /** It came back from the telephone of a line's own unit. */
  readonly returned: boolean;
  /** A number stands in it twice, or 12345 itself does: the rest was not read. */
  readonly cut: boolean;
  /** How many numbers of ours stand in it. */
  readonly ours: number;
}

/**
 * Walks a chain back, latest forwarding first, to what was dialled first, and stops where it bites its own tail. Null
 * when no number of ours stands in it. `endsHere`: its latest entry may be the main number itself, where the call is now.
 */
export function walkTrail(
  index: NumberIndex,
  latestFirst: readonly string[],
  day: string,
  { endsHere }: { readonly endsHere: boolean },
): Trail | null {
  const seen = new Set<string>();
  const found: Line[] = [];
  let cut = false;
  let returned: Line | undefined;
  for (const [position, number] of latestFirst.entries()) {
    if (endsHere && position === 0 && number === index.main) continue;
    if (seen.has(number) || number === index.main) {
      cut = true;
      break;
    }
    seen.add(number);
    const line = lineOf(index, number, day);
    if (line !== undefined) found.push(line);
    else returned ??= lineOfTelephone(index, number, day);
  }
  const line = returned ?? found.at(-1);
  if (line === undefined) return null;
  return { line, returned: returned !== undefined, cut, ours: found.length };
}

/** Whether the chain runs through the telephone of the unit that `number` rings: it must not be rung again. */
export function cameFromUnit(index: NumberIndex, trail: readonly string[], number: string): boolean {
  return trail.some((one) => index.units.get(one)?.includes(number));
}
