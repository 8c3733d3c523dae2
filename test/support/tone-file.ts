import { writeFile } from 'node:fs/promises';
import { decodeAlaw, SAMPLE_RATE } from '../../src/demo/sound/alaw.ts';

/** A WAV file, 8 kHz, 16 bits, one channel, of one tone. */
export async function writeTone(path: string, hz: number, ms: number): Promise<void> {
  const count = (SAMPLE_RATE * ms) / 1000;
  const file = Buffer.alloc(44 + 2 * count);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + 2 * count, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(2 * SAMPLE_RATE, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(2 * count, 40);
  for (let at = 0; at < count; at += 1) {
    file.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hz * at) / SAMPLE_RATE)), 44 + 2 * at);
  }
  await writeFile(path, file);
}

/** Pieces of a fifth of a second. */
function piecesOf(samples: Int16Array): readonly Int16Array[] {
  const size = SAMPLE_RATE / 5;
  return Array.from({ length: Math.floor(samples.length / size) }, (_, at) =>
    samples.subarray(at * size, (at + 1) * size),
  );
}

/** Samples of a recording in pieces of a fifth of a second. */
export function windowsOf(wav: Buffer): readonly Int16Array[] {
  return piecesOf(
    Int16Array.from({ length: (wav.length - 44) >> 1 }, (_, at) => wav.readInt16LE(44 + 2 * at)),
  );
}

/** As the switch writes it while the call goes on: samples of the citizen and of staff, in turn. */
export function rawSidesOf(raw: Buffer): {
  readonly citizen: readonly Int16Array[];
  readonly staff: readonly Int16Array[];
} {
  const side = (offset: number): readonly Int16Array[] =>
    piecesOf(Int16Array.from({ length: raw.length >> 2 }, (_, at) => raw.readInt16LE(4 * at + offset)));
  return { citizen: side(0), staff: side(2) };
}

/** What is kept of a conversation: A-law, the citizen on the left, staff on the right; pieces of a fifth of a second. */
export function sidesOf(wav: Buffer): {
  readonly citizen: readonly Int16Array[];
  readonly staff: readonly Int16Array[];
} {
  const [channels, data] = [wav.readUInt16LE(22), wav.subarray(58)];
  const side = (at: number): readonly Int16Array[] => {
    const samples = Int16Array.from({ length: Math.floor(data.length / channels) }, (_, frame) =>
      decodeAlaw(data[frame * channels + Math.min(at, channels - 1)] ?? 0xd5),
    );
    return piecesOf(samples);
  };
  return { citizen: side(0), staff: side(1) };
}
