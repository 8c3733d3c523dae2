import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classicMenu, straightToAPerson } from '../../../src/domain/ivr/presets.ts';
import { readMenu } from '../../../src/domain/ivr/read-menu.ts';
import { withSurgeKey } from '../../../src/domain/ivr/surge-key.ts';
import { lineOf, readMenuText } from '../../../src/domain/ivr/text/read-menu-text.ts';
import { menuText } from '../../../src/domain/ivr/text/write-menu.ts';
import { validateMenu } from '../../../src/domain/ivr/validate.ts';
import { anyMenu } from './any-menu.ts';
import { around } from './menus.ts';

const classic = classicMenu({ general: 'general', help: 'desk' });
const read = (text: string) => {
  const found = readMenuText(text);
  return found.kind === 'menu' ? found.menu : expect.fail(JSON.stringify(found.faults));
};
const faultsOf = (text: string) => {
  const found = readMenuText(text);
  return found.kind === 'refused'
    ? found.faults.map(({ line, wrong, right }) => `${line} ${wrong.zh} ⇒ ${right.zh}`)
    : expect.fail('it was read');
};
/** The classic menu with one line written otherwise. */
const with_ = (line: string, instead: string): string => {
  const text = menuText(classic);
  expect(text).toContain(line);
  return text.replace(line, () => instead);
};
const lineIn = (text: string, part: string): number =>
  text.split('\n').findIndex((line) => line.includes(part)) + 1;

test('the classic menu as operators read it', () => {
  expect(menuText(classic)).toBe(
    [
      '菜单 classic-menu "传统按键菜单"',
      '语言 zh-CN',
      '起始 start',
      '',
      '节点 start "主菜单"',
      '  若 老年残疾 理由 "老年人、残疾人直达人工" → 队列 general',
      '  播放 menu-person 报 0',
      '  播放 menu-classic 报 1、2、3、4、5、9',
      '  按 0 "人工服务" → 队列 general',
      '  按 1 "咨询" → 队列 general',
      '  按 2 "求助" → 队列 desk',
      '  按 3 "投诉举报" → 队列 general',
      '  按 4 "建议" → 队列 general',
      '  按 5 "工单进度" → 工单进度（询问 menu-ticket-ask；查无 menu-ticket-not-found；等待 8 秒；重试 1 次；告知后 道别 播放 goodbye；否则 队列 general）',
      '  按 9 "企业服务" → 队列 general',
      '  等待 5 秒',
      '  位间 2 秒',
      '  重试 1 次',
      '  按错 播放 menu-wrong',
      '  未按 播放 menu-nothing',
      '  未按 → 队列 general',
      '  默认 → 队列 general',
      '',
    ].join('\n'),
  );
});

