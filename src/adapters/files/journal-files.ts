import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const SUFFIX = '.jsonl';
/** So that names sort as numbers do. */
const DIGITS = 12;

/** The file of one term: `NAME-GENERATION.jsonl`; `NAME.jsonl` without one, as a release of before has it. */
export function journalFile(path: string, generation: number): string {
  if (generation === 0) return path;
  return `${path.slice(0, -SUFFIX.length)}-${String(generation).padStart(DIGITS, '0')}${SUFFIX}`;
}

/** The files of this journal up to this term, the latest first. */
export async function journalFiles(path: string, generation: number): Promise<string[]> {
  const name = basename(path, SUFFIX);
  const stem = (file: string): string => file.slice(0, -SUFFIX.length);
  const last = stem(journalFile(path, generation));
  return (await readdir(dirname(path)))
    .filter((file) => new RegExp(`^${name}(-\\d{${DIGITS}})?\\.jsonl$`).test(file))
    .map((file) => join(dirname(path), file))
    .filter((file) => stem(file) <= last)
    .sort((a, b) => (stem(a) < stem(b) ? 1 : -1));
}

/** Of the term whose file this is; 0 without one. */
export function generationOf(path: string): number {
  return Number(new RegExp(`-(\\d{${DIGITS}})\\.jsonl$`).exec(path)?.[1] ?? 0);
}
