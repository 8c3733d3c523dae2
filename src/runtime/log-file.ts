import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs';

const MAX_BYTES = 20_000_000;
const KEPT = 3;

/** Moves a grown log aside. Copied and cut, not renamed: the child goes on adding to the file that it has open. */
export function rotateLog(path: string, maxBytes = MAX_BYTES): boolean {
  if (!existsSync(path) || statSync(path).size < maxBytes) return false;
  for (let index = KEPT - 1; index >= 1; index--) {
    if (existsSync(`${path}.${index}`)) renameSync(`${path}.${index}`, `${path}.${index + 1}`);
  }
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
  return true;
}

/** The last lines, for the message about a process that does not stay up. */
export function lastLines(path: string, count: number): readonly string[] {
  if (!existsSync(path)) return [];
  const { size } = statSync(path);
  const length = Math.min(size, 16_384);
  const buffer = Buffer.alloc(length);
  const fd = openSync(path, 'r');
  try {
    readSync(fd, buffer, 0, length, size - length);
  } finally {
    closeSync(fd);
  }
  return buffer
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .map((line) => line.slice(0, 300));
}
