import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LINES, MUNICIPALITY, PROTECTED_NUMBERS, QUEUES, UNITS } from '../../../src/app/sample/rudong.ts';
import { parseCsv, serialiseCsv } from '../../../src/domain/hotlines/register/csv.ts';
import type { ImportContext } from '../../../src/domain/hotlines/register/import-context.ts';
import {
  exportLines,
  importLines,
  replaceNumbers,
} from '../../../src/domain/hotlines/register/register-file.ts';
import { totalsAt } from '../../../src/domain/hotlines/register/totals-at.ts';
import { ordered, type RuleLine } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { anyRules, line, RULES } from './rule-sets.ts';

const BARE: ImportContext = {
  areaCode: MUNICIPALITY.areaCode,
  mainNumber: MUNICIPALITY.mainNumber,
  generalQueue: MUNICIPALITY.generalQueue,
  listed: [],
};
const CONTEXT: ImportContext = {
  ...BARE,
  listed: PROTECTED_NUMBERS,
  units: UNITS,
  queues: QUEUES.map(({ code }) => code),
};
const HEADING = 'number,name,unit,mode,valid_from,valid_to,queue,unit_number,trunk';

test.each([
  [
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    '\uFEFFa,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a\rb\r', [['a'], ['b']]],
  ['"a ""b"", c","d\r\ne"\n', [['a "b", c', 'd\r\ne']]],
  [
    'a,\n,\n',
    [
      ['a', ''],
      ['', ''],
    ],
  ],
  ['\n\n""\n\n', []],
  ['', []],
])('%j is read as RFC 4180 has it', (text, expected) => {
  expect(parseCsv(text).map(({ cells }) => cells)).toEqual(expected);
});

test('what is not RFC 4180 is kept and named, with the line it begins on', () => {
  expect(parseCsv('a,"x\ny"\nb,"c"d\ne,f"g\nh,"i\nj')).toEqual([
    { line: 1, cells: ['a', 'x\ny'], fault: null },
    { line: 3, cells: ['b', 'cd'], fault: 'textAfterQuote' },
    { line: 4, cells: ['e', 'f"g'], fault: 'quoteInText' },
    { line: 5, cells: ['h', 'i\nj'], fault: 'quoteNotClosed' },
  ]);
});

test('what is written is read back, whatever the cells hold', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '号', '\uFEFF', ';') });
  const records = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(records, (written) => {
      const read = parseCsv(serialiseCsv(written));
      expect(read.map(({ cells }) => cells)).toEqual(written);
      expect(read.every(({ fault }) => fault === null)).toBe(true);
    }),
  );
});

test('no text makes it throw or loses a row', () => {
  const text = fc.string({
    unit: fc.constantFrom('1', '0513', '"', ',', '\n', 'FORWARD', '2020-04-28', '法'),
  });
  fc.assert(
    fc.property(text, (rows) => {
      const { lines, refused, rows: counted } = importLines(`${HEADING}\n${rows}`, CONTEXT);
      expect(lines.length + refused.length).toBe(counted);
    }),
  );
});

/** The article's register as a department would send it: seven columns, no queues, no telephones of units. */
const ARTICLE = serialiseCsv([
  ['number', 'name', 'unit', 'mode', 'valid_from', 'valid_to', 'basis'],
  ...LINES.map((one) => [
    one.number,
    one.name,
    UNITS.find(({ code }) => code === one.unit)?.name ?? '',
    one.mode,
    '2020-04-28',
    one.mode === 'TRANSITION' ? '2020-07-28' : '',
    one.basis,
  ]),
]);

test('F-5: Rudong’s register counts 1+16+14, 30 lines of 27 units, and 1+9+14 after the transitions ended', () => {
  const { lines, refused, rows, remarks } = importLines(ARTICLE, CONTEXT);
  expect({ rows, lines: lines.length, refused }).toEqual({ rows: 31, lines: 31, refused: [] });
  // Four desks without a queue; fourteen parallel lines without telephone and trunk.
  expect(remarks.map(({ field }) => field).sort()).toEqual([
    ...Array(4).fill('queue'),
    ...Array(14).fill('trunk'),
    ...Array(14).fill('unit_number'),
  ]);
  expect(totalsAt(lines, '2020-07-28')).toEqual({
    day: '2020-07-28',
    byMode: { MAIN: 1, FORWARD: 5, TRANSITION: 7, DEDICATED: 4, PARALLEL: 14, MERGED: 0, SUBCENTER: 0 },
    direct: { lines: 16, units: 13 },
    parallel: { lines: 14, units: 14 },
    lines: 30,
    units: 27,
    headline: '1+16+14',
    ended: 0,
    ahead: 0,
  });
  expect(totalsAt(lines, '2020-07-29')).toMatchObject({ headline: '1+9+14', ended: 7, ahead: 0 });
  expect(totalsAt(lines, '2020-04-27')).toMatchObject({ headline: '0+0+0', ended: 0, ahead: 31 });
});

