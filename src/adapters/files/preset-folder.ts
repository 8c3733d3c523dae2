import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { KEPT, type Kept, type Preset, type PresetShelf } from '../../app/ports/presets.ts';
import { readRulesFile } from '../../domain/hotlines/versions/rules-file.ts';

/** Beside the program, in the sources as in what is built of them. */
export const PRESETS_DIR = fileURLToPath(new URL('../../presets/', import.meta.url));
const NAMES = ['county-small', 'rudong-1+16+14', 'classic-menu'];

/** The presets that come with the product, read when they are first asked for. Throws where a file is not what it says. */
export function presetFolder(dir: string = PRESETS_DIR): PresetShelf {
  let read: readonly Preset[] | null = null;
  return {
    list() {
      read ??= NAMES.map((name) => presetIn(`${dir}/${name}.json`));
      return read;
    },
  };
}

function presetIn(path: string): Preset {
  const file = readRulesFile(JSON.parse(readFileSync(path, 'utf8')));
  if (file.kind === 'refused') throw new Error(`${path}: ${file.why} ${file.right}`);
  const { preset, title, description, day, keeps }: Readonly<Record<string, unknown>> = { ...file.from };
  const words = [preset, title, description, day];
  if (!words.every((word) => typeof word === 'string') || !Array.isArray(keeps) || !keeps.every(isKept)) {
    throw new Error(`${path}: "from" names preset, title, description, day and what the preset keeps`);
  }
  const [name = '', ...rest] = words as readonly string[];
  const [heading = '', says = '', begins = ''] = rest;
  return { name, title: heading, description: says, day: begins, keeps, rules: file.rules };
}

const isKept = (word: unknown): word is Kept => KEPT.some((one) => one === word);
