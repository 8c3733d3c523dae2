import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fact } from '../../app/ports/facts.ts';
import { readIfThere, writeAtomically } from './atomic-write.ts';

/** Where reading goes on: everything before is in the database. */
export interface Offset {
  readonly segment: number;
  readonly bytes: number;
}

const NAME = /^(\d{10})\.jsonl$/;
const OFFSET_FILE = 'offset.json';
/** As much as is read from the disk in one go; no line is longer. */
const READ_BYTES = 1 << 20;

export const segmentName = (segment: number): string => `${String(segment).padStart(10, '0')}.jsonl`;

export async function listSegments(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

export async function readOffset(folder: string): Promise<Offset> {
  const text = await readIfThere(join(folder, OFFSET_FILE));
  try {
    const { segment, bytes } = JSON.parse(text ?? '{}') as Partial<Offset>;
    if (Number.isInteger(segment) && Number.isInteger(bytes)) return { segment, bytes } as Offset;
  } catch {
    // Unreadable: all is written once more, which changes nothing there.
    return { segment: 0, bytes: 0 };
  }
  return { segment: 0, bytes: 0 };
}

export function writeOffset(folder: string, offset: Offset): Promise<void> {
  return writeAtomically(join(folder, OFFSET_FILE), JSON.stringify(offset));
}

export function removeSegment(folder: string, segment: number): Promise<void> {
  return rm(join(folder, segmentName(segment)), { force: true });
}

export interface Chunk {
  readonly facts: readonly Fact[];
  /** Behind the last whole line that was read. */
  readonly next: Offset;
  /** Lines that hold no fact: torn by a crash or a full disk. */
  readonly unreadable: number;
}

/** Up to `max` facts from the offset on. A last line without its end is left for the next time. */
export async function readChunk(folder: string, from: Offset, max: number): Promise<Chunk> {
  let file: FileHandle;
  try {
    file = await open(join(folder, segmentName(from.segment)), 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { facts: [], next: from, unreadable: 0 };
    throw error;
  }
  try {
    // Only what was read is looked at.
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    const { bytesRead } = await file.read(buffer, 0, READ_BYTES, from.bytes);
    const facts: Fact[] = [];
    let at = 0;
    let unreadable = 0;
    while (facts.length < max) {
      const end = buffer.subarray(0, bytesRead).indexOf(10, at);
      if (end === -1) break;
      const fact = parsed(buffer.toString('utf8', at, end));
      if (fact === null) unreadable += 1;
      else facts.push(fact);
      at = end + 1;
    }
    return { facts, next: { segment: from.segment, bytes: from.bytes + at }, unreadable };
  } finally {
    await file.close();
  }
}

function parsed(line: string): Fact | null {
  try {
    const value = JSON.parse(line) as Partial<Fact> | null;
    return typeof value?.id === 'string' && typeof value.type === 'string' ? (value as Fact) : null;
  } catch {
    return null;
  }
}
