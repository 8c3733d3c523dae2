/** A WAV file as far as it concerns a telephone. */
export interface Wav {
  readonly codec: 'pcm' | 'float' | 'alaw' | 'ulaw';
  readonly rateHz: number;
  readonly channels: number;
  readonly bits: number;
  readonly durationMs: number;
  /** Loudness of the first channel, -1 to 1, in the order of time. */
  readonly samples: Float32Array;
}
export type ReadWav =
  | { readonly kind: 'wav'; readonly wav: Wav }
  | { readonly kind: 'refused'; readonly why: 'notWav' | 'codec' | 'damaged' };

const CODECS: Readonly<Record<number, Wav['codec']>> = { 1: 'pcm', 3: 'float', 6: 'alaw', 7: 'ulaw' };
const EXTENSIBLE = 0xfffe;

/** Reads RIFF/WAVE; never throws, whatever the bytes are. */
export function readWav(bytes: Uint8Array): ReadWav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 44 || word(0) !== 'RIFF' || word(8) !== 'WAVE')
    return { kind: 'refused', why: 'notWav' };
  let format: { code: number; channels: number; rateHz: number; bits: number } | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (word(at) === 'fmt ' && size >= 16 && body + size <= bytes.length) {
      const tag = view.getUint16(body, true);
      // The true code stands at the head of the sub-format.
      const code = tag === EXTENSIBLE && size >= 26 ? view.getUint16(body + 24, true) : tag;
      const [channels, rateHz] = [view.getUint16(body + 2, true), view.getUint32(body + 4, true)];
      format = { code, channels, rateHz, bits: view.getUint16(body + 14, true) };
    }
    if (word(at) === 'data') {
      if (format === null) return { kind: 'refused', why: 'damaged' };
      // Recorders that were cut off leave a size that is not true; what is there counts.
      return samplesOf(view, body, Math.min(size, bytes.length - body), format);
    }
    at = body + size + (size % 2);
  }
  return { kind: 'refused', why: 'damaged' };
}

function samplesOf(
  view: DataView,
  from: number,
  length: number,
  { code, channels, rateHz, bits }: { code: number; channels: number; rateHz: number; bits: number },
): ReadWav {
  const codec = CODECS[code];
  const read = codec === undefined ? null : reader(codec, bits, view);
  if (codec === undefined || read === null) return { kind: 'refused', why: 'codec' };
  if (channels < 1 || channels > 8 || rateHz < 4_000 || rateHz > 192_000)
    return { kind: 'refused', why: 'damaged' };
  const frame = (bits / 8) * channels;
  const count = Math.floor(length / frame);
  const samples = new Float32Array(count);
  for (let nth = 0; nth < count; nth += 1) samples[nth] = read(from + nth * frame);
  const durationMs = Math.round((count / rateHz) * 1000);
  return { kind: 'wav', wav: { codec, rateHz, channels, bits, durationMs, samples } };
}

function reader(codec: Wav['codec'], bits: number, view: DataView): ((at: number) => number) | null {
  switch (codec) {
    case 'pcm':
      if (bits === 8) return (at) => (view.getUint8(at) - 128) / 128;
      if (bits === 16) return (at) => view.getInt16(at, true) / 0x8000;
      if (bits === 24) return (at) => (view.getInt16(at + 1, true) * 256 + view.getUint8(at)) / 0x80_0000;
      return bits === 32 ? (at) => view.getInt32(at, true) / 0x8000_0000 : null;
    case 'float':
      return bits === 32 ? (at) => view.getFloat32(at, true) : null;
    case 'alaw':
      return bits === 8 ? (at) => alaw(view.getUint8(at)) : null;
    case 'ulaw':
      return bits === 8 ? (at) => ulaw(view.getUint8(at)) : null;
    default:
      return codec satisfies never;
  }
}

/** ITU-T G.711. */
function alaw(byte: number): number {
  const value = byte ^ 0x55;
  const [exponent, mantissa] = [(value >> 4) & 7, value & 15];
  const magnitude = exponent === 0 ? mantissa * 16 + 8 : (mantissa * 16 + 264) << (exponent - 1);
  return ((value & 0x80) === 0 ? -magnitude : magnitude) / 0x8000;
}
function ulaw(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = (((value & 15) << 3) + 132) << ((value >> 4) & 7);
  return ((value & 0x80) === 0 ? magnitude - 132 : 132 - magnitude) / 0x8000;
}
