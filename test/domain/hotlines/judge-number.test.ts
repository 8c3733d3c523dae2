import { expect, test } from 'vitest';
import { PROTECTED_NUMBERS } from '../../../src/app/sample/rudong.ts';
import { judgeNumber, referrersOf } from '../../../src/domain/hotlines/register/judge-number.ts';
import { DEFAULT_TRUNK } from '../../../src/domain/hotlines/trunk.ts';
import type { RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { classicMenu } from '../../../src/domain/ivr/presets.ts';
import { line, RULES, withLines } from './rule-sets.ts';

const WITH_DID: RuleSet = {
  ...RULES,
  trunks: [{ ...DEFAULT_TRUNK, dids: [{ did: '051384119999', line: '12319' }] }],
};
const judged = (raw: string, rules: RuleSet = WITH_DID) =>
  judgeNumber(raw, rules, { listed: PROTECTED_NUMBERS, today: '2026-11-23' });

test.each([
  ['12320', { kind: 'free', number: '12320' }],
  ['0513-84110009', { kind: 'free', number: '051384110009' }],
  ['12319', { kind: 'known', number: '12319', name: '热线12319' }],
  ['+86 513 12319', { kind: 'known', number: '12319', name: '热线12319' }],
  ['110', { kind: 'emergency', number: '110', name: '公安报警' }],
  ['0513119', { kind: 'emergency', number: '119', name: '消防救援' }],
  ['12388', { kind: 'excluded', number: '12388', name: '纪检监察举报' }],
  ['84119999', { kind: 'direct', number: '051384119999', line: '12319', trunk: DEFAULT_TRUNK.code }],
  ['', { kind: 'invalid', why: 'empty' }],
  ['热线', { kind: 'invalid', why: 'characters' }],
  ['12', { kind: 'invalid', why: 'length' }],
] as const)('%j is judged before it is entered', (raw, verdict) => {
  expect(judged(raw)).toEqual(verdict);
});

test('a table that lacks the emergency numbers does not free them', () => {
  expect(judgeNumber('120', RULES, { listed: [], today: '2026-11-23' }).kind).toBe('emergency');
});

test('a number that was taken out may be entered anew; one that ended for good is still known', () => {
  const over = line('12320', 'FORWARD', { validTo: '2026-01-01' });
  expect(judged('12320', withLines({ ...over, afterEnd: 'none' })).kind).toBe('free');
  expect(judged('12320', withLines(over)).kind).toBe('known');
});

test('trunks and menus that lead to a number are named before it goes', () => {
  const classic = classicMenu({ general: 'general' });
  const menu = {
    ...classic,
    nodes: classic.nodes.map((node) => ({ ...node, exit: { kind: 'line', number: '12319' } as const })),
  };
  const rules: RuleSet = { ...WITH_DID, menus: [menu] };
  expect(referrersOf('12319', rules).map(({ thing, key }) => [thing, key])).toEqual([
    ['trunk', DEFAULT_TRUNK.code],
    ['menu', classic.code],
  ]);
  expect(referrersOf('12369', rules)).toEqual([]);
});
