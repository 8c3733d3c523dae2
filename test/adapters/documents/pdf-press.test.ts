import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, type Font } from 'fontkit';
import { beforeAll, expect, test } from 'vitest';
import { BODY, LINE, PAGE, RED, SEAL_DIAMETER, SMALL } from '../../../src/adapters/documents/page.ts';
import { pdfPress } from '../../../src/adapters/documents/pdf-press.ts';
import type { DocumentPress } from '../../../src/app/ports/documents.ts';
import type { OfficialDocument } from '../../../src/domain/documents/official-document.ts';
import {
  circular,
  type Letterhead,
  type PaperTicket,
  supervisionOrder,
  taskSheet,
} from '../../../src/domain/documents/papers.ts';
import { obtainFont } from '../../../src/runtime/obtain-font.ts';
import { PROJECT_ROOT } from '../../support/global-setup.ts';
import { type PrintedPdf, readPdf } from './printed-pdf.ts';

let press: DocumentPress;
let font: Font;
beforeAll(async () => {
  const path = await obtainFont(PROJECT_ROOT, () => undefined);
  press = pdfPress(path);
  font = fontIn(readFileSync(path));
}, 300_000);

function fontIn(bytes: Buffer): Font {
  const found = create(bytes);
  if (!('getGlyph' in found)) throw new Error('not a single font');
  return found;
}

const HEAD: Letterhead = {
  municipality: '如东县',
  mainNumber: '12345',
  number: '如东热线任〔2026〕12号',
  date: '2026年11月25日',
  watermark: null,
};
const TICKET: PaperTicket = {
  number: 'RD20261125-0001',
  type: 'COMPLAINT',
  category: '路灯照明',
  title: '青园路路灯不亮',
  content:
    '市民反映：青园路与江海路路口三盏路灯不亮已有一周，晚上看不清路，已有老人跌倒。要求尽快修复，并书面告知原因。',
  place: '青园路与江海路路口',
  confidential: false,
  urgent: false,
  unitName: '如东县路灯管理所',
  citizen: { name: '𬱖**', number: '139****5678' },
  accepted: '2026年11月25日10时12分',
  unitDue: '11月30日',
  citizenDue: '12月2日',
};
const ORDER = {
  number: 'RDDB20261125-0001',
  instrument: 'written',
  trigger: 'secondDissatisfaction',
  demand: '一是查明两次办理均未解决的原因；二是三个工作日内修复；三是书面反馈。',
  due: '2026年11月30日',
  form: [],
} as const;

const keep = (name: string, pdf: Uint8Array): void => {
  const folder = process.env.KEEP_DOCUMENTS;
  if (folder !== undefined) writeFileSync(join(folder, `${name}.pdf`), pdf);
};

const LONG = Array.from({ length: 60 }, (_, index) => `第${index}点：${'道路积水严重。'.repeat(8)}`).join(
  '\n',
);
const PAPERS: Readonly<Record<string, OfficialDocument>> = {
  taskSheet: taskSheet(HEAD, TICKET),
  order: supervisionOrder(
    { ...HEAD, number: '如东热线督〔2026〕3号', watermark: '李明 2026-11-25 10:30' },
    { ...TICKET, confidential: true, urgent: true },
    ORDER,
  ),
  circular: circular(
    { ...HEAD, number: '如东热线通〔2026〕1号' },
    {
      title: '关于2026年10月工单办理情况的通报',
      addressee: '各镇人民政府，各有关单位',
      paragraphs: [
        '现将有关情况通报如下。',
        '一、总体情况',
        '全月受理工单8744件，按期办结率98.2%。'.repeat(3),
      ],
      copies: ['县委办公室', '县政府办公室'],
    },
  ),
  long: taskSheet(HEAD, { ...TICKET, content: LONG, place: '长'.repeat(2000) }),
};
const PAGES: Readonly<Record<string, number>> = { taskSheet: 2, order: 2, circular: 1 };

const printed = new Map<string, PrintedPdf>();
beforeAll(async () => {
  for (const [name, paper] of Object.entries(PAPERS)) {
    const { pdf, pages, missing } = await press.print(paper);
    keep(name, pdf);
    expect(missing).toEqual([]);
    expect(Buffer.from(pdf).toString('latin1')).toMatch(/^%PDF-1\./);
    if (name !== 'long') expect(pdf.byteLength).toBeLessThan(250_000);
    const read = readPdf(pdf);
    expect(read.pages.length).toBe(pages);
    printed.set(name, read);
  }
}, 120_000);

const NAMES = Object.keys(PAPERS);
function read(name: string): { readonly paper: OfficialDocument; readonly pdf: PrintedPdf } {
  const [paper, pdf] = [PAPERS[name], printed.get(name)];
  if (paper === undefined || pdf === undefined) throw new Error(`no paper ${name}`);
  return { paper, pdf };
}

const RIGHT = PAGE.left + PAGE.typeWidth;
const BOTTOM = PAGE.top + PAGE.typeHeight;
const SEAL_PLACE = '（盖章处）';
const isPageNumber = (text: string): boolean => /^— \d+ —$/.test(text);
const widthOf = (text: string, size: number): number =>
  (font.layout(text, []).advanceWidth / font.unitsPerEm) * size;
