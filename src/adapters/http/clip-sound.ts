import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stretch } from '../../domain/recordings/judge.ts';
import type { SoundPlace } from './sound-file.ts';

/** As recordings are kept: 8 kHz A-law, a header of 58 bytes. */
const RATE_HZ = 8_000;
const HEADER = 58;
const SILENT = 0xd5;

/**
 * A piece of a kept recording as a file of its own, made in memory (five minutes at most are five megabytes): nothing of
 * it stays anywhere. Null: the file is of another kind, or nothing of it is there.
 */
export async function pieceOf(
  { root, name }: SoundPlace,
  { fromMs, toMs }: Stretch,
  silent: readonly Stretch[],
): Promise<Buffer | null> {
  const file = await open(join(root, name), 'r');
  try {
    const header = Buffer.alloc(HEADER);
    const { bytesRead } = await file.read(header, 0, HEADER, 0);
    const channels = header.readUInt16LE(22);
    const isKept =
      bytesRead === HEADER &&
      header.toString('latin1', 0, 4) === 'RIFF' &&
      header.readUInt16LE(20) === 6 &&
      header.readUInt32LE(24) === RATE_HZ &&
      header.toString('latin1', 50, 54) === 'data' &&
      (channels === 1 || channels === 2);
    if (!isKept) return null;
    const at = (ms: number): number => Math.round((ms * RATE_HZ) / 1000) * channels;
    const data = Buffer.alloc(at(toMs) - at(fromMs));
    const read = await file.read(data, 0, data.length, HEADER + at(fromMs));
    const length = read.bytesRead - (read.bytesRead % channels);
    if (length === 0) return null;
    for (const stretch of silent) data.fill(SILENT, at(stretch.fromMs), Math.min(length, at(stretch.toMs)));
    header.writeUInt32LE(HEADER - 8 + length + (length % 2), 4);
    header.writeUInt32LE(length / channels, 46);
    header.writeUInt32LE(length, 54);
    return Buffer.concat([header, data.subarray(0, length), Buffer.alloc(length % 2)]);
  } finally {
    await file.close();
  }
}