test('a number with several periods counts once, by the one in force', () => {
  const lines = [
    line('12316', 'TRANSITION', { validTo: '2020-07-28' }),
    line('12316', 'FORWARD', { validFrom: '2021-01-01' }),
  ];
  expect(totalsAt(lines, '2020-05-01')).toMatchObject({ headline: '0+1+0', byMode: { TRANSITION: 1 } });
  expect(totalsAt(lines, '2020-08-01')).toMatchObject({ headline: '0+0+0', ended: 1, ahead: 0 });
  expect(totalsAt(lines, '2021-01-01')).toMatchObject({ headline: '0+1+0', byMode: { FORWARD: 1 } });
});

const remarksOf = (row: string, context = CONTEXT) => {
  const { remarks, lines, refused } = importLines(`${HEADING}\n${row}\n`, context);
  expect(lines.length + refused.length).toBe(1);
  expect(lines.length === 0).toBe(remarks.some(({ severity }) => severity === 'refused'));
  return remarks.map(({ line: at, field, severity, wrong, right }) => {
    expect(at).toBe(2);
    return `${severity} ${field}: ${wrong} -> ${right}`;
  });
};
const MODES = 'MAIN、FORWARD、TRANSITION、DEDICATED、PARALLEL、MERGED、SUBCENTER';

test.each([
  ['12319,城管,城市管理局,FORWARD,2020-04-28,,,,', []],
  ['12319,城管,城市管理局,呼叫转移,2020-04-28,,,,', []],
  [
    '110,报警,城市管理局,FORWARD,2020-04-28,,,,',
    ['refused number: 110（公安报警）不得归并 -> 删除该行；紧急求助作三方转接'],
  ],
  [
    '051312388,纪检,城市管理局,FORWARD,2020-04-28,,,,',
    [
      'note number: 12388（纪检监察举报）不在归并范围 -> 发布前须两名不同的审批人同意',
      'note number: 号码“051312388”已改为统一写法 -> 12388',
    ],
  ],
  [
    '51384110001,路灯,城市管理局,FORWARD,2020-04-28,,,,',
    ['refused number: 号码“51384110001”可能丢失了开头的 0 -> 051384110001'],
  ],
  [
    '5.13841E+10,路灯,城市管理局,FORWARD,2020-04-28,,,,',
    ['refused number: 号码“5.13841E+10”含有非数字字符 -> 将该列设为文本格式后重新填写'],
  ],
  [
    '84110001,路灯,城市管理局,FORWARD,2020/4/28,,,,',
    [
      'note number: 号码“84110001”已改为统一写法 -> 051384110001',
      'note valid_from: 日期“2020/4/28”已改为统一写法 -> 2020-04-28',
    ],
  ],
  [
    '12319,,城市管理局,FORWARD,2020-02-30,,,,',
    [
      'refused name: 名称为空 -> 填写号码的名称',
      'refused valid_from: 日期“2020-02-30”不存在或无法识别 -> 填写如 2026-11-23 的日期',
    ],
  ],
  [
    '12319,城管,城市管理局,MERGE,,,,,',
    [
      `refused mode: 归并方式“MERGE”无法识别 -> ${MODES}`,
      'refused valid_from: 生效日期为空 -> 填写如 2026-11-23 的日期',
    ],
  ],
  [
    '12316,三农,农业农村局,TRANSITION,2020-04-28,,,,',
    ['refused valid_to: 短期过渡没有终止日期 -> 2020-07-28'],
  ],
  [
    '12316,三农,农业农村局,TRANSITION,2020-04-28,2020-04-27,,,',
    ['refused valid_to: 终止日期 2020-04-27 早于生效日期 2020-04-28 -> 不早于 2020-04-28'],
  ],
  [
    '12319,城管,城管局,FORWARD,2020-04-28,,,,',
    ['refused unit: 承办单位“城管局”未登记 -> 先登记该单位，或选择已登记的单位'],
  ],
  ['12319,城管,管理局,FORWARD,2020-04-28,,,,', ['refused unit: 承办单位“管理局”未登记 -> 城市管理局']],
  ['12319,城管,,FORWARD,2020-04-28,,,,', ['refused unit: 承办单位为空 -> 填写承办单位的名称或代码']],
  [
    '12319,城管,城市管理局,MAIN,2020-04-28,,,,',
    ['refused mode: 主号码是 12345 -> FORWARD、TRANSITION、DEDICATED、PARALLEL、MERGED、SUBCENTER'],
  ],
  ['12345,热线,城市管理局,FORWARD,2020-04-28,,,,', ['refused mode: 12345 是主号码 -> MAIN']],
  [
    '12319,城管,城市管理局,FORWARD,2020-04-28,,,051384140001,',
    ['refused unit_number: 呼叫转移号码不接往承办单位电话 -> 留空，或将归并方式改为 PARALLEL'],
  ],
  [
    '12319,城管,城市管理局,DEDICATED,2020-04-28,,desk,,',
    ['refused queue: 队列 desk 不存在 -> general、desk-12369、desk-12333、desk-approval、desk-water'],
  ],
  [
    '12348,法律,司法局,PARALLEL,2020-04-28,,,x,carrier',
    ['refused unit_number: 承办单位电话“x”不是号码 -> 填写可拨打的电话号码'],
  ],
  ['12348,法律,司法局,PARALLEL,2020-04-28,,,84140001,carrier', []],
  ['12319,城管', ['refused null: 有 2 列 -> 应有 9 列']],
  [
    '12319,"城管"x,城市管理局,FORWARD,2020-04-28,,,,',
    ['refused null: 引号之后还有文字 -> 将整个单元格放在引号内，其中的引号写两次'],
  ],
])('%s', (row, expected) => {
  expect(remarksOf(row)).toEqual(expected);
});

