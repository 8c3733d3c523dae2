import { expect, test } from 'vitest';
import { applyChanges } from '../../../src/domain/hotlines/versions/apply-changes.ts';
import { describeInEnglish } from '../../../src/domain/hotlines/versions/change-english.ts';
import { diff } from '../../../src/domain/hotlines/versions/diff.ts';
import { rate } from '../../../src/domain/hotlines/versions/risk.ts';
import { ordered, type RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import type { Menu, MenuNode, Target } from '../../../src/domain/ivr/menu.ts';
import { classicMenu, straightToAPerson } from '../../../src/domain/ivr/presets.ts';
import { type SurgeKey, withSurgeKey } from '../../../src/domain/ivr/surge-key.ts';
import { changing, RULES } from './rule-sets.ts';

// Menus in the rules: what a change of one is called, how risky it is, and how two operators' changes meet.

const classic = classicMenu({ general: 'general' });
const withMenus = (menus: readonly Menu[], rules: RuleSet = RULES): RuleSet => ({ ...rules, menus });
const words = (a: RuleSet, b: RuleSet): string[] => diff(a, b).map((change) => change.words);
const editing = (menu: Menu, edit: (node: MenuNode) => MenuNode): Menu => ({
  ...menu,
  nodes: menu.nodes.map((node) => (node.id === 'start' ? edit(node) : node)),
});
const surge: SurgeKey = {
  code: 'flood',
  label: '防汛',
  key: '7',
  queue: 'desk-12369',
  announcement: '防汛请按7。',
  until: '2026-12-01T00:00:00+08:00',
};
const risksOf = (a: RuleSet, b: RuleSet): readonly string[] => [
  ...new Set(rate(a, diff(a, b), { listed: [], workingHours: false }).flatMap(({ risks }) => risks)),
];

test('a menu that comes or goes is told in one line, with its keys', () => {
  expect(words(RULES, withMenus([classic]))).toEqual([
    '新增菜单 classic-menu：传统按键菜单，1 个节点，按键 0 人工服务，1 咨询，2 求助，3 投诉举报，4 建议，5 工单进度，9 企业服务',
  ]);
  expect(words(withMenus([straightToAPerson('general')]), RULES)).toEqual([
    '删除菜单 straight-to-a-person：直达人工，1 个节点',
  ]);
});

test('a change of a menu is told by node, by key, in words', () => {
  const next = editing(classic, (node) => ({
    ...node,
    timeoutMs: 4_000,
    retries: 0,
    choices: [
      ...node.choices
        .filter(({ digits }) => digits !== '9')
        .map((choice) =>
          choice.digits === '1' ? { ...choice, target: { kind: 'line', number: '12319' } as const } : choice,
        ),
      {
        digits: '8',
        label: '留言',
        target: { kind: 'message', prompts: [], queue: 'general', maxMs: 60_000 },
        when: null,
        counter: null,
      },
    ],
  }));
  expect(words(withMenus([classic]), withMenus([next]))).toEqual([
    '菜单 classic-menu 节点 start：按键 1（咨询）改为按键 1（咨询）去号码 12319；删除按键 9（企业服务）；' +
      '新增按键 8（留言）去留言，交 general，至多 60 秒；首键等待由 5 秒改为 4 秒；重试次数由 1 改为 0 ',
  ]);
  const english = (to: Menu): string[] => diff(withMenus([classic]), withMenus([to])).map(describeInEnglish);
  expect(english(next)).toEqual([
    'Menu classic-menu, node start: key 1 (咨询) becomes key 1 (咨询) to number 12319; removed key 9 (企业服务); ' +
      'added key 8 (留言) to a message for general, 60 s at most; wait for the first key from 5 s to 4 s; retries from 1 to 0',
  ]);
  const surged = withSurgeKey(classic, surge);
  expect(english(surged)).toEqual([
    expect.stringContaining(
      'added key 7 (防汛) to queue desk-12369, until 2026-12-01T00:00:00+08:00, counted as surge-flood',
    ),
    'Menu classic-menu: words of prompt surge-flood added “防汛请按7。”',
  ]);
  expect(words(withMenus([classic]), withMenus([surged]))).toEqual([
    expect.stringContaining(
      '新增按键 7（防汛）去队列 desk-12369，至 2026-12-01T00:00:00+08:00，计入 surge-flood',
    ),
    '新增菜单 classic-menu 语音 surge-flood 的文字“防汛请按7。”',
  ]);
});

test('two operators at two nodes of one menu: both changes are made; at one node the second is a conflict', () => {
  const two: Menu = {
    ...classic,
    nodes: [...classic.nodes, ...classic.nodes.map((node) => ({ ...node, id: 'second' }))],
  };
  const renamed = (menu: Menu, id: string, name: string): Menu => ({
    ...menu,
    nodes: menu.nodes.map((node) => (node.id === id ? { ...node, name } : node)),
  });
  const base = withMenus([two]);
  const mine = diff(base, withMenus([renamed(two, 'start', '甲')]));
  const theirs = withMenus([renamed(two, 'second', '乙')]);
  const both = withMenus([renamed(renamed(two, 'second', '乙'), 'start', '甲')]);
  expect(applyChanges(theirs, mine)).toEqual({ rules: ordered(both), conflicts: [] });
  const same = withMenus([renamed(two, 'start', '丙')]);
  expect(applyChanges(same, mine)).toEqual({ rules: ordered(same), conflicts: mine });
});

test('where a menu’s nodes stand is no difference', () => {
  const two: Menu = {
    ...classic,
    nodes: [...classic.nodes, ...classic.nodes.map((node) => ({ ...node, id: 'b' }))],
  };
  expect(diff(withMenus([two]), withMenus([{ ...two, nodes: [...two.nodes].reverse() }]))).toEqual([]);
});

test('the menu that every caller hears needs a second person; a surge key that ends by itself does not', () => {
  const main = withMenus([classic], changing('12345', { menu: classic.code }));
  const wordier = editing(classic, (node) => ({ ...node, timeoutMs: 6_000 }));
  expect(risksOf(main, { ...main, menus: [wordier] })).toEqual(['menu.main']);
  expect(risksOf(main, { ...main, menus: [withSurgeKey(classic, surge)] })).toEqual([]);
  expect(risksOf({ ...main, menus: [withSurgeKey(classic, surge)] }, main)).toEqual([]);
  // Under the cover of a surge something else is changed.
  expect(risksOf(main, { ...main, menus: [withSurgeKey(wordier, surge)] })).toEqual(['menu.main']);
  // A menu that only other numbers use.
  expect(risksOf(withMenus([classic]), withMenus([wordier]))).toEqual([]);
});

test('giving the main number a menu needs a second person, unless it is a surge before a straight way', () => {
  const straight = straightToAPerson('general');
  const sent = (menu: Menu): RuleSet => withMenus([menu], changing('12345', { menu: menu.code }));
  expect(risksOf(RULES, sent(classic))).toEqual(['main.number']);
  expect(risksOf(RULES, sent(withSurgeKey(straight, surge)))).toEqual([]);
  expect(risksOf(RULES, sent(withSurgeKey(straightToAPerson('desk-12369'), surge)))).toEqual(['main.number']);
});

test('a menu that becomes another with the very changes that send the main number to it needs a second person', () => {
  const straight = straightToAPerson('general');
  const bent = editing(straight, (node) => ({ ...node, exit: { kind: 'queue', queue: 'desk-12369' } }));
  const waiting = withMenus([straight]);
  const sent = (menu: Menu): RuleSet => withMenus([menu], changing('12345', { menu: menu.code }));
  expect(risksOf(waiting, sent(bent))).toEqual(['main.number']);
  expect(risksOf(waiting, sent(withSurgeKey(straight, surge)))).toEqual([]);
});

test('a key under a surge’s name that leads to no desk is no surge key', () => {
  const main = withMenus([classic], changing('12345', { menu: classic.code }));
  const surged = withSurgeKey(classic, { ...surge, key: '0' });
  const leadingTo = (target: Target): Menu =>
    editing(surged, (node) => ({
      ...node,
      choices: node.choices.map((choice) =>
        choice.counter === 'surge-flood' ? { ...choice, target } : choice,
      ),
    }));
  for (const target of [
    { kind: 'goodbye', prompts: [] },
    { kind: 'line', number: '12348' },
    { kind: 'message', prompts: [], queue: 'general', maxMs: 60_000 },
  ] as const) {
    expect(risksOf(main, { ...main, menus: [leadingTo(target)] })).toEqual(['menu.main']);
  }
  expect(risksOf(main, { ...main, menus: [surged] })).toEqual([]);
});

test('a key that ends in a hundred years is no surge key, on a menu or before a straight way', () => {
  const now = Date.parse('2026-11-25T00:00:00Z');
  const lasting = { ...surge, until: '2126-11-25T00:00:00+08:00' };
  const main = withMenus([classic], changing('12345', { menu: classic.code }));
  const straight = withSurgeKey(straightToAPerson('general'), lasting);
  const sent = withMenus([straight], changing('12345', { menu: straight.code }));
  const risks = (a: RuleSet, b: RuleSet) =>
    rate(a, diff(a, b), { listed: [], workingHours: false, now }).flatMap((one) => one.risks);
  expect(risks(main, { ...main, menus: [withSurgeKey(classic, lasting)] })).toEqual([
    'menu.main',
    'menu.main',
  ]);
  expect(risks(RULES, sent)).toEqual(['main.number']);
  expect(risks(main, { ...main, menus: [withSurgeKey(classic, surge)] })).toEqual([]);
});

test('a menu that leads to an outside telephone for the first time needs a second person', () => {
  const outside = (number: string): Menu =>
    editing(classic, (node) => ({
      ...node,
      exit: { kind: 'number', number, trunk: 'carrier', returnQueue: 'general' },
    }));
  expect(risksOf(RULES, withMenus([outside('051384139001')]))).toEqual(['menu.outside']);
  expect(risksOf(withMenus([classic]), withMenus([outside('051384139001')]))).toEqual(['menu.outside']);
  expect(risksOf(withMenus([outside('051384139001')]), withMenus([outside('051384139002')]))).toEqual([
    'menu.outside',
  ]);
  expect(risksOf(withMenus([outside('051384139001')]), withMenus([classic]))).toEqual([]);
});
