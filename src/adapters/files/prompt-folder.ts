import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type PromptStore, SHELF_NAMES } from '../../app/ports/prompts.ts';

/** Letters, digits, dash: nothing that leads out of the folder. */
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Shelves in the order in which they are looked through; the last is what the product itself speaks. */
const PLACES = [SHELF_NAMES[0], 'recorded', ...SHELF_NAMES.slice(1), ''] as const;
const EXPIRY_FILE = 'expires.json';

/**
 * Prompts as WAV files: an upload wins over what lies in `recorded/` by hand, that over what is generated. Looked up at
 * each use, so that an upload counts from the next call on, and what has expired is played no more, whoever is away.
 * `seenBySwitch` is where the switch finds `folder`.
 */
export function promptFolder(
  folder: string,
  seenBySwitch: string,
  now: () => number = Date.now,
): PromptStore {
  const expiries = new Map<
    string,
    { readonly readAtMs: number; readonly ends: Readonly<Record<string, number>> }
  >();
  const endsOf = (shelf: string): Readonly<Record<string, number>> => {
    const path = join(folder, shelf, EXPIRY_FILE);
    const changedAtMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (changedAtMs === undefined) return {};
    const known = expiries.get(shelf);
    if (known?.readAtMs === changedAtMs) return known.ends;
    const ends = readEnds(path);
    expiries.set(shelf, { readAtMs: changedAtMs, ends });
    return ends;
  };
  return {
    media(name) {
      if (!NAME.test(name)) return null;
      for (const shelf of PLACES) {
        if (!existsSync(join(folder, shelf, `${name}.wav`))) continue;
        if ((endsOf(shelf)[name] ?? Number.POSITIVE_INFINITY) <= now()) continue;
        return { kind: 'file', path: join(seenBySwitch, shelf, name) };
      }
      return null;
    },
  };
}

function readEnds(path: string): Readonly<Record<string, number>> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>;
  } catch {
    // Gone or damaged: what is there is played; whoever fills the shelf writes it anew.
    return {};
  }
}
