import { crc32, deflateSync, inflateSync } from 'node:zlib';

// A picture of a page has a few hundred shades, most of them of the edges of letters: with 256 of them it looks the same
// and takes a third of the room.

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS_AT_MOST = 256;
/** The others are chosen for what would look wrong without them: the one green dot of a grey page. */
const BY_TIMES = 192;
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of one pixel after the other. */
  readonly rgb: Uint8Array;
}

/** The same picture with a palette: colours that are in it as they are, each other one as the nearest of them. */
export function smallPng(png: Buffer): Buffer {
  const picture = decode(png);
  const { rgb } = picture;
  const colours = new Uint32Array(rgb.length / 3);
  const times = new Map<number, number>();
  for (let at = 0; at < colours.length; at += 1) {
    const colour = ((rgb[at * 3] ?? 0) << 16) | ((rgb[at * 3 + 1] ?? 0) << 8) | (rgb[at * 3 + 2] ?? 0);
    colours[at] = colour;
    times.set(colour, (times.get(colour) ?? 0) + 1);
  }
  const palette = paletteOf(times);
  const places = new Map([...times.keys()].map((colour) => [colour, nearest(palette, colour)]));
  const pixels = Uint8Array.from(colours, (colour) => places.get(colour) ?? 0);
  return encode(picture, Buffer.from(palette.flatMap(channelsOf)), pixels);
}

/** Most frequent first, then again and again the one that the others stand for worst, by how often it would be seen. */
function paletteOf(times: ReadonlyMap<number, number>): readonly number[] {
  const colours = [...times].toSorted(([, a], [, b]) => b - a);
  const palette = colours.slice(0, BY_TIMES).map(([colour]) => colour);
  const left = colours.slice(BY_TIMES).map(([colour, seen]) => {
    return { colour, seen, off: distance(palette[nearest(palette, colour)] ?? 0, colour) };
  });
  while (palette.length < COLOURS_AT_MOST && left.some(({ off }) => off > 0)) {
    const worst = left.reduce((a, b) => (b.off * b.seen > a.off * a.seen ? b : a));
    palette.push(worst.colour);
    for (const one of left) one.off = Math.min(one.off, distance(worst.colour, one.colour));
  }
  return palette;
}

const channelsOf = (colour: number): readonly number[] => [colour >> 16, (colour >> 8) & 255, colour & 255];

function nearest(palette: readonly number[], colour: number): number {
  const far = palette.map((one) => distance(one, colour));
  return far.indexOf(Math.min(...far));
}

function distance(one: number, other: number): number {
  const wanted = channelsOf(other);
  return channelsOf(one).reduce((sum, value, at) => sum + (value - (wanted[at] ?? 0)) ** 2, 0);
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