const tight = (text: string): string => text.replaceAll(/\s/g, '');
/** What stands on a page between its edges, as the eye goes: down, and from the left. */
const inOrder = ({ lines }: PrintedPdf['pages'][number]) =>
  lines
    .filter(({ turned, text }) => !turned && !isPageNumber(text))
    .toSorted((a, b) => (Math.abs(a.y - b.y) < 0.5 ? a.x - b.x : a.y - b.y));

test('papers take as many pages as their words want', () => {
  for (const [name, pages] of Object.entries(PAGES)) expect(read(name).pdf.pages.length, name).toBe(pages);
  expect(read('long').pdf.pages.length).toBeGreaterThan(6);
});

test.each(NAMES)('%s: every line is there, in the order of the form, and nothing else', (name) => {
  const { paper, pdf } = read(name);
  const { marks, issuer, number, title, addressee, blocks, signature, date, copies } = paper;
  const words = [
    ...[...marks, issuer, number, title, `${addressee}：`],
    ...blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat() : [block.text])),
    ...[signature, date, SEAL_PLACE],
    ...(copies.length === 0 ? [] : [`抄送：${copies.join('，')}。`]),
  ];
  const seen = pdf.pages.flatMap((page) => inOrder(page).map(({ text }) => text));
  expect(tight(seen.join(''))).toBe(tight(words.join('')));
});

test.each(NAMES)('%s: no line leaves the type area, and none stands on another', (name) => {
  for (const page of read(name).pdf.pages) {
    const lines = inOrder(page);
    for (const [index, { text, x, y, size }] of lines.entries()) {
      expect(x, text).toBeGreaterThanOrEqual(PAGE.left - 0.5);
      // One mark of punctuation may hang over the edge.
      expect(x + widthOf(text, size), text).toBeLessThanOrEqual(RIGHT + BODY + 0.5);
      expect(y, text).toBeGreaterThan(PAGE.top);
      expect(y, text).toBeLessThan(BOTTOM + 0.5);
      const before = lines[index - 1];
      if (before === undefined || Math.abs(before.y - y) < 0.5 || text === SEAL_PLACE) continue;
      expect(y - before.y, `${before.text} / ${text}`).toBeGreaterThan(size);
    }
  }
});

test.each(NAMES)(
  '%s: the head is red above a red rule, all centred; the body is set in lines of one measure',
  (name) => {
    const { paper, pdf } = read(name);
    const [first] = pdf.pages;
    if (first === undefined) throw new Error('no page');
    const lines = inOrder(first);
    const lineOf = (text: string) => {
      const found = lines.find((line) => line.text === text);
      if (found === undefined) throw new Error(`no line ${text}`);
      return found;
    };
    const [issuer, number] = [lineOf(paper.issuer), lineOf(paper.number)];
    expect(issuer).toMatchObject({ colour: RED, bold: true });
    expect(issuer.size).toBeGreaterThan(BODY * 1.5);
    for (const { text, x, size } of [issuer, number])
      expect(x + widthOf(text, size) / 2, text).toBeCloseTo(PAGE.left + PAGE.typeWidth / 2, 0);
    const red = first.rules.filter(({ colour }) => colour === RED);
    expect(red).toHaveLength(1);
    const [x, y] = red[0]?.from ?? [];
    expect([x, red[0]?.to[0]]).toEqual([expect.closeTo(PAGE.left, 1), expect.closeTo(RIGHT, 1)]);
    expect(y).toBeGreaterThan(number.y);
    expect(y).toBeLessThan(lines.find(({ text }) => paper.title.startsWith(text))?.y ?? 0);
    for (const mark of paper.marks) {
      expect(lineOf(mark)).toMatchObject({ x: expect.closeTo(PAGE.left, 1), bold: true, colour: '#000000' });
      expect(lineOf(mark).y).toBeLessThan(issuer.y);
    }
    const body = pdf.pages
      .flatMap((page) => inOrder(page))
      .filter(({ size }) => Math.abs(size - BODY) < 0.01);
    const left = new Set(body.map((line) => Math.round((line.x - PAGE.left) / BODY)));
    expect(left).toContain(0);
    expect(left).toContain(2);
  },
);

