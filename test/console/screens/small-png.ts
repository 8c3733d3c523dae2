import { crc32, deflateSync, inflateSync } from 'node:zlib';

// A picture of a page has a few hundred shades, most of them of the edges of letters: with 256 of them it looks the same
// and takes a third of the room.

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS_AT_MOST = 256;
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of one pixel after the other. */
  readonly rgb: Uint8Array;
}

/** The same picture with a palette: colours are rounded no further than is needed for 256 of them. */
export function smallPng(png: Buffer): Buffer {
  const picture = decode(png);
  for (let bits = 8; bits > 2; bits -= 1) {
    const indexed = indexedBy(picture, bits);
    if (indexed !== null) return encode(picture, indexed.palette, indexed.pixels);
  }
  throw new Error('a picture of more than 256 colours however they are rounded');
}

/** Null: still too many colours. */
function indexedBy({ rgb }: Picture, bits: number) {
  const known = new Map<number, number>();
  const pixels = new Uint8Array(rgb.length / 3);
  const step = 2 ** (8 - bits);
  const rounded = (value: number): number => Math.min(255, Math.round(value / step) * step);
  for (let at = 0; at < pixels.length; at += 1) {
    const [r = 0, g = 0, b = 0] = rgb.subarray(at * 3, at * 3 + 3);
    const colour = (rounded(r) << 16) | (rounded(g) << 8) | rounded(b);
    const index = known.get(colour) ?? known.size;
    if (index === COLOURS_AT_MOST) return null;
    known.set(colour, index);
    pixels[at] = index;
  }
  const palette = Buffer.from([...known.keys()].flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]));
  return { palette, pixels };
}

/** As a browser writes them: 8 bits a channel, not interlaced. */
function decode(png: Buffer): Picture {
  const parts: Buffer[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const size = png.readUInt32BE(at);
    const kind = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + size);
    if (kind === 'IHDR')
      [width, height, channels] = [body.readUInt32BE(0), body.readUInt32BE(4), CHANNELS[body[9] ?? 0] ?? 0];
    if (kind === 'IDAT') parts.push(body);
    at += size + 12;
  }
  if (channels === 0) throw new Error('not a picture of a page');
  const raw = inflateSync(Buffer.concat(parts));
  const line = width * channels;
  const plain = new Uint8Array(line * height);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (line + 1)] ?? 0;
    for (let at = 0; at < line; at += 1) {
      const left = at < channels ? 0 : (plain[row * line + at - channels] ?? 0);
      const above = row === 0 ? 0 : (plain[(row - 1) * line + at] ?? 0);
      const corner = row === 0 || at < channels ? 0 : (plain[(row - 1) * line + at - channels] ?? 0);
      plain[row * line + at] = (raw[row * (line + 1) + 1 + at] ?? 0) + guessed(filter, left, above, corner);
    }
  }
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    for (let one = 0; one < 3; one += 1) rgb[at * 3 + one] = plain[at * channels + one] ?? 0;
  }
  return { width, height, rgb };
}

/** What the filters of PNG expect a byte to be. */
function guessed(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) return 0;
  const [byLeft, byAbove, byCorner] = [
    Math.abs(above - corner),
    Math.abs(left - corner),
    Math.abs(left + above - 2 * corner),
  ];
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}

function encode({ width, height }: Picture, palette: Buffer, pixels: Uint8Array): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits, by palette.
  head.set([8, 3], 8);
  const raw = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1)
    raw.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  const parts = [chunk('IHDR', head), chunk('PLTE', palette), chunk('IDAT', deflateSync(raw, { level: 9 }))];
  return Buffer.concat([SIGNATURE, ...parts, chunk('IEND', Buffer.alloc(0))]);
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
