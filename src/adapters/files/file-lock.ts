import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/**
 * Locks that the kernel keeps for an open file and takes back when its process ends, however that ends: nobody can
 * hold one and be dead. `flock` is handed our own descriptor, so the lock is ours and not the short-lived helper's.
 */
export interface FileLock {
  release(): void;
}

const TAKEN = 75;

/**
 * Null: another process has it, and did not let go within `waitS` seconds. Rejects when it cannot be told (no `flock`,
 * no right to the file).
 */
export async function tryFileLock(path: string, waitS = 0): Promise<FileLock | null> {
  const fd = openSync(path, 'a', 0o600);
  try {
    const code = await ended(flock(fd, ['-w', String(waitS), '-E', String(TAKEN)]));
    if (code === 0) return { release: () => closeSync(fd) };
    if (code !== TAKEN) throw new Error(`flock ended with ${code}`);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  closeSync(fd);
  return null;
}

/** Calls `free` once when whoever has the lock lets go of it, or dies; returns how to look away again. */
export function watchFileLock(path: string, free: () => void): () => void {
  const fd = openSync(path, 'a', 0o600);
  const child = flock(fd, []);
  let over = false;
  const finish = (): void => {
    if (over) return;
    over = true;
    closeSync(fd);
  };
  ended(child).then(
    (code) => {
      const gotIt = code === 0 && !over;
      finish();
      if (gotIt) free();
    },
    () => finish(),
  );
  return () => {
    finish();
    child.kill('SIGKILL');
  };
}

function flock(fd: number, options: readonly string[]): ChildProcess {
  return spawn('flock', ['-x', ...options, '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code));
  });
}
