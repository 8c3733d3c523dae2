import { expect, test } from 'vitest';
import { enterMenu } from '../../../src/domain/ivr/interpreter.ts';
import { classicMenu, straightToAPerson } from '../../../src/domain/ivr/presets.ts';
import {
  expiredSurgeKeys,
  openSurgeKeys,
  withoutSurgeKey,
  withSurgeKey,
} from '../../../src/domain/ivr/surge-key.ts';
import { validateMenu } from '../../../src/domain/ivr/validate.ts';
import { around, contextOf, NOW, person, walk } from './menus.ts';

// JS-05: 无锡开通12345疫情防控咨询专席“0号键”.
const epidemic = {
  code: 'epidemic',
  label: '疫情咨询',
  key: '0',
  queue: 'desk',
  announcement: '疫情咨询请按0。',
  until: '2026-12-23T00:00:00+08:00',
};
const until = Date.parse(epidemic.until);
const classic = classicMenu({ general: 'general' });
const straight = straightToAPerson('general');

test('on a straight line: announced, answered by its own people, everybody else waits three seconds', () => {
  const menu = withSurgeKey(straight, epidemic);
  expect(validateMenu(menu, around())).toEqual([]);
  expect(enterMenu(contextOf(menu)).act).toMatchObject({
    kind: 'play',
    prompts: [expect.stringMatching(/^surge-epidemic@/)],
  });
  const pressed = walk(contextOf(menu), '0');
  expect(pressed.act).toMatchObject({ kind: 'exit', to: { kind: 'queue', queue: 'desk' } });
  expect(pressed.notes.at(-1)).toMatchObject({ digits: '0', counter: 'surge-epidemic' });
  expect(walk(contextOf(menu), 'finished').act).toEqual({ kind: 'listen', timeoutMs: 3_000 });
  expect(walk(contextOf(menu), 'finished', 'timeout').act).toMatchObject({
    kind: 'exit',
    to: { queue: 'general' },
  });
});

test('to the last instant, and from then on the menu is what it was', () => {
  for (const before of [straight, classic]) {
    const menu = withSurgeKey(before, epidemic);
    expect(walk(contextOf(menu, {}, { nowMs: until - 1 }), '0').act).toMatchObject({ to: { queue: 'desk' } });
    for (const keys of [[], ['finished'], ['0'], ['1'], ['7']]) {
      const after = walk(contextOf(menu, {}, { nowMs: until }), ...keys);
      expect(after.act).toEqual(walk(contextOf(before), ...keys).act);
    }
    expect(expiredSurgeKeys(menu, until - 1)).toEqual([]);
    expect(expiredSurgeKeys(menu, until)).toEqual(['epidemic']);
  }
});

test('a key that another choice has is its own while it lasts, and the other is not announced', () => {
  const menu = withSurgeKey(classic, epidemic);
  expect(enterMenu(contextOf(menu)).act).toMatchObject({
    prompts: [expect.stringMatching(/^surge-epidemic@/), 'menu-classic'],
  });
  expect(validateMenu(menu, around()).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('taken back: the same menu; given again: replaced, not doubled', () => {
  for (const before of [straight, classic]) {
    expect(withoutSurgeKey(withSurgeKey(before, epidemic), 'epidemic')).toEqual(before);
  }
  const moved = { ...epidemic, key: '8', queue: 'general' };
  expect(withSurgeKey(withSurgeKey(classic, epidemic), moved)).toEqual(withSurgeKey(classic, moved));
  const two = withSurgeKey(withSurgeKey(classic, epidemic), { ...moved, code: 'flood', queue: 'desk' });
  expect(withoutSurgeKey(two, 'flood')).toEqual(withSurgeKey(classic, epidemic));
  expect(withoutSurgeKey(classic, 'epidemic')).toEqual(classic);
  expect(two.nodes[0]?.choices.map(({ digits }) => digits).slice(0, 3)).toEqual(['8', '0', '0']);
});

test('the clock of the tests stands before the end', () => {
  expect(NOW).toBeLessThan(until);
});

test('the keys that callers meet are told as they were ordered, until they are over', () => {
  const flood = { ...epidemic, code: 'flood', key: '7', label: '防汛', until: '2026-12-01T00:00:00+08:00' };
  const menu = withSurgeKey(withSurgeKey(classic, epidemic), flood);
  expect(openSurgeKeys(menu, NOW)).toEqual(expect.arrayContaining([epidemic, flood]));
  expect(openSurgeKeys(menu, Date.parse(flood.until))).toEqual([epidemic]);
  expect(openSurgeKeys(menu, until)).toEqual([]);
  // A key that only bears the name is none.
  const lasting = { digits: '8', label: '', target: person, when: null, counter: 'surge-lasting' };
  const nodes = menu.nodes.map((one) => ({ ...one, choices: [...one.choices, lasting] }));
  expect(openSurgeKeys({ ...menu, nodes }, until)).toEqual([]);
});