const LATER = 'number,name,unit,mode,valid_from,valid_to,queue,trunk,after_end,hours,centre_address';
const laterRemarks = (row: string): string[] => {
  const { remarks } = importLines(`${LATER}\n${row}\n`, CONTEXT);
  return remarks.map(({ field, severity, wrong, right }) => `${severity} ${field}: ${wrong} -> ${right}`);
};

test.each([
  ['12316,三农,农业农村局,TRANSITION,2020-04-28,2020-07-28,,,goodbye,,', []],
  ['12316,三农,农业农村局,TRANSITION,2020-04-28,2020-07-28,,,播报后结束,,', []],
  [
    '12316,三农,农业农村局,TRANSITION,2020-04-28,2020-07-28,,,挂断,,',
    [
      'refused after_end: 期满后的处理“挂断”无法识别 -> connect（转接人工）、goodbye（播报后结束）、none（不再登记）',
    ],
  ],
  [
    '12319,城管,城市管理局,FORWARD,2020-04-28,,,,goodbye,,',
    ['refused after_end: 呼叫转移号码没有“期满后” -> 留空，或将归并方式改为 TRANSITION'],
  ],
  ['12319,城管,城市管理局,FORWARD,2020-04-28,,,,connect,,', []],
  ['12369,环保,生态环境局,DEDICATED,2020-04-28,,desk-12369,,,08:30-17:30 workdays,', []],
  [
    '12369,环保,生态环境局,DEDICATED,2020-04-28,,desk-12369,,,工作日8：30至17：30,',
    ['note hours: 受理时间“工作日8：30至17：30”已改为统一写法 -> 08:30-17:30 workdays'],
  ],
  [
    '12369,环保,生态环境局,DEDICATED,2020-04-28,,desk-12369,,,上班时间,',
    [
      'refused hours: 受理时间“上班时间”：“上班时间”无法识别 -> 如 08:30-12:00 14:00-17:30 工作日，或 09:00-17:00 周一至周六',
    ],
  ],
  [
    '12319,城管,城市管理局,FORWARD,2020-04-28,,,,,workdays,',
    ['refused hours: 呼叫转移号码没有“受理时间” -> 留空，或将归并方式改为 DEDICATED'],
  ],
  ['12366,税务,税务局,SUBCENTER,2020-04-28,,,carrier,,,sip:12366@10.1.2.3', []],
  [
    '12366,税务,税务局,设分中心,2020-04-28,,,,,,',
    [
      'note centre_address: 分中心号码资料不全，发布前须补齐 -> 填写分中心地址和中继',
      'note trunk: 分中心号码资料不全，发布前须补齐 -> 填写分中心地址和中继',
    ],
  ],
  [
    '12366,税务,税务局,SUBCENTER,2020-04-28,,,carrier,,,10.1.2.3',
    [
      'refused centre_address: 分中心地址“10.1.2.3”格式不符 -> 如 sip:12333@10.1.2.3 或 sip:12333@zhongxin.example.cn:5060',
    ],
  ],
  ['12319,城管,城市管理局,整体并入,2020-04-28,,,,,,', []],
])('%s', (row, expected) => {
  expect(laterRemarks(row)).toEqual(expected);
});

