import { expect, test } from 'vitest';
import { readCatalogueFile, writeCatalogueFile } from '../../../src/domain/dispatch/catalogue-file.ts';
import { type EntryContext, namesOf } from '../../../src/domain/dispatch/read-row.ts';

const context: EntryContext = {
  units: namesOf([
    { code: 'lighting', name: '路灯管理所' },
    { code: 'water', name: '自来水公司' },
  ]),
  categories: namesOf([
    { code: 'urban.lighting', name: '路灯照明' },
    { code: 'housing.quality', name: '质量' },
    { code: 'market.quality', name: '质量' },
  ]),
  areas: namesOf([{ code: 'juegang', name: '掘港街道' }]),
  assets: namesOf([{ code: 'street-light', name: '路灯' }]),
  today: '2026-11-25',
};
const read = (...lines: string[]) => readCatalogueFile(lines.join('\r\n'), context);

test('a file with Chinese headings and names is read; what it says can be written and read again', () => {
  const { entries, remarks } = read(
    '分类,主办单位,协办单位,区域,设施,生效日,截止日,依据',
    '路灯照明,路灯管理所,自来水公司,掘港街道,路灯,2026/12/01,2027-12-31,"〔2026〕8号"',
    'urban.lighting,lighting,,,,,,',
  );
  expect(remarks).toEqual([]);
  expect(entries.map(({ line, entry }) => ({ line, ...entry }))).toEqual([
    {
      line: 2,
      area: 'juegang',
      category: 'urban.lighting',
      asset: 'street-light',
      leadUnit: 'lighting',
      assistUnits: ['water'],
      validFrom: '2026-12-01',
      validTo: '2027-12-31',
      basis: '〔2026〕8号',
    },
    {
      line: 3,
      area: '',
      category: 'urban.lighting',
      asset: '',
      leadUnit: 'lighting',
      assistUnits: [],
      validFrom: '2026-11-25',
      validTo: null,
      basis: '',
    },
  ]);
  const written = writeCatalogueFile(
    entries.map(({ entry }) => ({ ...entry, id: 'x', source: 'catalogue', sourceRef: '' })),
  );
  expect(readCatalogueFile(written, context).entries.map(({ entry }) => entry)).toEqual(
    entries.map(({ entry }) => entry),
  );
});

test('each bad line is told with its field, what is wrong and what would be right; good lines are taken', () => {
  const { rows, entries, refused, remarks } = read(
    'category,lead,assist,valid_from,valid_to',
    '路灯照明,路灯管理局,,,',
    '质量,water,,,',
    'urban.lighting,lighting,lighting,,',
    'urban.lighting,,,2026-02-30,',
    'urban.lighting,lighting,,2026-12-01,2026-11-30',
    'urban.lighting,lighting',
    'urban.lighting,"lighting"x,,,',
    'urban.lighting,lighting,,2026-12-01,',
    'urban.lighting,water,,2026-12-01,',
  );
  expect(rows).toBe(9);
  expect(entries.map(({ line }) => line)).toEqual([9]);
  expect(refused).toEqual([2, 3, 4, 5, 6, 7, 8, 10]);
  expect(remarks.map(({ line, field, wrong }) => `${line} ${field} ${wrong}`)).toEqual([
    '2 lead 没有叫“路灯管理局”的承办单位',
    '3 category 有多个诉求分类叫“质量”',
    '4 assist 主办单位同时列为协办单位',
    '5 lead 没有主办单位',
    '5 valid_from “2026-02-30”不是日期',
    '6 valid_to 截止日早于生效日',
    '7 null 有 2 列',
    '8 null 引号之后还有文字',
    '10 null 与第 9 行是同一事项、同一生效日',
  ]);
  expect(remarks.every(({ right }) => right !== '')).toBe(true);
});

test.each([
  ['category,assist', '缺少列 lead'],
  ['category,lead,color', '不认识的列“color”'],
  ['category,lead,lead', '列 lead 重复'],
  ['category,lead\n\uFFFD,water', '文件不是 UTF-8 编码，部分文字已损坏'],
  ['', '文件为空'],
])('a file that cannot be understood is refused whole: %j', (text, wrong) => {
  const { entries, remarks } = readCatalogueFile(text, context);
  expect(entries).toEqual([]);
  expect(remarks[0]).toMatchObject({ wrong, line: 1, severity: 'refused' });
});

test('a column is called as the file heads it, in its language also where it is missing', () => {
  const told = (...lines: string[]) =>
    read(...lines).remarks.map(({ line, field, wrong }) => `${line} ${field ?? '-'} ${wrong}`);
  expect(told('诉求分类,主办单位,valid_from', '路灯照明,路灯管理局,12月1日')).toEqual([
    '2 主办单位 没有叫“路灯管理局”的承办单位',
    '2 valid_from “12月1日”不是日期',
  ]);
  expect(told('分类,区域', '路灯照明,')).toEqual(['1 - 缺少列 主办']);
  expect(told('category,area', 'urban.lighting,')).toEqual(['1 - 缺少列 lead']);
  expect(told('分类,主办,主办单位', '路灯照明,lighting,')).toEqual(['1 - 列 主办单位 重复']);
});
