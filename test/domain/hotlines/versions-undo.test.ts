import { expect, test } from 'vitest';
import { diff } from '../../../src/domain/hotlines/versions/diff.ts';
import { ordered, type RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { undoChanges } from '../../../src/domain/hotlines/versions/undo-changes.ts';
import type { Menu } from '../../../src/domain/ivr/menu.ts';
import { straightToAPerson } from '../../../src/domain/ivr/presets.ts';
import { withSurgeKey } from '../../../src/domain/ivr/surge-key.ts';
import { changing, line, queue, RULES } from './rule-sets.ts';

// A temporary change ends by itself, on what others have built since: nobody looks before the result routes calls.

const straight = straightToAPerson('general');
const surge = (code: string, key: string, desk: string) => ({
  code,
  label: code,
  key,
  queue: desk,
  announcement: `${code}请按${key}。`,
  until: '2026-12-01T00:00:00+08:00',
});
const sent = (menu: Menu, ...desks: string[]): RuleSet => ({
  ...changing('12345', { menu: menu.code }),
  menus: [menu],
  queues: [...RULES.queues, ...desks.map((code) => queue(code))],
});
const undone = (temporary: RuleSet, before: RuleSet, current: RuleSet) =>
  undoChanges(current, diff(temporary, before));
const menuOfMain = ({ lines }: RuleSet) => lines.find(({ number }) => number === '12345')?.menu;
const flood = withSurgeKey(straight, surge('flood', '0', 'surge'));
const power = withSurgeKey(flood, surge('power', '7', 'surge'));

test('the first surge ends: the second keeps its key, its menu and the desk that both lead to', () => {
  const current = sent(power, 'surge');
  const { rules, conflicts } = undone(sent(flood, 'surge'), RULES, current);
  expect(rules).toEqual(ordered(current));
  expect(new Set(conflicts.map(({ place }) => place.thing))).toEqual(new Set(['menu', 'line', 'queue']));
});

test('the second surge ends first: the other is as it was, and with its end all is as it was before both', () => {
  const one = sent(flood, 'surge');
  const two = sent(power, 'surge');
  const after = undone(two, one, two);
  expect(after).toEqual({ rules: ordered(one), conflicts: [] });
  expect(undone(one, RULES, after.rules)).toEqual({ rules: ordered(RULES), conflicts: [] });
});

test('a word corrected meanwhile keeps no temporary menu in force', () => {
  const worded = { ...flood, texts: { 'surge-flood': '防汛请按零。' } };
  const { rules, conflicts } = undone(sent(flood, 'surge'), RULES, sent(worded, 'surge'));
  expect(menuOfMain(rules)).toBeNull();
  // The menu lies there, for somebody to look at, and its desk with it: a rule set with an error lets nobody edit it.
  expect(rules.menus).toEqual([worded]);
  expect(conflicts.map(({ place }) => place.thing)).toEqual(expect.arrayContaining(['menu', 'queue']));
});

test('a number that somebody entered anew while it was taken out for a time stays as it was entered', () => {
  const without: RuleSet = { ...RULES, lines: RULES.lines.filter(({ number }) => number !== '12369') };
  const anew = line('12369', 'FORWARD', { validFrom: '2026-11-20' });
  const after = undone(without, RULES, { ...without, lines: [...without.lines, anew] });
  expect(after.rules.lines.filter(({ number }) => number === '12369')).toEqual([anew]);
  expect(after.conflicts.map(({ kind, place }) => [kind, place.key])).toEqual([
    ['added', '12369@2020-04-28'],
  ]);
  // For days before those that were entered it comes back: both stand.
  const ended = RULES.lines.map((one) => (one.number === '12369' ? { ...one, validTo: '2026-11-19' } : one));
  const before = { ...RULES, lines: ended };
  const both = undone(without, before, { ...without, lines: [...without.lines, anew] });
  expect(both).toEqual({ rules: ordered({ ...before, lines: [...ended, anew] }), conflicts: [] });
});

test('a desk, a menu and a trunk that others lead to by now stay when the change that brought them ends', () => {
  const trunk = { ...RULES.trunks[0], code: 'spare' } as RuleSet['trunks'][number];
  const temporary: RuleSet = { ...sent(straight, 'surge'), trunks: [...RULES.trunks, trunk] };
  const lines = [
    ...temporary.lines,
    line('12328', 'FORWARD', { menu: straight.code, queue: 'surge' }),
    line('12333', 'PARALLEL', { unitNumber: '051384139009', trunk: 'spare' }),
  ];
  const { rules, conflicts } = undone(temporary, RULES, { ...temporary, lines });
  expect(menuOfMain(rules)).toBeNull();
  expect(rules.queues.map(({ code }) => code)).toContain('surge');
  expect(rules.menus).toEqual([straight]);
  expect(rules.trunks.map(({ code }) => code)).toContain('spare');
  expect(conflicts.map(({ kind, place: { thing, key } }) => [kind, thing, key])).toEqual([
    ['removed', 'trunk', 'spare'],
    ['removed', 'queue', 'surge'],
    ['removed', 'menu', straight.code],
  ]);
});
