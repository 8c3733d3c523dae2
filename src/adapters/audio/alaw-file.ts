/** 16-bit sample, as unsigned -> G.711 A-law (ITU-T G.711). */
const ALAW = Uint8Array.from({ length: 65_536 }, (_, bits) => {
  const sample = bits < 32_768 ? bits : bits - 65_536;
  // Thirteen bits of magnitude, in segments whose steps double.
  const magnitude = (sample >= 0 ? sample : ~sample) >> 3;
  const segment = Math.max(0, 32 - Math.clz32(magnitude >> 5));
  const code = (segment << 4) | ((magnitude >> Math.max(1, segment)) & 0x0f);
  return (sample >= 0 ? code | 0x80 : code) ^ 0x55;
});
const SILENT = 0xd5;
export const RATE_HZ = 8_000;
/** About -48 dB: more than the noise of a quiet line. One such sample, and the frame of 20 ms is heard. */
const HEARD_FROM = 128;
const FRAME_MS = 20;
const FRAME = (RATE_HZ * FRAME_MS) / 1000;

/** Header of a WAV of A-law: `fmt ` of 18 bytes and `fact`, as the format asks for whatever is not PCM. */
export function alawHeader(channels: number, frames: number): Buffer {
  const data = frames * channels;
  const header = Buffer.alloc(58);
  header.write('RIFF', 0);
  header.writeUInt32LE(50 + data + (data % 2), 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(6, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(RATE_HZ, 24);
  header.writeUInt32LE(RATE_HZ * channels, 28);
  header.writeUInt16LE(channels, 32);
  header.writeUInt16LE(8, 34);
  header.writeUInt16LE(0, 36);
  header.write('fact', 38);
  header.writeUInt32LE(4, 42);
  header.writeUInt32LE(frames, 46);
  header.write('data', 50);
  header.writeUInt32LE(data, 54);
  return header;
}

/** Takes 16-bit samples, channels interleaved, piece by piece; gives A-law, wipes, and measures who is heard. */
export class AlawPress {
  readonly #channels: number;
  readonly #blank: readonly { readonly from: number; readonly to: number }[];
  /** Of each channel: frames of 20 ms in which it was heard, and the number of the last of them. */
  readonly #heard: { frames: number; last: number }[];
  #frame = 0;

  constructor(channels: number, blank: readonly { readonly fromMs: number; readonly toMs: number }[]) {
    this.#channels = channels;
    this.#blank = blank.map(({ fromMs, toMs }) => ({
      from: Math.floor((fromMs * RATE_HZ) / 1000),
      to: Math.ceil((toMs * RATE_HZ) / 1000),
    }));
    this.#heard = Array.from({ length: channels }, () => ({ frames: 0, last: -1 }));
  }

  get frames(): number {
    return this.#frame;
  }

  get heardMs(): readonly number[] {
    return this.#heard.map(({ frames }) => frames * FRAME_MS);
  }

  /** `pcm` holds whole frames. */
  press(pcm: Buffer): Uint8Array {
    const channels = this.#channels;
    const count = pcm.length >> 1;
    const out = new Uint8Array(count);
    const begin = this.#frame;
    const wiped = this.#blank.filter(({ from, to }) => from < begin + count / channels && to > begin);
    for (let at = 0; at < count; at += 1) {
      const sample = pcm.readInt16LE(2 * at);
      const channel = at % channels;
      const frame = begin + (at - channel) / channels;
      if (wiped.length > 0 && wiped.some(({ from, to }) => frame >= from && frame < to)) {
        out[at] = SILENT;
        continue;
      }
      out[at] = ALAW[sample & 0xffff] ?? SILENT;
      if (sample > HEARD_FROM || sample < -HEARD_FROM) this.#hear(channel, Math.floor(frame / FRAME));
    }
    this.#frame = begin + count / channels;
    return out;
  }

  #hear(channel: number, frame: number): void {
    const heard = this.#heard[channel];
    if (heard === undefined || heard.last === frame) return;
    heard.last = frame;
    heard.frames += 1;
  }
}
