import { readFile } from 'node:fs/promises';
import { create, type Font } from 'fontkit';
import PDFDocument from 'pdfkit';
import { AppError } from '../../app/errors.ts';
import type { DocumentPress, PrintedDocument } from '../../app/ports/documents.ts';
import type { OfficialDocument } from '../../domain/documents/official-document.ts';
import { drawDocument } from './draw.ts';
import { PAGE } from './page.ts';

interface Loaded {
  readonly bytes: Buffer;
  readonly font: Font;
}

/**
 * Prints with one font, of which each paper holds the characters that it uses. The font is looked for when somebody first
 * prints and kept from then on: a machine without it runs all the same, and prints once it is there. One paper at a time:
 * each keeps the processor for a good part of a second.
 */
export function pdfPress(fontPath: string): DocumentPress {
  let loading: Promise<Loaded> | null = null;
  const load = (): Promise<Loaded> => {
    loading ??= open(fontPath).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    print(document) {
      const mine = last.then(async () => render(document, await load()));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

async function open(path: string): Promise<Loaded> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new AppError('document.noFont', { path, why: error.code ?? error.message });
  });
  const font = fontOf(bytes);
  if (font === null) throw new AppError('document.noFont', { path, why: 'not a single font' });
  return { bytes, font };
}

function fontOf(bytes: Buffer): Font | null {
  try {
    const found = create(bytes);
    return 'hasGlyphForCodePoint' in found ? found : null;
  } catch {
    // Whatever the parser stumbled over, it is no font that we can print with.
    return null;
  }
}

async function render(document: OfficialDocument, { bytes, font }: Loaded): Promise<PrintedDocument> {
  const missing = new Set<string>();
  const legible = (text: string): string => legibleIn(font, text, missing);
  const { issuer, number, title, marks, addressee, blocks, signature, date, copies, watermark } = document;
  const readable: OfficialDocument = {
    issuer: legible(issuer),
    number: legible(number),
    title: legible(title),
    marks: marks.map(legible),
    addressee: legible(addressee),
    blocks: blocks.map((block) =>
      block.kind === 'table'
        ? { ...block, rows: block.rows.map(([name, value]) => [legible(name), legible(value)] as const) }
        : { ...block, text: legible(block.text) },
    ),
    signature: legible(signature),
    date: legible(date),
    copies: copies.map(legible),
    watermark: watermark === null ? null : legible(watermark),
  };
  const pdf = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    bufferPages: true,
    lang: 'zh-CN',
    info: { Title: title, Author: issuer },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  pdf.registerFont('song', bytes);
  pdf.font('song');
  const pages = drawDocument(pdf, readable, [...missing].sort());
  pdf.end();
  await ended;
  return { pdf: Buffer.concat(chunks), pages, missing: [...missing].sort() };
}

/** Marks without a shape of their own (direction, joining, variants) go; what the font lacks is named and never left as a box. */
function legibleIn(font: Font, text: string, missing: Set<string>): string {
  let legible = '';
  for (const one of text.normalize('NFC').replace(/\p{Cc}|\p{Cf}|\p{Variation_Selector}/gu, '')) {
    const code = one.codePointAt(0) ?? 0;
    if (font.hasGlyphForCodePoint(code)) legible += one;
    else {
      const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
      missing.add(name);
      legible += `〔${name}〕`;
    }
  }
  return legible;
}
