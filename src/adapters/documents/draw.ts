import { breakLines } from '../../domain/documents/line-breaking.ts';
import type { Block, OfficialDocument } from '../../domain/documents/official-document.ts';
import {
  BODY,
  ISSUER_MAX,
  LINE,
  NUMBER_BELOW,
  PAGE,
  RED,
  RULE_BELOW,
  SEAL_DIAMETER,
  SMALL,
  TITLE,
} from './page.ts';

type Pdf = PDFKit.PDFDocument;
const RIGHT = PAGE.left + PAGE.typeWidth;
const BOTTOM = PAGE.top + PAGE.typeHeight;
const NAME_WIDTH = BODY * 6;

/** Where the next line goes; a line that has no room begins a page. */
class Column {
  y = PAGE.top;
  readonly #pdf: Pdf;
  constructor(pdf: Pdf) {
    this.#pdf = pdf;
  }
  room(height: number): boolean {
    return this.y + height <= BOTTOM + 0.5;
  }
  take(height: number): number {
    if (!this.room(height)) this.page();
    const at = this.y;
    this.y += height;
    return at;
  }
  page(): void {
    this.#pdf.addPage();
    this.y = PAGE.top;
  }
}

/** Draws it all; returns how many pages there are. */
export function drawDocument(pdf: Pdf, document: OfficialDocument, missing: readonly string[]): number {
  const column = new Column(pdf);
  drawHead(pdf, column, document);
  for (const block of document.blocks) drawBlock(pdf, column, block);
  if (missing.length > 0) {
    drawText(pdf, column, `（字库缺字，文中以编码代替：${missing.join('、')}，请核对原文。）`, 2);
  }
  drawEnd(pdf, column, document);
  const { count } = pdf.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    pdf.switchToPage(index);
    if (document.watermark !== null) drawWatermark(pdf, document.watermark);
    drawPageNumber(pdf, index + 1);
  }
  return count;
}

function put(
  pdf: Pdf,
  text: string,
  x: number,
  y: number,
  size: number,
  look: { readonly colour?: string; readonly bold?: boolean } = {},
): void {
  const { colour = '#000000', bold = false } = look;
  pdf
    .fontSize(size)
    .fillColor(colour)
    .strokeColor(colour)
    .lineWidth(size / 45);
  // The font has one weight: what stands for 小标宋 and 黑体 is drawn with an outline.
  pdf.text(text, x, y, { lineBreak: false, fill: true, stroke: bold, features: [] });
}

const widthAt = (pdf: Pdf, size: number) => {
  pdf.fontSize(size);
  return (text: string): number => pdf.fontSize(size).widthOfString(text, { features: [] });
};

function centred(
  pdf: Pdf,
  text: string,
  y: number,
  size: number,
  look: Parameters<typeof put>[5] = {},
): void {
  put(pdf, text, PAGE.left + (PAGE.typeWidth - widthAt(pdf, size)(text)) / 2, y, size, look);
}

function drawHead(
  pdf: Pdf,
  column: Column,
  { marks, issuer, number, title, addressee }: OfficialDocument,
): void {
  for (const mark of marks) put(pdf, mark, PAGE.left, column.take(LINE), BODY, { bold: true });
  // 发文机关标志: 35 mm below the upper edge of the type area, as wide as it may be and no wider.
  column.y = Math.max(column.y, PAGE.top + LINE * 2.4);
  const wide = widthAt(pdf, ISSUER_MAX)(issuer);
  const size = ISSUER_MAX * Math.min(1, PAGE.typeWidth / wide);
  centred(pdf, issuer, column.take(size * 1.3), size, { colour: RED, bold: true });
  column.y += LINE;
  centred(pdf, number, column.take(LINE), BODY);
  const rule = column.y - LINE + BODY + RULE_BELOW;
  pdf.lineWidth(1.5).strokeColor(RED).moveTo(PAGE.left, rule).lineTo(RIGHT, rule).stroke();
  column.y = rule + LINE;
  for (const line of balanced(title, widthAt(pdf, TITLE))) {
    centred(pdf, line, column.take(LINE * 1.1), TITLE, { bold: true });
  }
  column.y += LINE / 2;
  if (addressee !== '') drawText(pdf, column, `${addressee}：`, 0);
}

/** A title of several lines is cut evenly: one character alone on the second line is no title. */
function balanced(title: string, widthOf: (text: string) => number): readonly string[] {
  const most = PAGE.typeWidth - BODY * 2;
  const lines = breakLines(title, most, widthOf);
  if (lines.length === 1) return lines;
  const even = widthOf(title) / lines.length + TITLE;
  // What cannot be torn may want a wider line than an even one.
  for (let width = even; width < most; width += TITLE / 2) {
    const again = breakLines(title, width, widthOf);
    if (again.length === lines.length) return again;
  }
  return lines;
}

/** A paragraph, its first line set in by so many characters. */
function drawText(pdf: Pdf, column: Column, text: string, indent: number, bold = false): void {
  const widthOf = widthAt(pdf, BODY);
  breakLines(text, PAGE.typeWidth, widthOf, indent * BODY).forEach((line, index) => {
    put(pdf, line, PAGE.left + (index === 0 ? indent * BODY : 0), column.take(LINE), BODY, { bold });
  });
}

