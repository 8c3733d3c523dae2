import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { pdfPress } from '../../../src/adapters/documents/pdf-press.ts';
import type { DocumentPress } from '../../../src/app/ports/documents.ts';
import {
  circular,
  type Letterhead,
  type PaperTicket,
  supervisionOrder,
  taskSheet,
} from '../../../src/domain/documents/papers.ts';
import { obtainFont } from '../../../src/runtime/obtain-font.ts';
import { PROJECT_ROOT } from '../../support/global-setup.ts';

let press: DocumentPress;
beforeAll(async () => {
  press = pdfPress(await obtainFont(PROJECT_ROOT, () => undefined));
}, 300_000);

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

/** What of a page a reader without eyes can check: that it is one, and how many there are. */
const pageCount = (pdf: Uint8Array): number =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0;
const keep = (name: string, pdf: Uint8Array): void => {
  const folder = process.env.KEEP_DOCUMENTS;
  if (folder !== undefined) writeFileSync(join(folder, `${name}.pdf`), pdf);
};

test('each of the three papers is one page, small, with its font inside', async () => {
  const papers = {
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
  };
  for (const [name, paper] of Object.entries(papers)) {
    const { pdf, pages, missing } = await press.print(paper);
    keep(name, pdf);
    expect(missing).toEqual([]);
    expect(pages).toBe(name === 'circular' ? 1 : 2);
    expect(pageCount(pdf)).toBe(pages);
    const text = Buffer.from(pdf).toString('latin1');
    expect(text).toMatch(/^%PDF-1\./);
    expect(text).toMatch(/\/FontFile2/);
    expect(pdf.byteLength).toBeLessThan(250_000);
  }
}, 60_000);

test('a long matter goes on over pages, nothing is lost, and a table’s value longer than a page is cut into rows', async () => {
  const content = Array.from(
    { length: 60 },
    (_, index) => `第${index}点：${'道路积水严重。'.repeat(8)}`,
  ).join('\n');
  const { pages, pdf } = await press.print(taskSheet(HEAD, { ...TICKET, content, place: '长'.repeat(2000) }));
  keep('long', pdf);
  expect(pages).toBeGreaterThan(6);
  expect(pageCount(pdf)).toBe(pages);
}, 60_000);

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
