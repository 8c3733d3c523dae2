import { expect, test } from 'vitest';
import {
  type RawReportedCall,
  type ReportContext,
  type ReportLine,
  readReportedCall,
} from '../../../src/domain/reporting/reported-call.ts';
import { readReportFile } from '../../../src/domain/reporting/reported-file.ts';

const line = (over: Partial<ReportLine> = {}): ReportLine => ({
  mode: 'PARALLEL',
  unitCode: 'justice',
  unitName: '司法局',
  validFrom: '2020-04-28',
  validTo: null,
  ...over,
});
const LINES: Readonly<Record<string, readonly ReportLine[]>> = {
  '12348': [line()],
  '12328': [line({ mode: 'FORWARD', unitCode: 'transport' })],
};
const context = (over: Partial<ReportContext> = {}): ReportContext => ({
  areaCode: '0513',
  zone: 'Asia/Shanghai',
  nowMs: Date.parse('2026-11-25T12:00:00+08:00'),
  unitCode: 'justice',
  periodsOf: (number) => LINES[number] ?? [],
  ...over,
});
const raw = (over: Partial<RawReportedCall> = {}): RawReportedCall => ({
  line: '12348',
  startedAt: '2026-11-24 09:00:05',
  duration: '125',
  answered: '是',
  caller: '13800138000',
  reference: 'A-1',
  ...over,
});
const read = (over: Partial<RawReportedCall>, in_: Partial<ReportContext> = {}) =>
  readReportedCall(raw(over), context(in_));
const wrong = (over: Partial<RawReportedCall>, in_: Partial<ReportContext> = {}) =>
  read(over, in_).remarks.map(({ field, wrong: text }) => `${field}: ${text}`);

test('a row as it should be', () => {
  expect(read({})).toEqual({
    call: {
      line: '12348',
      unitCode: 'justice',
      startedAtMs: Date.parse('2026-11-24T09:00:05+08:00'),
      durationMs: 125_000,
      answered: true,
      caller: { kind: 'number', number: '13800138000', masked: '138****8000' },
      reference: 'A-1',
    },
    remarks: [],
  });
});

test.each([
  ['2026-11-24T09:00:05+08:00'],
  ['2026-11-24T01:00:05Z'],
  ['2026/11/24 9:00:05'],
  ['2026-11-24T01:00:05.000Z'],
])('one moment in many spellings: %s', (startedAt) => {
  expect(read({ startedAt }).call?.startedAtMs).toBe(Date.parse('2026-11-24T01:00:05Z'));
});

test.each([
  ['02:05', 125_000],
  ['00:02:05', 125_000],
  ['0', 0],
])('a duration “%s”', (duration, ms) => {
  expect(read({ duration }).call?.durationMs).toBe(ms);
});

test.each([
  ['', { kind: 'unknown' }],
  ['138****8000', { kind: 'masked', masked: '138****8000' }],
  ['A'.repeat(64), { kind: 'hash', hash: 'a'.repeat(64) }],
  ['84112233', { kind: 'number', number: '051384112233', masked: '051****2233' }],
])('a caller “%s”', (caller, seen) => {
  expect(read({ caller }).call?.caller).toMatchObject(seen);
});

test('a caller that is none is noted and not told again: it may be a number after all', () => {
  const { call, remarks } = read({ caller: '138-x-8000' });
  expect(call?.caller).toEqual({ kind: 'unknown' });
  expect(remarks).toMatchObject([{ severity: 'note', field: 'caller' }]);
  expect(JSON.stringify(remarks)).not.toContain('8000');
});

test('what cannot be taken says what was wrong, all of it at once', () => {
  expect(wrong({ startedAt: '昨天', duration: '-5', answered: '也许', line: 'x' })).toEqual([
    'startedAt: 开始时间“昨天”无法识别',
    'line: 号码“x”不是电话号码',
    'duration: 通话时长“-5”无法识别',
    'answered: 是否接通“也许”无法识别',
  ]);
  expect(wrong({ startedAt: '2026-11-25 12:06:00' })[0]).toContain('在将来');
  expect(wrong({ startedAt: '2026-02-30 09:00:00' })[0]).toContain('无法识别');
  expect(wrong({ duration: '90000' })[0]).toContain('超过一天');
  expect(wrong({ line: '12399' })[0]).toContain('未登记');
  expect(wrong({ reference: 'x'.repeat(65) })[0]).toContain('64');
});

test('a unit reports its own numbers only; the hotline may for all', () => {
  expect(wrong({}, { unitCode: 'water' })).toEqual(['line: 号码 12348 不是本单位的号码']);
  expect(read({}, { unitCode: null }).call?.unitCode).toBe('justice');
});

test('calls that came to us are not counted again: FORWARD from its day on, before it they were the unit’s', () => {
  expect(wrong({ line: '12328' }, { unitCode: 'transport' })[0]).toContain('已由 12345 受理');
  const before = read({ line: '12328', startedAt: '2020-04-27 23:59:59' }, { unitCode: 'transport' });
  expect(before.call?.line).toBe('12328');
});

test('a file: headings in any order and language, each refused row with its place', () => {
  const csv = [
    '\uFEFF流水号,号码,开始时间,时长,接通,主叫',
    'A-1,12348,2026-11-24 09:00:05,125,是,13800138000',
    'A-2,12348,2026-11-24 09:01:00,125',
    'A-3,12348,2026-13-24 09:02:00,30,否,',
    '"A-4,12348,2026-11-24 09:03:00,30,否,',
  ].join('\r\n');
  const report = readReportFile(csv, context());
  expect(report.rows).toBe(4);
  expect(report.calls.map(({ row, call }) => [row, call.reference])).toEqual([[2, 'A-1']]);
  expect(report.refused).toEqual([3, 4, 5]);
  expect(report.remarks.map(({ row, field }) => [row, field])).toEqual([
    [3, null],
    [4, '开始时间'],
    [5, null],
  ]);
});

test('a file without a column, or in another encoding, is refused whole with the cure', () => {
  const report = readReportFile('line,started_at\n12348,2026-11-24 09:00', context());
  expect(report).toMatchObject({ rows: 1, calls: [], refused: [2] });
  expect(report.remarks.map(({ wrong: text }) => text)).toEqual(['缺少列 duration', '缺少列 answered']);
  expect(readReportFile('', context()).remarks).not.toEqual([]);
  const broken = readReportFile('line,started_at,duration,answered,\uFFFD\n', context());
  expect(broken.remarks[0]?.wrong).toContain('UTF-8');
});