function drawBlock(pdf: Pdf, column: Column, block: Block): void {
  switch (block.kind) {
    case 'paragraph':
      drawText(pdf, column, block.text, 2);
      return;
    case 'heading':
      // A heading stands on no page without what it heads.
      if (!column.room(LINE * 2)) column.page();
      drawText(pdf, column, block.text, 2, true);
      return;
    case 'table':
      column.y += LINE / 4;
      for (const row of block.rows) drawRow(pdf, column, row);
      column.y += LINE / 2;
      return;
    default:
      block satisfies never;
  }
}

function drawRow(pdf: Pdf, column: Column, [name, value]: readonly [string, string]): void {
  const pad = BODY / 2;
  const lines = breakLines(value, PAGE.typeWidth - NAME_WIDTH - pad * 2, widthAt(pdf, SMALL));
  const lineHeight = SMALL * 1.5;
  let from = 0;
  // A value longer than the page goes on in a row of the next one.
  while (from < lines.length) {
    if (!column.room(lineHeight + pad)) column.page();
    const fit = Math.max(1, Math.floor((BOTTOM - column.y - pad) / lineHeight));
    const part = lines.slice(from, from + fit);
    const height = part.length * lineHeight + pad;
    const y = column.take(height);
    pdf.lineWidth(0.5).strokeColor('#000000').rect(PAGE.left, y, PAGE.typeWidth, height).stroke();
    pdf
      .moveTo(PAGE.left + NAME_WIDTH, y)
      .lineTo(PAGE.left + NAME_WIDTH, y + height)
      .stroke();
    if (from === 0) put(pdf, name, PAGE.left + pad, y + pad * 0.7, SMALL, { bold: true });
    part.forEach((line, index) => {
      put(pdf, line, PAGE.left + NAME_WIDTH + pad, y + pad * 0.7 + index * lineHeight, SMALL);
    });
    from += part.length;
  }
}

/** Signature and date to the right, with room for the seal over both, and whom a copy goes to below. */
function drawEnd(pdf: Pdf, column: Column, { signature, date, copies }: OfficialDocument): void {
  // The seal stands on no page of its own: signature, date and seal stay together.
  if (!column.room(SEAL_DIAMETER + LINE)) column.page();
  const begins = column.y + LINE;
  const widthOf = widthAt(pdf, BODY);
  const centre = RIGHT - BODY * 4 - Math.max(widthOf(signature), widthOf(date)) / 2;
  const middle = begins + SEAL_DIAMETER / 2;
  put(pdf, signature, centre - widthOf(signature) / 2, middle - LINE * 0.8, BODY);
  put(pdf, date, centre - widthOf(date) / 2, middle + LINE * 0.2, BODY);
  pdf
    .save()
    .lineWidth(0.8)
    .strokeColor(RED)
    .dash(4, { space: 3 })
    .circle(centre, middle, SEAL_DIAMETER / 2)
    .stroke()
    .undash()
    .restore();
  const placeholder = '（盖章处）';
  put(
    pdf,
    placeholder,
    centre - widthAt(pdf, SMALL)(placeholder) / 2,
    middle + SEAL_DIAMETER / 2 - SMALL * 2,
    SMALL,
    {
      colour: RED,
    },
  );
  column.y = begins + SEAL_DIAMETER + LINE / 2;
  if (copies.length === 0) return;
  const lines = breakLines(`抄送：${copies.join('，')}。`, PAGE.typeWidth - SMALL * 2, widthAt(pdf, SMALL));
  const height = lines.length * LINE;
  if (!column.room(height)) column.page();
  // 版记 stands at the foot of the last page.
  const y = BOTTOM - height;
  pdf.lineWidth(1).strokeColor('#000000').moveTo(PAGE.left, y).lineTo(RIGHT, y).stroke();
  pdf.moveTo(PAGE.left, BOTTOM).lineTo(RIGHT, BOTTOM).stroke();
  lines.forEach((line, index) => {
    put(pdf, line, PAGE.left + SMALL, y + index * LINE + (LINE - SMALL) / 2, SMALL);
  });
}

/** Odd pages to the right, even ones to the left, one character in (GB/T 9704 7.5). */
function drawPageNumber(pdf: Pdf, page: number): void {
  const text = `— ${page} —`;
  const wide = widthAt(pdf, SMALL)(text);
  const x = page % 2 === 1 ? RIGHT - SMALL - wide : PAGE.left + SMALL;
  put(pdf, text, x, BOTTOM + NUMBER_BELOW, SMALL);
}

function drawWatermark(pdf: Pdf, text: string): void {
  pdf
    .save()
    .fillOpacity(0.13)
    .rotate(-30, { origin: [PAGE.width / 2, PAGE.height / 2] });
  const step = widthAt(pdf, 18)(text) + 60;
  for (let y = -PAGE.height * 0.3; y < PAGE.height * 1.3; y += 110) {
    for (let x = -PAGE.width * 0.5; x < PAGE.width * 1.5; x += step) put(pdf, text, x, y, 18);
  }
  pdf.restore();
}
