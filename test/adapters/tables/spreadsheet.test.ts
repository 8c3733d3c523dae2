import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { spreadsheets } from '../../../src/adapters/tables/spreadsheet.ts';

test('what is written is read again as it was, whatever is in a cell', async () => {
  const rows = [
    ['code', 'question', 'answer'],
    ['hs-01', '房产证怎么办？', '带“身份证”,到窗口\n第二行 <b>&amp;'],
    ['00123', '=1+1', ''],
  ];
  const file = await spreadsheets.write('知识条目', rows);
  const read = await spreadsheets.read(file);
  expect(read.map((row) => [...row, '', ''].slice(0, 3))).toEqual(rows);
});

test('what is no workbook is refused with its reason', async () => {
  await expect(spreadsheets.read(Buffer.from('code,question\n1,2'))).rejects.toMatchObject({
    code: 'import.fileUnreadable',
  });
  await expect(spreadsheets.read(new Uint8Array())).rejects.toMatchObject({ code: 'import.fileUnreadable' });
});

test('a small file that would unpack to a mountain is not unpacked, whatever its directory says', async () => {
  const file = Buffer.from(await spreadsheets.write('甲', [['a']]));
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const packed = deflateRawSync(Buffer.alloc(200 * 1024 * 1024));
  const head = Buffer.alloc(30);
  head.write('PK\x03\x04', 0, 'latin1');
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  // What it says of its size is a lie.
  head.writeUInt32LE(100, 22);
  head.writeUInt16LE(name.length, 26);
  const bomb = Buffer.concat([head, name, packed, file]);
  expect(bomb.length).toBeLessThan(1024 * 1024);
  await expect(spreadsheets.read(bomb)).rejects.toMatchObject({ code: 'import.fileTooLarge' });
});
