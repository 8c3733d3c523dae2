import { expect, test } from 'vitest';
import { promptNames } from '../../../src/domain/hotlines/prompt-names.ts';
import { classicMenu } from '../../../src/domain/ivr/presets.ts';
import { PROMPTS } from '../../../src/domain/ivr/prompts.ts';
import { changing, RULES } from './rule-sets.ts';

test('every name that can be heard is there: with its words, whose they are, and where the rules play it', () => {
  const classic = classicMenu({ general: 'general' });
  const menu = { ...classic, texts: { 'menu-person': '人工请按零。' } };
  const [first] = RULES.lines;
  const number = first?.number ?? expect.fail('no line');
  const rules = { ...changing(number, { greeting: 'own-greeting', menu: menu.code }), menus: [menu] };
  const names = new Map(promptNames(rules, ['registered']).map(({ name, ...same }) => [name, same]));

  const inMenu = { thing: 'menu', key: 'classic-menu', name: '传统按键菜单' };
  expect(names.get('menu-person')).toEqual({ text: '人工请按零。', from: 'menu', uses: [inMenu] });
  expect(names.get('menu-classic')).toEqual({
    text: PROMPTS['menu-classic'],
    from: 'product',
    uses: [inMenu],
  });
  // Played, and nowhere to be had.
  expect(names.get('own-greeting')).toMatchObject({
    text: null,
    from: null,
    uses: [{ thing: 'line', key: number }],
  });
  expect(names.get('registered')).toEqual({ text: null, from: null, uses: [] });
  expect(names.get('greeting-main')).toMatchObject({ from: 'product', uses: [] });
  expect([...names.keys()]).toEqual([...names.keys()].toSorted());
});
