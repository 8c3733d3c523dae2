import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { Setback, writingSetback } from './setback.ts';

/** ~/.cache/yihaotong, or what stands in for it when there is no usable home (a system account, say). */
export function cacheFolder(project: string, say: (line: string) => void): string {
  const named = process.env.YIHAOTONG_CACHE;
  if (named !== undefined && named !== '') {
    if (!isAbsolute(named)) {
      throw new Setback('cache.relative', `YIHAOTONG_CACHE is "${named}".`, 'It must be an absolute path.');
    }
    const error = unwritable(named);
    if (error !== null) throw writingSetback(error, named);
    return named;
  }
  const base = process.env.XDG_CACHE_HOME || join(home(), '.cache');
  const usual = join(base, 'yihaotong');
  if (isAbsolute(usual) && unwritable(usual) === null) return usual;
  const instead = join(project, 'node_modules/.cache/yihaotong');
  say(`${usual} cannot be written: the programs go to ${instead}`);
  const error = unwritable(instead);
  if (error !== null) throw writingSetback(error, instead);
  return instead;
}

function home(): string {
  try {
    // Without HOME this asks the account database.
    return homedir();
  } catch {
    return '';
  }
}

function unwritable(folder: string): unknown {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    accessSync(folder, constants.W_OK);
    return null;
  } catch (error) {
    return error ?? new Error('unwritable');
  }
}
