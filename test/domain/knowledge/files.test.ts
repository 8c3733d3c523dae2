import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv } from '../../../src/domain/hotlines/register/csv.ts';
import { type EntryContext, readEntryRow } from '../../../src/domain/knowledge/files/entry-row.ts';
import { csvCell, fromCsvCell } from '../../../src/domain/knowledge/files/table.ts';
import { readPlace } from '../../../src/domain/knowledge/places/place.ts';
import { readSynonymFile, writeSynonymFile } from '../../../src/domain/knowledge/search/synonym-file.ts';

const context: EntryContext = {
  units: new Map([['water', 'water']]),
  categories: new Map([['leak', 'leak']]),
  areas: new Map(),
  lines: new Set(),
  today: '2026-11-26',
};
const row = (over: object) =>
  readEntryRow(
    { code: 'a', question: '问', answer: '答', unit: 'water', category: 'leak', ...over },
    context,
  );

test('an entry of a file is public only where the file says so, in a word that is known', () => {
  const isPublic = (word?: string) => {
    const read = row(word === undefined ? {} : { public: word });
    return 'row' in read ? read.row.content.isPublic : read.faults.map(({ field }) => field);
  };
  expect(isPublic()).toBe(false);
  for (const word of ['', '否', '内部', '不公开', 'N', 'false', '0']) expect(isPublic(word)).toBe(false);
  for (const word of ['是', '公开', 'Yes', '1']) expect(isPublic(word)).toBe(true);
  for (const word of ['仅内部', '保密', 'constructor']) expect(isPublic(word)).toEqual(['public']);
});

test('a place that is said not to be public in other words is asked about, not shown', () => {
  const place = { code: 'a', name: '庇护所', address: '某路', category: 'leak', keeper: 'partner' };
  const read = (word: string) => {
    const one = readPlace({ ...place, public: word }, context);
    return 'place' in one ? one.place.isPublic : one.faults.map(({ field }) => field);
  };
  expect(['', '是', '不公开', '内部', '否'].map(read)).toEqual([true, true, false, false, false]);
  expect(read('保密')).toEqual(['public']);
});

test('a link that a browser would run is refused where a file is read', () => {
  expect(row({ basis: '办法|第2条|javascript:alert(1)' })).toEqual({
    faults: [expect.objectContaining({ field: 'basis' })],
  });
  expect(row({ basis: '办法|第2条|https://example.cn/x' })).toHaveProperty('row');
});

test('no cell of a CSV begins like a formula, and each is read again as it was', () => {
  for (const cell of ['=cmd|"/c calc"!A1', '+1+1', '-2+3', '@SUM(A1)', '\t=1', "'=1"]) {
    expect(csvCell(cell).replace(/^"/, '')).toMatch(/^'/);
  }
  // Coordinates and telephones are read as numbers by whoever reads the file.
  expect(['-121.5', '0513-84512345', '"'].map(csvCell)).toEqual(['-121.5', '0513-84512345', '""""']);
  const near = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\t', '1', '水') });
  fc.assert(
    fc.property(near, (cell) => {
      const [record] = parseCsv(`x,${csvCell(cell)}`);
      expect(fromCsvCell(record?.cells[1] ?? '')).toBe(cell);
    }),
  );
});

test('nor one of the file of synonyms', () => {
  const file = writeSynonymFile([{ said: ['=水管'], means: ['供水'], region: '' }]);
  expect(file).toContain("\n'=水管,");
  expect(readSynonymFile(file).refused).toEqual([]);
});
