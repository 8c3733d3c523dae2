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

test('a small file that would unpack to a mountain is not unpacked', async () => {
  const file = Buffer.from(await spreadsheets.write('甲', [['a']]));
  const entry = file.indexOf('PK\x01\x02', 0, 'latin1');
  file.writeUInt32LE(0x7fffffff, entry + 24);
  await expect(spreadsheets.read(file)).rejects.toMatchObject({ code: 'import.fileTooLarge' });
});
