import { expect, test } from 'vitest';
import type { EntryContent } from '../../../src/domain/knowledge/entry.ts';
import { fitToSubmit, lintEntry } from '../../../src/domain/knowledge/lint.ts';
import { oddTelephones } from '../../../src/domain/knowledge/telephones.ts';
import { content } from './entries.ts';

const found = (over: Partial<EntryContent>) =>
  lintEntry(content(over), '2026-03-01').map(({ code, severity, field, piece }) => [
    code,
    severity,
    field,
    piece,
  ]);

test('words that a citizen follows have no findings', () => {
  expect(found({})).toEqual([]);
});

test('a sentence longer than a breath is flagged, one of twice that is not let through', () => {
  const long = '这是一句话'.repeat(9);
  expect(found({ answer: `${long}。好。` })).toEqual([['sentenceTooLong', 'warning', 'answer', long]]);
  const endless = '这是一句话'.repeat(17);
  expect(fitToSubmit(lintEntry(content({ answer: endless }), '2026-03-01'))).toBe(false);
});

test('words of officials are named, the longest first and each once, with what a citizen would say', () => {
  const findings = lintEntry(
    content({ answer: '请到户籍所在地申领，逾期不予受理。逾期加收滞纳金。' }),
    '2026-03-01',
  );
  expect(findings.map(({ code, piece }) => [code, piece])).toEqual([
    ['officialWords', '户籍所在地'],
    ['officialWords', '不予受理'],
    ['officialWords', '滞纳金'],
    ['officialWords', '逾期'],
    ['officialWords', '申领'],
  ]);
  expect(findings[0]?.cure.zh).toBe('换成“户口所在地”');
});

test('without a basis nothing goes to the checker; a paper without its clause is to be looked at', () => {
  expect(found({ basis: [] })).toEqual([['basisMissing', 'error', 'basis', '']]);
  expect(found({ basis: [{ document: '公积金管理条例', clause: '', link: 'rudong' }] })).toEqual([
    ['basisMissing', 'warning', 'basis', '公积金管理条例'],
    ['linkInvalid', 'warning', 'basis', 'rudong'],
  ]);
});

test.each([
  ['请拨打0513-84123456咨询。', []],
  ['联系电话：0513-84123456、0513-84512345转802。', []],
  ['请拨打12345或者95598，也可以打400-828-1234。', []],
  ['手机号13800138000也可以。', []],
  ['请拨打84123456。', ['84123456']],
  ['请拨打0513-8412345咨询', []],
  ['请拨打0513-841234咨询', ['0513-841234']],
  ['电话是1380013800。', ['1380013800']],
  ['窗口在2楼，2026年3月1日起每月1200元，办理期限为10个工作日。', []],
])('telephones in "%s"', (text, odd) => {
  expect(oddTelephones(text)).toEqual(odd);
});

test('a card’s number is not let through, somebody’s mobile is to be looked at, an office’s landline is what is wanted', () => {
  expect(found({ answer: '请打0513-84123456。' })).toEqual([]);
  expect(found({ answer: '请找老王，13800138000。' })).toEqual([
    ['personalData', 'warning', 'answer', '13800138000'],
  ]);
  expect(found({ message: '身份证11010519491231002X的人。' })).toEqual([
    ['personalData', 'error', 'message', '11010519491231002X'],
  ]);
});

test('days that are nearly over, or over', () => {
  expect(found({ validTo: '2026-03-20' })).toEqual([['endsSoon', 'notice', 'validTo', '2026-03-20']]);
  expect(found({ validTo: '2026-02-28' })).toEqual([['endsSoon', 'error', 'validTo', '2026-02-28']]);
  expect(found({ validTo: '2026-12-31' })).toEqual([]);
});

test('what would be better otherwise hinders nobody', () => {
  const findings = lintEntry(content({ message: '', otherWays: [] }), '2026-03-01');
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
    ['messageMissing', 'notice'],
    ['oneWayOnly', 'notice'],
  ]);
  expect(fitToSubmit(findings)).toBe(true);
});
