import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCsv } from '../../../src/domain/hotlines/register/decode-csv.ts';
import {
  exportLines,
  importLines,
  registerTemplate,
} from '../../../src/domain/hotlines/register/register-file.ts';
import { rowVerdicts } from '../../../src/domain/hotlines/register/row-verdicts.ts';
import { anyRules, line, RULES } from './rule-sets.ts';

const BARE = { areaCode: '0513', mainNumber: '12345', generalQueue: 'general', listed: [] };
const TODAY = '2026-11-23';
const HEADING = 'number,name,unit_code,unit,mode,valid_from,valid_to,queue';

const judged = (rows: string, before = RULES.lines) => {
  const report = importLines(`${HEADING}\n${rows}`, BARE);
  return { report, ...rowVerdicts(report, before, TODAY) };
};

test('each row is told as new, changed field by field, or as it was; refused rows are in the report alone', () => {
  const { rows, dropped, report } = judged(
    [
      '12319,热线12319,unit,单位,FORWARD,2020-04-28,,general',
      '12369,环保热线,unit,单位,FORWARD,2020-04-28,,general',
      '12388x,纪检,unit,单位,FORWARD,2020-04-28,,general',
      '12320,卫生热线,unit,单位,FORWARD,2026-12-01,,general',
    ].join('\n'),
  );
  expect(rows).toEqual([
    { line: 2, number: '12319', name: '热线12319', verdict: 'same', changes: [], changesEn: [] },
    {
      ...{ line: 3, number: '12369', name: '环保热线', verdict: 'changed' },
      changes: [
        '名称由“热线12369”改为“环保热线”',
        '归并方式由“专席受理”改为“呼叫转移”',
        '受理队列由“desk-12369”改为“general”',
      ],
      changesEn: [
        'name from “热线12369” to “环保热线”',
        'mode from “DEDICATED” to “FORWARD”',
        'queue from “desk-12369” to “general”',
      ],
    },
    { line: 5, number: '12320', name: '卫生热线', verdict: 'added', changes: [], changesEn: [] },
  ]);
  expect(report.refused.map(({ line: row }) => row)).toEqual([4]);
  expect(dropped).toEqual([]);
});

test('a period from today on that the file leaves out of its number is told; the past is not', () => {
  const before = [
    line('12316', 'TRANSITION', { validFrom: '2026-01-01', validTo: '2026-03-31' }),
    line('12316', 'DEDICATED', { validFrom: '2026-04-01', validTo: '2026-12-31' }),
    line('12316', 'FORWARD', { validFrom: '2027-01-01' }),
    line('12318', 'FORWARD'),
  ];
  const { rows, dropped } = judged(
    '12316,热线12316,unit,单位,DEDICATED,2026-04-01,2026-12-31,general',
    before,
  );
  expect(rows.map(({ verdict }) => verdict)).toEqual(['same']);
  expect(dropped).toEqual([
    { number: '12316', name: '热线12316', mode: 'FORWARD', validFrom: '2027-01-01', validTo: null },
  ]);
});

test('what is exported and read again is all as it was', () => {
  fc.assert(
    fc.property(anyRules, (rules) => {
      const once = importLines(exportLines(rules.lines), BARE).lines;
      const again = rowVerdicts(importLines(exportLines(once), BARE), once, TODAY);
      expect(again.rows.filter(({ verdict }) => verdict !== 'same')).toEqual([]);
      expect(again.dropped).toEqual([]);
    }),
  );
});

test('the template has headings that are all understood, and no line', () => {
  const { rows, remarks } = importLines(registerTemplate(), BARE);
  expect({ rows, remarks }).toEqual({ rows: 0, remarks: [] });
});

const TEXT = '号码,名称\r\n12320,卫生热线\r\n';
/** As an old spreadsheet in China writes it. */
const GBK = Uint8Array.from(
  // biome-ignore format: bytes
  [0xba, 0xc5, 0xc2, 0xeb, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x0d, 0x0a, 0x31, 0x32, 0x33, 0x32, 0x30, 0x2c,
   0xce, 0xc0, 0xc9, 0xfa, 0xc8, 0xc8, 0xcf, 0xdf, 0x0d, 0x0a],
);
const utf16 = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((one) => [one.charCodeAt(0) & 0xff, one.charCodeAt(0) >> 8]));

test.each([
  ['utf-8', new TextEncoder().encode(TEXT)],
  ['utf-8', new TextEncoder().encode(`\uFEFF${TEXT}`)],
  ['gb18030', GBK],
  ['utf-16le', utf16(`\uFEFF${TEXT}`)],
] as const)('a file in %s is read, and said to be it', (encoding, bytes) => {
  expect(decodeCsv(bytes)).toEqual({ kind: 'text', encoding, text: TEXT });
});

test('a workbook under another name is no text', () => {
  expect(decodeCsv(Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x08, 0x00]))).toEqual({
    kind: 'notText',
  });
});

test('whatever the bytes are, they are read or refused, and UTF-8 comes back as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(['text', 'notText']).toContain(decodeCsv(bytes).kind);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!text.includes('\u0000') && !text.startsWith('\uFEFF'));
      expect(decodeCsv(new TextEncoder().encode(text))).toEqual({ kind: 'text', encoding: 'utf-8', text });
    }),
  );
});
