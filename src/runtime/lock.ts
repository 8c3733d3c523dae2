import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Setback, writingSetback } from './setback.ts';

/** Held by the kernel for as long as this process lives: neither kill -9 nor a power cut leaves it locked. */
export interface Lock {
  release(): void;
}

/**
 * Takes the lock, or answers null when another process has it. `flock` is handed our own descriptor: the lock
 * belongs to the open file, not to the short-lived helper, and children do not inherit it (close-on-exec).
 */
export function tryLock(path: string, note: string): Lock | null {
  const fd = open(path);
  const { status, error } = spawnSync('flock', ['-n', '-x', '3'], {
    stdio: ['ignore', 'ignore', 'pipe', fd],
  });
  if (error !== undefined || status === null) {
    closeSync(fd);
    throw new Setback(
      'lock.noTool',
      'The program "flock" is missing.',
      'Install it (Debian: apt install util-linux), or use: docker compose up',
      { cause: error },
    );
  }
  if (status !== 0) {
    closeSync(fd);
    return null;
  }
  ftruncateSync(fd, 0);
  writeSync(fd, note);
  return { release: () => closeSync(fd) };
}

/** Waits without a limit, telling once whom it waits for. */
export async function waitLock(path: string, note: string, onWait: (holder: string) => void): Promise<Lock> {
  let told = false;
  for (;;) {
    const lock = tryLock(path, note);
    if (lock !== null) return lock;
    if (!told) onWait(lockNote(path));
    told = true;
    await wait(300);
  }
}

export function lockNote(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function open(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'a+', 0o600);
  } catch (error) {
    throw writingSetback(error, path);
  }
}
