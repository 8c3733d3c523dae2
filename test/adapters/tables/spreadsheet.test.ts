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

test('whoever asks meanwhile is answered: a large workbook is the work of another thread', async () => {
  const rows = Array.from({ length: 8000 }, (_, at) => [`c${at}`, `第${at}问`, `答复${at}`.repeat(20)]);
  const before = performance.eventLoopUtilization();
  const read = await spreadsheets.read(await spreadsheets.write('条目', rows));
  const { utilization } = performance.eventLoopUtilization(before);
  expect([read.length, read.at(-1)]).toEqual([8000, rows.at(-1)]);
  // Of the thread that waits. When it did the work itself it was busy all the time.
  expect(utilization).toBeLessThan(0.5);
});

test('two at once come one after the other, and a bad one spoils nothing for the next', async () => {
  const file = await spreadsheets.write('甲', [['a', 'b']]);
  const [one, bad, other] = await Promise.allSettled([
    spreadsheets.read(file),
    spreadsheets.read(Buffer.from('no workbook')),
    spreadsheets.read(file),
  ]);
  expect([one, other]).toEqual([
    { status: 'fulfilled', value: [['a', 'b']] },
    { status: 'fulfilled', value: [['a', 'b']] },
  ]);
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'import.fileUnreadable' } });
});
