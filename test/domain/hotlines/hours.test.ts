import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hoursOf, readHours } from '../../../src/domain/hotlines/register/read-hours.ts';
import { writeHours } from '../../../src/domain/hotlines/register/write-hours.ts';
import { type Condition, type DayKind, holds, UNKNOWN_CALLER } from '../../../src/domain/ivr/condition.ts';
import { moment } from './rule-sets.ts';

const open = (hours: string, time: string): boolean =>
  holds(hoursOf(hours), { moment: moment(Date.parse(`${time}:00+08:00`)), caller: UNKNOWN_CALLER });

test.each([
  ['08:30-17:30 workdays', '08:30-17:30 workdays'],
  ['工作日8:30至17:30', '08:30-17:30 workdays'],
  ['08：30－12：00、14：00－17：30 周一至周五', '08:30-12:00 14:00-17:30 Mon-Fri'],
  ['周一至五 9:00-17:00', '09:00-17:00 Mon-Fri'],
  ['星期六、周日', 'Sat,Sun'],
  ['Mon, Wed, Sun-Mon 09:00 - 17:00', '09:00-17:00 Mon,Wed,Sun'],
  ['工作日 08:30-17:30；周末 09:00-12:00', '08:30-17:30 workdays; 09:00-12:00 weekends'],
  ['08:30-17:30 非节假日', '08:30-17:30 not holidays'],
  ['每天 22:00-06:00', '22:00-06:00'],
  ['24小时', ''],
  ['', ''],
  ['workdays until 2026-12-31T18:00+08:00', 'workdays until 2026-12-31T18:00+08:00'],
  ['not (workdays; Sat 09:00-12:00)', 'not (workdays; 09:00-12:00 Sat)'],
  ['(Mon-Fri) (workdays)', 'Mon-Fri (workdays)'],
])('“%s” is “%s”', (text, written) => {
  expect(readHours(text)).toMatchObject({ kind: 'hours' });
  expect(writeHours(hoursOf(text))).toBe(written);
});

test.each([
  ['8:30-17', '“8:30-17”无法识别', '08:30-17:30'],
  ['25:00-26:00', '时间“25:00-26:00”不存在', '24 小时制'],
  ['08:00-08:00', '起止相同', '00:00-24:00'],
  ['上班时间', '“上班时间”无法识别', '工作日'],
  ['Mon-Fri-Sun', '“Mon-Fri-Sun”无法识别', '周一至周六'],
  ['(workdays', '括号没有结束', ')'],
  ['workdays)', '括号多余', ')'],
  ['workdays;', '有一处为空', ';'],
  ['until 2026-12-31', '时刻“2026-12-31”无法识别', '+08:00'],
  ['not', '之后为空', '工作日'],
  ['language:zh-CN', '无法识别', '工作日'],
  ['(((((((((Mon)))))))))', '括号层数过多', ''],
  ['x'.repeat(301), '超过 300 字', ''],
])('“%s” is refused: %s', (text, wrong, right) => {
  const read = readHours(text);
  if (read.kind !== 'refused') throw new Error(writeHours(read.hours));
  expect(read.wrong).toContain(wrong);
  expect(read.right).toContain(right);
});

test('a make-up working Saturday is a workday, National Day is not, lunch is no office time', () => {
  const hours = '08:30-12:00 14:00-17:30 workdays';
  expect(open(hours, '2026-10-10T08:30')).toBe(true);
  expect(open(hours, '2026-10-10T12:00')).toBe(false);
  expect(open(hours, '2026-10-10T17:29')).toBe(true);
  expect(open(hours, '2026-10-10T17:30')).toBe(false);
  expect(open(hours, '2026-10-01T09:00')).toBe(false);
  expect(open(hours, '2026-11-22T09:00')).toBe(false);
});

test('what cannot be read holds at no time: the general desk answers', () => {
  expect(open('nonsense', '2026-10-10T09:00')).toBe(false);
});

const KINDS: readonly DayKind[] = [
  'workday',
  'makeupWorkday',
  'weekend',
  'holiday',
  'assumedWorkday',
  'assumedWeekend',
];
const time = fc
  .tuple(fc.nat(23), fc.constantFrom('00', '30'))
  .map(([hour, minute]) => `${`${hour}`.padStart(2, '0')}:${minute}`);
const { hours: anyHours } = fc.letrec<{ hours: Condition; leaf: Condition }>((tie) => ({
  leaf: fc.oneof(
    fc
      .record({ kind: fc.constant('timeOfDay' as const), from: time, to: time })
      .filter(({ from, to }) => from !== to),
    fc.record({
      kind: fc.constant('weekday' as const),
      anyOf: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
    }),
    fc.record({ kind: fc.constant('dayKind' as const), anyOf: fc.uniqueArray(fc.constantFrom(...KINDS)) }),
    fc.constant<Condition>({ kind: 'until', at: '2026-10-10T12:00:00+08:00' }),
  ),
  hours: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('hours'), { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('hours') }),
  ),
}));

test('what is written is read as the same hours, and written again as the same text', () => {
  fc.assert(
    fc.property(anyHours, fc.integer({ min: 0, max: 200 }), (hours, step) => {
      const text = writeHours(hours);
      fc.pre(text.length <= 300);
      const read = readHours(text);
      if (read.kind === 'refused') throw new Error(`${text}: ${read.wrong}`);
      expect(writeHours(read.hours)).toBe(text);
      const at = {
        moment: moment(Date.parse('2026-10-09T00:10:00+08:00') + step * 1_800_000),
        caller: UNKNOWN_CALLER,
      };
      expect(holds(read.hours, at)).toBe(holds(hours, at));
    }),
    { numRuns: 500 },
  );
});

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => void readHours(text)));
});
