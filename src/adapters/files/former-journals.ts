import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readIfThere } from './atomic-write.ts';
import type { Letter } from './house-lines.ts';
import { journalFiles } from './journal-files.ts';

/** A release of before had a file for each room, with a line for each change. */
const FILES: Readonly<Record<string, string>> = {
  calls: 'calls.jsonl',
  callbacks: 'callbacks.jsonl',
  presence: 'presence.jsonl',
  callerHours: 'caller-hours.jsonl',
  tallies: 'tallies.jsonl',
};

export interface FormerJournals {
  readonly rooms: ReadonlyMap<string, readonly unknown[]>;
  readonly letters: readonly Letter[];
  /** Once all of it stands in the new file. */
  remove(): Promise<void>;
}

/** What call control of an earlier release left, so that an update loses no call that is going on. */
export async function readFormerJournals(
  besides: string,
  generation: number,
  keyOf: (room: string, value: unknown) => string | null,
): Promise<FormerJournals> {
  const rooms = new Map<string, readonly unknown[]>();
  const letters: Letter[] = [];
  const found: string[] = [];
  for (const [room, file] of Object.entries(FILES)) {
    const paths = await journalFiles(join(dirname(besides), file), generation);
    found.push(...paths);
    const text = paths[0] === undefined ? '' : ((await readIfThere(paths[0])) ?? '');
    const values = new Map<string, unknown>();
    for (const line of text.split('\n')) {
      const { put, drop, with: letter } = read(line);
      if (letter !== undefined) letters.push(letter);
      if (typeof drop === 'string') values.delete(drop);
      const key = put === undefined ? null : keyOf(room, put);
      if (key !== null) values.set(key, put);
    }
    rooms.set(room, [...values.values()]);
  }
  return {
    rooms,
    letters,
    remove: async () => {
      for (const path of found) await rm(path, { force: true });
    },
  };
}

function read(line: string): { readonly put?: unknown; readonly drop?: unknown; readonly with?: Letter } {
  try {
    return (JSON.parse(line) ?? {}) as object;
  } catch {
    // Torn by a crash: the line before it counts.
    return {};
  }
}