test('a register of an earlier release, without the later columns, is read as it was meant', () => {
  const { lines } = importLines(`${HEADING}\n12319,城管,城市管理局,FORWARD,2020-04-28,,,,\n`, CONTEXT);
  expect(lines[0]).toMatchObject({ afterEnd: 'connect', hours: null, centreAddress: null });
});

/** Other cities' registers by what is published of them: how many of each mode. */
const register = (counts: Partial<Record<RuleLine['mode'], number>>) => {
  const rows = Object.entries(counts).flatMap(([mode, count], kind) =>
    Array.from({ length: count }, (_, at) => [
      `0415${7_000_000 + kind * 1_000 + at}`,
      `${mode} ${at}`,
      `部门 ${kind}-${at}`,
      mode,
      '2019-11-01',
      mode === 'TRANSITION' ? '2020-02-01' : '',
    ]),
  );
  const heading = ['number', 'name', 'unit', 'mode', 'valid_from', 'valid_to'];
  return importLines(serialiseCsv([heading, ...rows]), BARE).lines;
};

test('F-6: Dandong’s 8890, 14 cancelled + 46 merged + 6 in transition + 27 parallel = 93', () => {
  const lines = register({ MERGED: 14, FORWARD: 46, TRANSITION: 6, PARALLEL: 27 });
  expect(totalsAt(lines, '2019-11-06')).toMatchObject({
    lines: 93,
    byMode: { MERGED: 14, FORWARD: 46, TRANSITION: 6, PARALLEL: 27 },
    direct: { lines: 66 },
    parallel: { lines: 27 },
    headline: '0+66+27',
  });
  expect(totalsAt(lines, '2020-02-02')).toMatchObject({ lines: 87, ended: 6 });
});

test('F-6: Shantou’s 24+1+5 = 30 by the three ways of 国办发〔2020〕53号', () => {
  const lines = register({ MERGED: 24, PARALLEL: 1, SUBCENTER: 5 });
  expect(totalsAt(lines, '2020-12-31')).toMatchObject({
    lines: 30,
    byMode: { MERGED: 24, PARALLEL: 1, SUBCENTER: 5 },
    direct: { lines: 24 },
    parallel: { lines: 6 },
  });
});

test('a unit may be named by its code; code and name must agree', () => {
  const read = (row: string) =>
    importLines(`号码,名称,承办单位代码,承办单位,归并方式,生效日期\n${row}\n`, CONTEXT);
  expect(read('12319,城管,urban-management,,FORWARD,2020-04-28').lines[0]).toMatchObject({
    unitCode: 'urban-management',
    unitName: '城市管理局',
  });
  expect(read('12319,城管,urban-management,司法局,FORWARD,2020-04-28').remarks).toEqual([
    {
      line: 2,
      field: '承办单位',
      severity: 'refused',
      wrong: '单位代码 urban-management 是“城市管理局”，不是“司法局”',
      wrongEn: 'The unit of code urban-management is “城市管理局” and not “司法局”',
      right: '城市管理局',
      rightEn: '城市管理局',
    },
  ]);
});

test('where units are not known the file’s own words stand', () => {
  const text = `${HEADING}\n12319,城管,某局,FORWARD,2020-04-28,,,,\n`;
  expect(importLines(text, BARE).lines[0]).toMatchObject({ unitCode: '某局', unitName: '某局' });
});

