import { type Finding, type Line, numberOf, type Rules } from '../../rules/shapes.ts';
import { hasEnded } from './line-edit.ts';

/** A number with its periods in force and, beside them, as a draft would have them. */
interface LineRow {
  readonly id: string;
  readonly name: string;
  readonly unitName: string;
  readonly now: readonly Line[];
  readonly ahead: readonly Line[];
  readonly changed: boolean;
  readonly findings: readonly Finding[];
}

function byNumber(lines: readonly Line[]): ReadonlyMap<string, Line[]> {
  const found = new Map<string, Line[]>();
  for (const line of [...lines].sort((a, b) => a.validFrom.localeCompare(b.validFrom))) {
    const known = found.get(line.number);
    if (known === undefined) found.set(line.number, [line]);
    else known.push(line);
  }
  return found;
}

/** One row a number, in the order of the register; without a draft `ahead` is as `now`. */
export function rowsOf(
  inForce: Rules,
  draft: Rules | null,
  findings: readonly Finding[],
  today: string,
): LineRow[] {
  const now = byNumber(inForce.lines);
  const then = draft === null ? now : byNumber(draft.lines);
  const told = new Map<string, Finding[]>();
  for (const one of findings) {
    if (one.place.thing !== 'line') continue;
    const number = numberOf(one.place.key);
    told.set(number, [...(told.get(number) ?? []), one]);
  }
  const going = (lines: readonly Line[]): Line[] => lines.filter((line) => !hasEnded(line, today));
  return [...new Set([...now.keys(), ...then.keys()])].map((number) => {
    const [held, wanted] = [now.get(number) ?? [], then.get(number) ?? []];
    const last = wanted.at(-1) ?? held.at(-1);
    return {
      id: number,
      name: last?.name ?? '',
      unitName: last?.unitName ?? '',
      now: going(held),
      ahead: going(wanted),
      changed: held !== wanted && JSON.stringify(held) !== JSON.stringify(wanted),
      findings: told.get(number) ?? [],
    };
  });
}

/** What somebody types, found in number, name, unit, mode. */
export function fits(row: LineRow, wanted: string, modeName: (mode: Line['mode']) => string): boolean {
  const text = wanted.trim().toLowerCase();
  if (text === '') return true;
  const modes = [...row.now, ...row.ahead].map(({ mode }) => modeName(mode));
  return [row.id, row.name, row.unitName, ...modes].some((one) => one.toLowerCase().includes(text));
}
