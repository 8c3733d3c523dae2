import type { Fact } from '../../app/ports/facts.ts';
import type { HouseChanges } from '../../app/ports/house-mirror.ts';

/** Facts on their way, as they travel with the changes that they tell of. */
export interface Letter {
  readonly told: readonly Fact[];
  /** So many of all facts in this file, from its beginning, are in the spool for certain. */
  readonly handed: number;
}

/** One turn as it stands in the file: ONE line, so that a crash in the middle of writing leaves all of it or nothing. */
export interface HouseLine {
  readonly turn: number;
  readonly with?: Letter;
  readonly put: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly drop: Readonly<Record<string, readonly string[]>>;
}

/** From texts that are JSON already: what a turn changes is spelt once, for the file and for the mirror. */
export function lineOf(turn: number, changes: HouseChanges, letter: Letter | null): string {
  const put: string[] = [];
  const drop: string[] = [];
  for (const [room, values] of changes) {
    const name = JSON.stringify(room);
    const kept = [...values].flatMap(([key, text]) =>
      text === null ? [] : [`${JSON.stringify(key)}:${text}`],
    );
    const gone = [...values].flatMap(([key, text]) => (text === null ? [JSON.stringify(key)] : []));
    if (kept.length > 0) put.push(`${name}:{${kept.join(',')}}`);
    if (gone.length > 0) drop.push(`${name}:[${gone.join(',')}]`);
  }
  const letterText = letter === null ? '' : `"with":${JSON.stringify(letter)},`;
  return `{"turn":${turn},${letterText}"put":{${put.join(',')}},"drop":{${drop.join(',')}}}\n`;
}

/** Null: torn by a crash, or none of ours. */
export function readLine(text: string): HouseLine | null {
  try {
    const line = JSON.parse(text) as Partial<HouseLine> | null;
    const whole =
      typeof line?.turn === 'number' && typeof line.put === 'object' && typeof line.drop === 'object';
    return whole ? (line as HouseLine) : null;
  } catch {
    return null;
  }
}
