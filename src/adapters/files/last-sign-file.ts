import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LastSign } from '../../app/ports/last-sign.ts';
import type { Log } from '../../app/ports/log.ts';
import { readIfThere, writeAtomically } from './atomic-write.ts';

/** A file with one number. One that cannot be read counts as none: a start never fails for it. */
export function lastSignFile(path: string, log: Log, holds: () => boolean = () => true): LastSign {
  return {
    async read() {
      try {
        const text = await readIfThere(path);
        if (text === null) return null;
        if (/^\d{1,16}$/.test(text.trim())) return Number(text);
        log.warn({ path }, 'the last sign of life is no time');
      } catch (err) {
        log.warn({ err, path }, 'the last sign of life cannot be read');
      }
      return null;
    },
    async write(atMs) {
      if (!holds()) return;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeAtomically(path, String(Math.floor(atMs)));
    },
  };
}
