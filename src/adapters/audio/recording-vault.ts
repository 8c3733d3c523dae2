import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../app/errors.ts';
import type { RecordingVault, SealedRecording } from '../../app/ports/recordings.ts';
import type { Stretch } from '../../domain/recordings/judge.ts';
import { AlawPress, alawHeader, RATE_HZ } from './alaw-file.ts';

/** Names are made by the dialplan and by us, and never of what a caller sent. */
const NAME = /^(?:\d{4}\/\d\d\/\d\d|messages)\/[A-Za-z0-9][A-Za-z0-9.-]{0,99}\.(?:raw|wav)$/;
const PIECE = 64 * 1024;
/** Read by the dialplan: see extensions.conf. */
const FULL_MARK = 'no-room';

/**
 * The files of recordings on the disk that the switch writes to. What is kept is written beside under a name of its
 * own, forced to the disk, and then takes its name: a process that dies leaves the old state or the new one.
 */
export function recordingVault(folder: string): RecordingVault {
  const place = (name: string): string => {
    if (!NAME.test(name)) throw new AppError('recording.nameInvalid', { name });
    return join(folder, name);
  };
  return {
    async look(name, now) {
      const found = await absentAs(null, stat(place(name)));
      return found === null ? null : { bytes: found.size, quietMs: Math.max(0, now - found.mtimeMs) };
    },

    async seal(source, target, blank) {
      const [from, to] = [place(source), place(target)];
      const input = await absentAs(null, open(from, 'r'));
      if (input === null) throw new AppError('recording.unreadable', { name: source });
      try {
        const sound = await soundIn(input, source);
        return from === to ? await measured(input, sound) : await pressed(input, sound, to, blank);
      } finally {
        await input.close();
      }
    },

    async discard(name) {
      await rm(place(name), { force: true });
    },

    async room() {
      const found = await absentAs(null, statfs(folder));
      if (found === null) return null;
      return { freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize };
    },

    async setFull(full) {
      const mark = join(folder, FULL_MARK);
      // Written anew: the dialplan goes by its age.
      if (full) await writeFile(mark, '');
      else await rm(mark, { force: true });
    },
  };
}

/** Where in the file 16-bit samples lie. `raw` is what MixMonitor writes: two channels and no header. */
interface Sound {
  readonly channels: number;
  readonly offset: number;
  /** Whole frames only: a switch that died may have left half of one. */
  readonly bytes: number;
  readonly frames: number;
}

async function soundIn(input: FileHandle, name: string): Promise<Sound> {
  const { size } = await input.stat();
  if (name.endsWith('.raw')) return soundAt(0, size, 2);
  const head = Buffer.alloc(44);
  const { bytesRead } = await input.read(head, 0, 44, 0);
  const isOurs =
    bytesRead === 44 &&
    head.toString('latin1', 0, 4) === 'RIFF' &&
    head.readUInt16LE(20) === 1 &&
    head.readUInt32LE(24) === RATE_HZ &&
    head.readUInt16LE(34) === 16 &&
    head.toString('latin1', 36, 40) === 'data';
  const channels = head.readUInt16LE(22);
  if (!isOurs || channels < 1 || channels > 2) throw new AppError('recording.unreadable', { name });
  // The length in the header is not true when the switch died; what is there counts.
  return soundAt(44, size, channels);
}

function soundAt(offset: number, size: number, channels: number): Sound {
  const frames = Math.floor(Math.max(0, size - offset) / (2 * channels));
  return { channels, offset, bytes: frames * 2 * channels, frames };
}

/** The samples in pieces, each of whole frames. */
async function* piecesOf(input: FileHandle, { offset, bytes }: Sound): AsyncGenerator<Buffer> {
  const piece = Buffer.alloc(PIECE);
  for (let at = 0; at < bytes; ) {
    const { bytesRead } = await input.read(piece, 0, Math.min(PIECE, bytes - at), offset + at);
    // Two channels of two bytes: pieces end between frames.
    const whole = bytesRead - (bytesRead % 4 === 0 || at + bytesRead === bytes ? 0 : bytesRead % 4);
    if (whole === 0) throw new AppError('recording.unreadable', {});
    yield piece.subarray(0, whole);
    at += whole;
  }
}

async function pressed(
  input: FileHandle,
  sound: Sound,
  target: string,
  blank: readonly Stretch[],
): Promise<SealedRecording> {
  const beside = `${target}.${process.pid}.new`;
  const press = new AlawPress(sound.channels, blank);
  const hash = createHash('sha256');
  const header = alawHeader(sound.channels, sound.frames);
  try {
    await mkdir(dirname(target), { recursive: true });
    const output = await open(beside, 'w', 0o640);
    let bytes = 0;
    const write = async (part: Uint8Array): Promise<void> => {
      hash.update(part);
      bytes += part.length;
      await output.writeFile(part);
    };
    try {
      await write(header);
      for await (const piece of piecesOf(input, sound)) await write(press.press(piece));
      if ((bytes - header.length) % 2 === 1) await write(new Uint8Array(1));
      await output.sync();
    } finally {
      await output.close();
    }
    await rename(beside, target);
    await syncFolder(dirname(target));
    return {
      channels: sound.channels,
      bytes,
      sha256: hash.digest(),
      durationMs: Math.round((press.frames * 1000) / RATE_HZ),
      heardMs: press.heardMs,
    };
  } catch (error) {
    await rm(beside, { force: true });
    if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') {
      throw new AppError('recording.noRoom', {}, undefined, { cause: error });
    }
    throw error;
  }
}

/** Stays as it is: the hash is of the whole file. */
async function measured(input: FileHandle, sound: Sound): Promise<SealedRecording> {
  const hash = createHash('sha256');
  const head = Buffer.alloc(sound.offset);
  await input.read(head, 0, sound.offset, 0);
  hash.update(head);
  const press = new AlawPress(sound.channels, []);
  for await (const piece of piecesOf(input, sound)) {
    hash.update(piece);
    press.press(piece);
  }
  const bytes = sound.offset + sound.bytes;
  const { size } = await input.stat();
  if (size > bytes) {
    const rest = Buffer.alloc(size - bytes);
    await input.read(rest, 0, rest.length, bytes);
    hash.update(rest);
  }
  return {
    channels: sound.channels,
    bytes: size,
    sha256: hash.digest(),
    durationMs: Math.round((press.frames * 1000) / RATE_HZ),
    heardMs: press.heardMs,
  };
}

/** A name that is not forced to the disk may be gone after a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

async function absentAs<T, N>(nothing: N, work: Promise<T>): Promise<T | N> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return nothing;
    throw error;
  }
}
