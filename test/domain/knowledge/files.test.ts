import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ENTRY_FIELDS,
  type EntryContext,
  entryLine,
  overStanding,
  readEntryRow,
} from '../../../src/domain/knowledge/files/entry-row.ts';
import { atOnce, codesIn, headingIn, tableSteps } from '../../../src/domain/knowledge/files/table.ts';
import {
  overStandingPlace,
  PLACE_FIELDS,
  type PlaceContent,
  placeLine,
  readPlace,
} from '../../../src/domain/knowledge/places/place.ts';
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

test('a day that no calendar has, and a look that is yet to come, is told with its line: the books would refuse the whole file', () => {
  for (const field of ['valid_from', 'valid_to'] as const) {
    for (const day of ['2026-02-30', '0000-01-01'])
      expect(row({ [field]: day })).toEqual({ faults: [expect.objectContaining({ field })] });
    expect(row({ [field]: '2028/02/29' })).toHaveProperty('row');
  }
  const place = { code: 'a', name: '药店', address: '某路', category: 'leak', keeper: 'partner' };
  const verified = (day: string) => {
    const read = readPlace({ ...place, verified_on: day }, context);
    return 'place' in read ? read.place.verifiedOn : read.faults.map(({ field }) => field);
  };
  expect(['', '2026-11-26'].map(verified)).toEqual([null, '2026-11-26']);
  expect(['2026-02-30', '2026-11-27', '2099-01-01'].map(verified)).toEqual(
    Array.from({ length: 3 }, () => ['verified_on']),
  );
});

test('a place is kept without what no database keeps, its address in one line, round the clock in one spelling', () => {
  const place = { code: 'a', name: '药\u0000店', address: '江海路 1 号\r\n二楼', category: 'leak' };
  const read = (hours: string) => {
    const one = readPlace({ ...place, keeper: 'partner', note: '后门\n按铃', hours }, context);
    return 'place' in one ? one.place : one.faults;
  };
  for (const hours of ['24h', '全天', '24小时营业', '每天 24小时', '营业时间：全天'])
    expect(read(hours), hours).toMatchObject({
      ...{ name: '药店', address: '江海路 1 号 二楼', note: '后门\n按铃', hours: '24h' },
    });
  for (const hours of ['每天 8:00-20:00', '营业时间：每天 8:00-20:00'])
    expect(read(hours)).toMatchObject({ hours: '每天 8:00-20:00' });
});

test('a place of whose name nobody sees anything has none', () => {
  const place = { code: 'a', name: '\u200b', address: '\u3000', category: 'leak', keeper: 'partner' };
  expect(readPlace(place, context)).toMatchObject({ faults: [{ field: 'name' }, { field: 'address' }] });
});

test('a formula that came to nothing is no answer to a citizen', () => {
  const cells = [
    ['code', 'question', 'answer'],
    ['a', '几点开门', '#REF!'],
    ['b', '#N/A', '#VALUE!'],
    ['c', '按 #REF! 键', '井号键是 #。'],
  ];
  const { good, refused } = atOnce(
    tableSteps(cells, {
      fields: ['code', 'question', 'answer'] as const,
      required: ['code'],
      read: (raw) => ({ row: raw.question }),
    }),
  );
  expect(refused.map(({ line, field }) => `${line} ${field}`)).toEqual([
    '2 answer',
    '3 question',
    '3 answer',
  ]);
  expect(refused[0]).toMatchObject({ wrong: '公式出错：#REF!' });
  expect(good.map(({ code }) => code)).toEqual(['c']);
});

test('a link that a browser would run is refused where a file is read', () => {
  expect(row({ basis: '办法|第2条|javascript:alert(1)' })).toEqual({
    faults: [expect.objectContaining({ field: 'basis' })],
  });
  expect(row({ basis: '办法|第2条|https://example.cn/x' })).toHaveProperty('row');
});

test('a formula that came to nothing is no saying of citizens', () => {
  const { synonyms, refused } = readSynonymFile(
    'said,means,region\n#REF!,供水,\n水管, #N/A ,\n水表,供水,#NAME?\n按 #REF! 键,井号键,\n',
  );
  expect(synonyms.map(({ said }) => said)).toEqual([['按 #REF! 键']]);
  expect(refused.map(({ line, wrong }) => `${line} ${wrong}`)).toEqual([
    '2 公式出错：#REF!',
    '3 公式出错：#N/A',
    '4 公式出错：#NAME?',
  ]);
});

test('no cell of the file of synonyms is a formula', () => {
  const file = writeSynonymFile([{ said: ['=水管'], means: ['供水'], region: '' }]);
  expect(file).toContain("\n'=水管,");
  expect(readSynonymFile(file).refused).toEqual([]);
});