test('the second of two rows for the same days is refused and names the first; other periods are taken', () => {
  const row = (from: string, to: string) => `12319,城管,城市管理局,FORWARD,${from},${to},,,`;
  const text = [HEADING, row('2020-01-01', '2020-12-31'), row('2020-12-31', ''), row('2021-01-01', ''), ''];
  const { lines, refused, remarks } = importLines(text.join('\n'), CONTEXT);
  expect(lines.map(({ validFrom }) => validFrom)).toEqual(['2020-01-01', '2021-01-01']);
  expect(refused).toEqual([{ line: 3, cells: row('2020-12-31', '').split(',') }]);
  expect(remarks).toMatchObject([{ line: 3, wrong: '与第 2 行同一号码、期间重叠' }]);
});

test('of a number none of whose periods may get lost all rows are taken or none', () => {
  const row = (number: string, mode: string, from: string, to: string) =>
    `${number},城管,城市管理局,${mode},${from},${to},,,`;
  const text = [
    HEADING,
    row('0513 12319', 'TRANSITION', '2020-04-28', '2020-07-28'),
    row('12345', 'MAIN', '2020-04-28', ''),
    row('12319', 'FORWARDED', '2020-07-29', ''),
    '',
  ];
  const { lines, refused, remarks, rows } = importLines(text.join('\n'), CONTEXT);
  expect(lines.map(({ number }) => number)).toEqual(['12345']);
  expect(refused.map(({ line }) => line)).toEqual([2, 4]);
  expect(rows).toBe(lines.length + refused.length);
  expect(remarks).toContainEqual({
    line: 2,
    field: null,
    severity: 'refused',
    wrong: '同一号码的第 4 行未被接受，该号码保持原样',
    wrongEn: 'Line 4 of the same number was refused: the number stays as it is',
    right: '改正第 4 行',
    rightEn: 'Mend line 4',
  });
});

test.each([
  ['', '文件为空'],
  ['number,name,mode,valid_from\n12319,a,FORWARD,2020-01-01\n', '缺少列 unit'],
  [`${HEADING},号码\n`, '列 号码 重复'],
  [
    `${HEADING}\n12319,\uFFFD\uFFFD,城市管理局,FORWARD,2020-04-28,,,,\n`,
    '文件不是 UTF-8 编码，部分文字已损坏',
  ],
])('a file that cannot be read as a whole is refused as a whole: %j', (text, wrong) => {
  const { lines, remarks, rows, refused } = importLines(text, CONTEXT);
  expect(lines).toEqual([]);
  expect(refused.length).toBe(rows);
  expect(remarks.map((remark) => remark.wrong)).toContain(wrong);
});

test('an unknown column is told and left out', () => {
  const { lines, remarks } = importLines(
    `${HEADING},颜色\n12319,城管,城市管理局,FORWARD,2020-04-28,,,,,红\n`,
    CONTEXT,
  );
  expect(lines.length).toBe(1);
  expect(remarks).toMatchObject([{ line: 1, field: '颜色', severity: 'note' }]);
});

test('what is exported is imported unchanged, for every register that can be imported', () => {
  fc.assert(
    fc.property(anyRules, (rules) => {
      const once = importLines(exportLines(rules.lines), BARE);
      expect(once.rows).toBe(rules.lines.length);
      const again = importLines(exportLines(once.lines), BARE);
      expect(again.lines).toEqual(once.lines);
      expect(again.refused).toEqual([]);
    }),
  );
});

test('an import replaces the numbers it names, with all their periods, and no other', () => {
  const lines = [line('12316', 'FORWARD', { validFrom: '2027-01-29' }), line('12328', 'FORWARD')];
  const next = replaceNumbers(RULES, lines);
  expect(ordered(next).lines.map(({ number, mode }) => `${number} ${mode}`)).toEqual([
    '12316 FORWARD',
    '12319 FORWARD',
    '12328 FORWARD',
    '12345 MAIN',
    '12348 PARALLEL',
    '12369 DEDICATED',
  ]);
});

test('ten thousand rows are read whole', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => line(`0513${84_000_000 + at}`, 'FORWARD'));
  const { lines, rows } = importLines(exportLines(many), BARE);
  expect({ lines: lines.length, rows }).toEqual({ lines: 10_000, rows: 10_000 });
});
