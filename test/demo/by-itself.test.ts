import { expect, test } from 'vitest';
import { faultsOf, LEFT_TO_LIE, type LineSeen, wordsOf } from '../../src/demo/third-act/by-itself.ts';

// What the program must have done by itself with a ticket that its unit let lie: the demo is content with nothing less.

const at = (second: number): string => new Date(Date.UTC(2026, 10, 26, 12, 0, second)).toISOString();
function line(nth: number, step: string, body: object = {}): LineSeen {
  const [type = '', second, level] = step.split(' ');
  const about =
    type === 'supervisionIssued'
      ? { trigger: second, order: 'DB-1' }
      : { clock: second, level: Number(level) };
  const due = type.startsWith('deadline') ? { dueAt: at(nth), lateMs: 40 } : {};
  const given = type === 'urged' ? {} : { ...about, ...due };
  return {
    seq: nth + 3,
    at: at(nth),
    actor: null,
    type,
    reason: '承办时限已到',
    body: { ...given, ...body },
  };
}
const ALL = LEFT_TO_LIE.map(([step], nth) => line(nth, step));

test('each of the steps once, in order and in time, and by nobody’s hand', () => {
  expect(faultsOf(ALL)).toEqual([]);
  for (const [nth, [, name]] of LEFT_TO_LIE.entries()) {
    expect(faultsOf(ALL.filter((_, other) => other !== nth))).toEqual([`没有${name}`]);
    const byHand = ALL.map((one, other) => (other === nth ? { ...one, actor: { id: 'lead' } } : one));
    expect(faultsOf(byHand)).toEqual([`没有${name}`]);
    expect(faultsOf([...ALL, { ...(ALL[nth] ?? expect.fail()), seq: 90 }])).toEqual([`${name}有 2 次`]);
  }
  const [first = expect.fail(), second = expect.fail(), ...rest] = ALL;
  expect(faultsOf([{ ...first, seq: 50 }, second, ...rest])).toContain('单位时钟用到 80% 的预警早于前一步');
  const late = { ...first, body: { ...first.body, lateMs: 60_000 } };
  expect(faultsOf([late, second, ...rest])).toEqual(['单位时钟用到 50% 的预警迟了 60000 毫秒']);
  expect(faultsOf([{ ...first, at: at(-1) }, second, ...rest])).toEqual(['单位时钟用到 50% 的预警早于其时']);
});

test('what it did is told in words, with when it was due; what a person did is not told twice', () => {
  expect(ALL.map(wordsOf)).toEqual([
    '系统预警：单位时钟用到 50%（应于 20:00:00，迟 40 毫秒）',
    '系统预警：单位时钟用到 80%（应于 20:00:01，迟 40 毫秒）',
    '系统记超期：单位时钟已到（应于 20:00:02，迟 40 毫秒）',
    '系统催办：承办时限已到',
    '系统下发督办单 DB-1：承办时限已到',
  ]);
  const sign = { ...(ALL[0] ?? expect.fail()), type: 'stageWarning', body: { stage: 'sign', level: 50 } };
  expect(wordsOf(sign)).toBe('系统预警：签收用到 50%');
  expect(wordsOf({ ...sign, actor: { id: 'x' } })).toBeNull();
});