test('a line is read with what stands where the file has no column, and a cell that is empty empties it', () => {
  const standing = new Map([['a', { name: '旧名', note: '请勿删', hours: '24h' }]]);
  const table = (cells: readonly (readonly string[])[]) =>
    atOnce(
      tableSteps(cells, {
        ...{ fields: ['code', 'name', 'note', 'hours'] as const, required: ['code', 'name'] as const },
        ...{ standing, read: (row) => ({ row }) },
      }),
    );
  const read = table([
    ['编码', '名称', 'hours'],
    ['a', '新名', ''],
    ['b', '别处', '08:00-20:00'],
  ]);
  expect(read.given).toEqual(['code', 'name', 'hours']);
  expect(read.good.map(({ row: one }) => one)).toEqual([
    { code: 'a', name: '新名', note: '请勿删', hours: '' },
    { code: 'b', name: '别处', hours: '08:00-20:00' },
  ]);
  expect(codesIn([['编码'], ['a'], [' a '], ['\u0000'], ['']])).toEqual(['a']);
});

test('a column is called as the table heads it; where it has none, in the language of its headings', () => {
  const cells = [['编号', 'question', ' 口播答复 '], ['a']];
  expect(['code', 'question', 'answer', 'basis'].map((field) => headingIn(cells, field))).toEqual([
    ...['编号', 'question', '口播答复', '依据'],
  ]);
  expect(headingIn([['code'], ['a']], 'basis')).toBe('basis');
  const { refused } = atOnce(
    tableSteps([['编码'], ['a']], {
      ...{ fields: ['code', 'name'] as const, required: ['code', 'name'] as const },
      read: (row) => ({ row }),
    }),
  );
  expect(refused).toMatchObject([{ line: 1, wrong: '缺少列 名称', right: '第一行写列名：编码,名称' }]);
});

test('whatever columns a file has, the others of an entry and of a place stay as they stand', () => {
  const entry = (nth: string) => ({
    ...{ question: `问${nth}`, otherWays: [`别问${nth}`], answer: `答${nth}`, message: `短信${nth}` },
    ...{
      publicText: `公开${nth}`,
      internalText: `内部${nth}`,
      isPublic: nth === '1',
      categories: [`c${nth}`],
    },
    ...{ basis: [{ document: `文${nth}`, clause: '', link: '' }], areas: [`a${nth}`], lines: [`1${nth}`] },
    ...{ validFrom: '2026-11-26', validTo: nth === '1' ? '2027-01-31' : '2028-12-31', attachments: [] },
  });
  const place = (nth: string): PlaceContent => ({
    ...{ name: `名${nth}`, also: [`别名${nth}`], address: `路${nth}`, area: `a${nth}`, category: `c${nth}` },
    ...{ longitude: Number(nth), latitude: Number(nth), telephone: `1234${nth}`, hours: `0${nth}:00-20:00` },
    ...{ keeper: nth === '1' ? 'partner' : 'unit', unitCode: nth === '1' ? null : 'water', note: `注${nth}` },
    ...{ isPublic: nth === '1', verifiedOn: `2026-01-0${nth}` },
  });
  const unit = 'water';
  fc.assert(
    fc.property(fc.subarray([...ENTRY_FIELDS]), fc.subarray([...PLACE_FIELDS]), (columns, fields) => {
      const given = new Set<string>(columns);
      const merged = entryLine('x', {
        ownerUnit: unit,
        content: overStanding(entry('1'), entry('2'), given),
      });
      const [old, wanted] = ['1', '2'].map((nth) => entryLine('x', { ownerUnit: unit, content: entry(nth) }));
      for (const field of ENTRY_FIELDS)
        expect(merged[field]).toBe((given.has(field) ? wanted : old)?.[field]);

      const has = new Set<string>(fields);
      // Two that only make sense together come together.
      for (const [one, other] of [
        ['longitude', 'latitude'],
        ['keeper', 'unit'],
      ] as const) {
        if (has.has(one) || has.has(other)) has.add(one).add(other);
      }
      const kept = placeLine('x', overStandingPlace(place('1'), place('2'), new Set(fields)));
      for (const field of PLACE_FIELDS) {
        expect(kept[field]).toBe(placeLine('x', place(has.has(field) ? '2' : '1'))[field]);
      }
    }),
  );
});

test('an end that is over is not the end of the version that takes its place', () => {
  const words = row({ valid_to: '' });
  if (!('row' in words)) throw new Error('a good row was refused');
  const { content } = words.row;
  const given = new Set(['question', 'answer']);
  expect(overStanding({ ...content, validTo: '2026-01-31' }, content, given).validTo).toBeNull();
  expect(overStanding({ ...content, validTo: '2027-01-31' }, content, given).validTo).toBe('2027-01-31');
});