test('what is written is read back to the same menu, and written again to the same text', () => {
  fc.assert(
    fc.property(anyMenu, (menu) => {
      // Data that is no menu for other reasons (nested too deep) is not this test's business.
      fc.pre(readMenu(JSON.parse(JSON.stringify(menu))).kind === 'menu');
      const text = menuText(menu);
      expect(read(text)).toEqual(menu);
      expect(menuText(read(text))).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});

test('whatever somebody types is a menu or refused with a line that there is, never an exception', () => {
  const words = fc.constantFrom(
    '菜单',
    '节点',
    '按',
    '若',
    '→',
    '（',
    '）',
    '"',
    '“',
    '、',
    '；',
    '1',
    'a',
    '队列',
    '播放',
    '全部',
    '\n',
    ' ',
  );
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.array(words, { maxLength: 40 }).map((parts) => parts.join(' ')),
    // A text that is right, cut off somewhere.
    fc.nat(menuText(classic).length).map((length) => menuText(classic).slice(0, length)),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const found = readMenuText(text);
      if (found.kind === 'menu') return;
      expect(found.faults.length).toBeGreaterThan(0);
      for (const { line, wrong, right } of found.faults) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
        for (const { zh, en } of [wrong, right]) expect(zh !== '' && en !== '').toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('signs of either keyboard, indents and empty lines are the same menu', () => {
  const loose = menuText(classic)
    .replaceAll('→', '->')
    .replace('报 1、2、3', '报 1 、 2、3')
    .replaceAll('；', ';')
    .replaceAll('（', '(')
    .replaceAll('）', ')')
    .replaceAll('\n', '\r\n\r\n')
    .replaceAll('"主菜单"', '“主菜单”');
  expect(read(loose)).toEqual(classic);
});

test('what is not said has its usual value', () => {
  expect(read('菜单 straight-to-a-person "直达人工"\n节点 start "直达人工"\n默认 → 队列 general')).toEqual(
    straightToAPerson('general'),
  );
});

test.each([
  ['按 2 "求助" → 队列 desk', '按 2 求助 → 队列', '这一行没有写完 ⇒ 这里应写队列代码，如 general'],
  ['按 2 "求助" → 队列 desk', '按 2 → 队列 desk', '这里写的是“→” ⇒ 这里应写选项名称，写在引号内，如 "咨询"'],
  [
    '按 2 "求助" → 队列 desk',
    '按 2 "求助" 队列 desk',
    '这里写的是“队列” ⇒ 这里应写→ 和去向，如 → 队列 general',
  ],
  ['按 2 "求助" → 队列 desk', '按 2 "求助 → 队列 desk', '引号没有结束 ⇒ 在文字末尾加引号 "'],
  ['等待 5 秒', '等待 五秒', '这里写的是“五秒” ⇒ 这里应写时长，如 5 秒 或 800 毫秒'],
  ['等待 5 秒', '等待 5', '这一行没有写完 ⇒ 这里应写时长，如 5 秒 或 800 毫秒'],
  ['等待 5 秒', '等候 5 秒', '不认识“等候”开头的行 ⇒ 行首写：菜单'],
  ['重试 1 次\n', '重试 1 次\n  重试 2 次\n', '“重试”写了两次 ⇒ 只留一行'],
  ['播放 menu-person 报 0', '播放 人工 报 0', '这里写的是“人工” ⇒ 这里应写语音名'],
  ['若 老年残疾 理由', '若 老人 理由', '这里写的是“老人” ⇒ 这里应写条件'],
  ['默认 → 队列 general', '默认 → 节点 start', '这里写的是“节点” ⇒ 这里应写出口'],
  ['默认 → 队列 general', '默认 → 队列 general 多余', '这里写的是“多余” ⇒ 这里应写行尾'],
  ['；告知后 道别 播放 goodbye', '', '工单进度没有写“告知后” ⇒ 加上 告知后'],
  ['节点 start "主菜单"', '', '“若”不在任何节点之下 ⇒ 先写一行 节点'],
])(
  'a mistake is told with its line, what stands there and what belongs there: %s, %s',
  (line, instead, told) => {
    const text = with_(line, instead);
    const [first] = faultsOf(text);
    expect(first).toContain(told);
    const where =
      instead === ''
        ? line.startsWith('节点')
          ? '若 老年'
          : '工单进度（'
        : (instead.trim().split('\n').at(-1) ?? '').trim();
    expect(first).toMatch(new RegExp(`^${lineIn(text, where)} `));
  },
);

test('every line that is wrong is told at once; a text without a menu says so', () => {
  const text = with_('等待 5 秒', '等待').replace('重试 1 次\n', '重试 一次\n');
  expect(faultsOf(text)).toHaveLength(2);
  expect(faultsOf('')).toEqual(['1 没有“菜单”行 ⇒ 第一行写 菜单 代码 "名称"']);
});

test('a finding of the check stands at the line that it is about', () => {
  const surge = withSurgeKey(classic, {
    code: 'flood',
    key: '7',
    label: '防汛',
    queue: 'nowhere',
    announcement: '防汛请按7',
    until: '2026-12-31T00:00:00+08:00',
  });
  const text = menuText(surge);
  const found = readMenuText(text);
  if (found.kind !== 'menu') return expect.fail('it was not read');
  const [wrong] = validateMenu(found.menu, around()).filter(({ code }) => code === 'menu.unknownTarget');
  expect(text.split('\n')[lineOf(wrong?.place.field ?? null, found.lines) - 1]).toContain('按 7 "防汛"');
  expect(lineOf(null, found.lines)).toBe(1);
  expect(text.split('\n')[lineOf('nodes/start/onNothing', found.lines) - 1]).toContain('未按 播放');
  expect(text.split('\n')[lineOf('texts/surge-flood', found.lines) - 1]).toContain('文字 surge-flood');
});
