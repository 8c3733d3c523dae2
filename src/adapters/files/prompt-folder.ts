import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BY_HAND, type PromptStore, SHELF_NAMES, WORDS } from '../../app/ports/prompts.ts';
import { plainName } from '../../domain/ivr/words-spoken.ts';

/** Letters, digits, dash, and the mark of exact words: nothing that leads out of the folder. */
const NAME = /^[a-z0-9][a-z0-9-]{0,63}(@[0-9a-f]{16})?$/;

/** Whatever words a version of the rules has: what somebody recorded or wrote under the name is heard before them. */
const BEFORE_WORDS = [SHELF_NAMES[0], BY_HAND, SHELF_NAMES[1]] as const;
/** What the product itself speaks. */
const OWN = '';
const EXPIRY_FILE = 'expires.json';

/**
 * Prompts as WAV files: an upload wins over what lies in `recorded/` by hand, that over what is generated. Words of a
 * version (`NAME@HASH`) are those words or none: others under that name may no longer hold. Looked up at each use, so that an upload counts from the next call on, and what has expired is played no more, whoever is away.
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
      const plain = plainName(name);
      for (const shelf of BEFORE_WORDS) {
        if (!existsSync(join(folder, shelf, `${plain}.wav`))) continue;
        if ((endsOf(shelf)[plain] ?? Number.POSITIVE_INFINITY) <= now()) continue;
        return { kind: 'file', path: join(seenBySwitch, shelf, plain) };
      }
      const last = plain === name ? OWN : WORDS;
      if (!existsSync(join(folder, last, `${name}.wav`))) return null;
      return { kind: 'file', path: join(seenBySwitch, last, name) };
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
