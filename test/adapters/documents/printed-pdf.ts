import { inflateSync } from 'node:zlib';

// A PDF as our press writes it, read back: what stands where, in which size and colour. No reader of PDFs in general.

export interface PrintedLine {
  readonly text: string;
  /** Where it begins, and its baseline from the upper edge, in points. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly colour: string;
  readonly bold: boolean;
  /** Written across the page. */
  readonly turned: boolean;
  readonly glyphs: readonly number[];
}
export interface PrintedRule {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly colour: string;
}
export interface PrintedCircle {
  readonly centre: readonly [x: number, y: number];
  readonly diameter: number;
  readonly colour: string;
  readonly dashed: boolean;
}
export interface PrintedPage {
  readonly lines: readonly PrintedLine[];
  readonly rules: readonly PrintedRule[];
  readonly circles: readonly PrintedCircle[];
}
export interface PrintedPdf {
  readonly pages: readonly PrintedPage[];
  /** The font that lies in it, and which character each of its glyphs stands for. */
  readonly font: Buffer;
  readonly characters: ReadonlyMap<number, string>;
}

interface PdfObject {
  readonly words: string;
  readonly stream: Buffer | null;
}

export function readPdf(bytes: Uint8Array): PrintedPdf {
  const objects = objectsOf(Buffer.from(bytes));
  const one = (id: number | string | undefined): PdfObject => {
    const found = objects.get(Number(id));
    if (found === undefined) throw new Error(`the PDF has no object ${id}`);
    return found;
  };
  const refOf = (words: string, key: string): string | undefined =>
    new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(words)?.[1];
  const every = [...objects.values()];
  const tree = every.find(({ words }) => /\/Type \/Pages\b/.test(words));
  const fonts = every.filter(({ words }) => /\/Subtype \/Type0\b/.test(words));
  const [type0] = fonts;
  if (tree === undefined || type0 === undefined || fonts.length > 1)
    throw new Error('no pages, or not one font');
  const characters = charactersOf(textOf(one(refOf(type0.words, 'ToUnicode'))));
  const descriptor = one(refOf(one(refOf(type0.words, 'DescendantFonts')).words, 'FontDescriptor'));
  const kids = /\/Kids \[([^\]]*)\]/.exec(tree.words)?.[1] ?? '';
  const pages = [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]) => {
    const { words } = one(id);
    const height = Number(/\/MediaBox \[[\d.]+ [\d.]+ [\d.]+ ([\d.]+)\]/.exec(words)?.[1]);
    return pageOf(textOf(one(refOf(words, 'Contents'))), height, characters);
  });
  return { pages, font: one(refOf(descriptor.words, 'FontFile2')).stream ?? Buffer.alloc(0), characters };
}

/** By their numbers. What a stream holds is skipped by its length: it may look like anything. */
function objectsOf(bytes: Buffer): Map<number, PdfObject> {
  const text = bytes.toString('latin1');
  const objects = new Map<number, PdfObject>();
  const begins = /(\d+) 0 obj\n/g;
  for (let found = begins.exec(text); found !== null; found = begins.exec(text)) {
    const from = begins.lastIndex;
    const end = text.indexOf('endobj', from);
    const streamAt = text.indexOf('\nstream\n', from);
    const hasStream = streamAt !== -1 && streamAt < end;
    const words = text.slice(from, hasStream ? streamAt : end);
    let stream: Buffer | null = null;
    if (hasStream) {
      const at = streamAt + '\nstream\n'.length;
      const length = Number(/\/Length (\d+)/.exec(words)?.[1]);
      const raw = bytes.subarray(at, at + length);
      stream = words.includes('/FlateDecode') ? inflateSync(raw) : raw;
      begins.lastIndex = at + length;
    }
    objects.set(Number(found[1]), { words, stream });
  }
  return objects;
}

const textOf = ({ stream }: PdfObject): string => stream?.toString('latin1') ?? '';