test.each(NAMES)('%s: the seal goes over signature and date, on the page of both', (name) => {
  const { paper, pdf } = read(name);
  expect(pdf.pages.flatMap(({ circles }) => circles)).toHaveLength(1);
  const page = pdf.pages.find(({ circles }) => circles.length === 1);
  const [seal] = page?.circles ?? [];
  if (page === undefined || seal === undefined) throw new Error('no seal');
  expect(page).toBe(pdf.pages.at(-1));
  expect(seal).toMatchObject({ colour: RED, dashed: true, diameter: expect.closeTo(SEAL_DIAMETER, 1) });
  const [middleX, middleY] = seal.centre;
  expect(middleX + seal.diameter / 2).toBeLessThan(PAGE.width);
  expect(middleY + seal.diameter / 2).toBeLessThanOrEqual(BOTTOM + 0.5);
  const signed = [paper.signature, paper.date, SEAL_PLACE].map((text) =>
    page.lines.findLast((line) => line.text === text),
  );
  for (const line of signed) {
    if (line === undefined) throw new Error('no signature, no date or no place of the seal');
    expect(line.x + widthOf(line.text, line.size) / 2, line.text).toBeCloseTo(middleX, 0);
    expect(Math.abs(line.y - middleY), line.text).toBeLessThan(seal.diameter / 2);
  }
  expect(signed[0]?.y).toBeLessThan(signed[1]?.y ?? 0);
  expect(signed[2]?.colour).toBe(RED);
});

test('a seal that has no room goes on with signature and date to the next page', async () => {
  let turned = 0;
  let pagesBefore = 0;
  for (let lines = 4; lines < 12; lines += 1) {
    const paragraphs = Array.from({ length: lines }, (_, index) => `第${index + 1}行。`);
    const { pdf } = await press.print(
      circular(HEAD, { title: '通报', addressee: '各单位', paragraphs, copies: [] }),
    );
    const { pages } = readPdf(pdf);
    const last = pages.at(-1);
    expect(last?.circles).toHaveLength(1);
    expect(last?.lines.map(({ text }) => text)).toEqual(expect.arrayContaining([HEAD.date, SEAL_PLACE]));
    if (pagesBefore !== 0 && pages.length > pagesBefore) turned += 1;
    pagesBefore = pages.length;
  }
  expect(turned).toBe(1);
}, 60_000);

test('whom a copy goes to stands between two rules at the foot of the last page', () => {
  const last = read('circular').pdf.pages.at(-1);
  const line = last?.lines.find(({ text }) => text.startsWith('抄送'));
  const black = last?.rules.filter(({ colour }) => colour === '#000000') ?? [];
  expect(black.map(({ from }) => from[1])).toEqual([
    expect.closeTo(BOTTOM - LINE, 1),
    expect.closeTo(BOTTOM, 1),
  ]);
  expect(line?.y).toBeGreaterThan(BOTTOM - LINE);
  expect(line?.y).toBeLessThan(BOTTOM);
});

test.each(NAMES)('%s: pages are numbered, odd ones to the right and even ones to the left', (name) => {
  read(name).pdf.pages.forEach(({ lines }, index) => {
    const numbers = lines.filter(({ text, turned }) => !turned && isPageNumber(text));
    expect(numbers.map(({ text }) => text)).toEqual([`— ${index + 1} —`]);
    const [{ x, y, size, text } = { x: 0, y: 0, size: 0, text: '' }] = numbers;
    const at = index % 2 === 0 ? RIGHT - SMALL - widthOf(text, size) : PAGE.left + SMALL;
    expect(x).toBeCloseTo(at, 0);
    expect(y).toBeGreaterThan(BOTTOM);
  });
});

test('a secret copy says on every page whose it is; one that is none says nothing across', () => {
  const { paper, pdf } = read('order');
  for (const { lines } of pdf.pages) {
    const across = lines.filter(({ turned }) => turned);
    expect(across.length).toBeGreaterThan(5);
    expect(new Set(across.map(({ text }) => tight(text)))).toEqual(new Set([tight(paper.watermark ?? '')]));
  }
  expect(
    read('taskSheet')
      .pdf.pages.flatMap(({ lines }) => lines)
      .filter(({ turned }) => turned),
  ).toEqual([]);
});

test.each(NAMES)(
  '%s: each character is drawn from the font that lies in it, with the shape the font has for it',
  (name) => {
    const { pages, font: bytes, characters } = read(name).pdf;
    const inside = fontIn(bytes);
    const drawn = new Set(pages.flatMap(({ lines }) => lines.flatMap(({ glyphs }) => glyphs)));
    expect(drawn.size).toBeGreaterThan(60);
    for (const glyph of drawn) {
      const character = characters.get(glyph) ?? '';
      const shape = inside.getGlyph(glyph).path.toSVG();
      expect(shape, character).toBe(font.glyphForCodePoint(character.codePointAt(0) ?? 0).path.toSVG());
      if (character.trim() !== '') expect(shape, character).not.toBe('');
    }
  },
);

test('a character that the font lacks is named, and never a box without a word', async () => {
  const { missing } = await press.print(taskSheet(HEAD, { ...TICKET, title: '\u{20023}姓\u200b市民\ufe0f' }));
  expect(missing).toEqual(['U+20023']);
}, 60_000);

test('a machine without the font says so and prints once it is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yht-font-'));
  try {
    const without = pdfPress(join(folder, 'font.ttf'));
    await expect(without.print(taskSheet(HEAD, TICKET))).rejects.toMatchObject({ code: 'document.noFont' });
    writeFileSync(join(folder, 'font.ttf'), 'no font at all');
    await expect(without.print(taskSheet(HEAD, TICKET))).rejects.toMatchObject({ code: 'document.noFont' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