function charactersOf(cmap: string): Map<number, string> {
  const characters = new Map<number, string>();
  for (const [, first = '', entries = ''] of cmap.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g)) {
    [...entries.matchAll(/<([^>]*)>/g)].forEach(([, units = ''], index) => {
      const codes = units
        .split(' ')
        .filter((unit) => unit !== '')
        .map((unit) => Number.parseInt(unit, 16));
      characters.set(Number.parseInt(first, 16) + index, String.fromCharCode(...codes));
    });
  }
  return characters;
}

interface Look {
  readonly fill: string;
  readonly stroke: string;
  readonly dashed: boolean;
  readonly turned: boolean;
}
const PLAIN: Look = { fill: '#000000', stroke: '#000000', dashed: false, turned: false };

/** One operator a line, as the press writes them. */
function pageOf(content: string, height: number, characters: ReadonlyMap<number, string>): PrintedPage {
  const [lines, rules, circles]: [PrintedLine[], PrintedRule[], PrintedCircle[]] = [[], [], []];
  const kept: Look[] = [];
  let look = PLAIN;
  let path: (readonly number[])[] = [];
  let line = { x: 0, y: 0, size: 0, bold: false, glyphs: [] as number[] };
  for (const said of content.split('\n')) {
    const words = said.trim().split(/\s+/);
    const operator = words.at(-1) ?? '';
    const n = words.slice(0, -1).map(Number);
    const at = (index: number): number => n[index] ?? Number.NaN;
    if (operator === 'q') kept.push(look);
    else if (operator === 'Q') look = kept.pop() ?? PLAIN;
    else if (operator === 'cm') look = { ...look, turned: look.turned || Math.abs(at(1)) > 0.01 };
    else if (operator === 'scn') look = { ...look, fill: hexOf(n) };
    else if (operator === 'SCN') look = { ...look, stroke: hexOf(n) };
    else if (operator === 'd') look = { ...look, dashed: !said.startsWith('[]') };
    else if (operator === 'BT') line = { x: 0, y: 0, size: 0, bold: false, glyphs: [] };
    else if (operator === 'Tm' && line.glyphs.length === 0) line = { ...line, x: at(4), y: height - at(5) };
    else if (operator === 'Tf') line = { ...line, size: at(1) };
    else if (operator === 'Tr') line = { ...line, bold: at(0) === 2 };
    else if (operator === 'TJ') line.glyphs.push(...glyphsOf(said));
    else if (operator === 'ET') {
      const text = line.glyphs.map((glyph) => characters.get(glyph) ?? '\ufffd').join('');
      lines.push({ ...line, text, colour: look.fill, turned: look.turned });
    } else if (operator === 'm') path = [n];
    else if (operator === 'l' || operator === 'c') path.push(n);
    else if (operator === 'S') {
      const [from = [], to = [], ...more] = path;
      if (path.length === 2) rules.push({ from: pair(from), to: pair(to), colour: look.stroke });
      // Four arches that come back to where they began.
      if (more.length === 3 && path.slice(1).every((part) => part.length === 6)) {
        const [left = 0, middle = 0] = from;
        const diameter = (path[2]?.[4] ?? 0) - left;
        circles.push({
          centre: [left + diameter / 2, middle],
          diameter,
          colour: look.stroke,
          dashed: look.dashed,
        });
      }
      path = [];
    }
  }
  return { lines, rules, circles };
}

const pair = ([x = Number.NaN, y = Number.NaN]: readonly number[]): readonly [number, number] => [x, y];
const hexOf = (shares: readonly number[]): string =>
  `#${shares
    .map((share) =>
      Math.round(share * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
const glyphsOf = (said: string): number[] =>
  [...said.matchAll(/<([0-9a-f]*)>/gi)].flatMap(([, hex = '']) =>
    [...hex.matchAll(/.{4}/g)].map(([code]) => Number.parseInt(code, 16)),
  );
