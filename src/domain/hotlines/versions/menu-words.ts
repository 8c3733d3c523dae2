import type { Choice, Fallback, Menu, MenuNode, Redirect } from '../../ivr/menu.ts';
import { conditionWords, promptsWords, targetWords } from '../../ivr/words.ts';
import { canonical, type FieldValue } from './content.ts';
import { readMenuField } from './menu-fields.ts';

const OWN_FIELDS: Readonly<Record<string, string>> = {
  name: '名称',
  languages: '语言',
  start: '起始节点',
};

/** A change of one field of a menu: `菜单 classic-menu 节点 start：按键 1（咨询）改为去队列 enquiry`. */
export function menuChangeWords(code: string, field: string, from: FieldValue, to: FieldValue): string {
  const read = readMenuField(field);
  if (read.kind === 'own') {
    return `菜单 ${code} 的${OWN_FIELDS[field] ?? field}由“${plain(from)}”改为“${plain(to)}”`;
  }
  if (read.kind === 'text') {
    const subject = `菜单 ${code} 语音 ${read.name} 的文字`;
    if (from === null) return `新增${subject}“${plain(to)}”`;
    return to === null ? `删除${subject}` : `${subject}由“${plain(from)}”改为“${plain(to)}”`;
  }
  const [before, after] = [from as MenuNode | null, to as MenuNode | null];
  if (before === null) return `菜单 ${code} 新增节点 ${read.name}${after === null ? '' : nodeWords(after)}`;
  if (after === null) return `菜单 ${code} 删除节点 ${read.name}（${before.name}）`;
  return `菜单 ${code} 节点 ${read.name}：${nodeChanges(before, after).join('；')}`;
}

/** A menu in one line, where it comes or goes as a whole. */
export const menuWords = ({ name, nodes, start }: Menu): string => {
  const first = nodes.find(({ id }) => id === start);
  const keys = first?.choices.map(({ digits, label }) => `${digits} ${label}`).join('，') ?? '';
  return `${name}，${nodes.length} 个节点${keys === '' ? '' : `，按键 ${keys}`}`;
};

const plain = (value: FieldValue): string => (Array.isArray(value) ? value.join('、') : String(value ?? ''));

const nodeWords = ({ name, choices, exit }: MenuNode): string => {
  const keys = choices.map(({ digits, label }) => `${digits} ${label}`).join('，');
  const end = exit === null ? '没有默认出口' : `默认${targetWords(exit)}`;
  return `（${[name, ...(keys === '' ? [] : [`按键 ${keys}`]), end].join('，')}）`;
};

function nodeChanges(before: MenuNode, after: MenuNode): readonly string[] {
  const said: string[] = [];
  const changed = (what: string, from: string, to: string): void => {
    if (from !== to) said.push(`${what}由${from}改为${to}`);
  };
  changed('名称', `“${before.name}”`, `“${after.name}”`);
  changed('条件跳转', redirectWords(before.redirects), redirectWords(after.redirects));
  changed('提示音', promptsWords(before.prompts), promptsWords(after.prompts));
  said.push(...choiceChanges(before.choices, after.choices));
  changed('首键等待', ` ${before.timeoutMs / 1000} 秒`, ` ${after.timeoutMs / 1000} 秒`);
  changed('键间等待', ` ${before.digitTimeoutMs / 1000} 秒`, ` ${after.digitTimeoutMs / 1000} 秒`);
  changed('重试次数', ` ${before.retries} `, ` ${after.retries} `);
  changed('按错时', fallbackWords(before.onWrong), fallbackWords(after.onWrong));
  changed('未按键时', fallbackWords(before.onNothing), fallbackWords(after.onNothing));
  const exitOf = ({ exit }: MenuNode): string => (exit === null ? '（无）' : targetWords(exit));
  changed('默认出口', exitOf(before), exitOf(after));
  // Nothing that is told differs: what is left is the order of the same parts.
  return said.length > 0 ? said : ['内容顺序改变'];
}

function choiceChanges(before: readonly Choice[], after: readonly Choice[]): readonly string[] {
  const [left, right] = [keyedChoices(before), keyedChoices(after)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const [from, to] = [left.get(key), right.get(key)];
    if (from === undefined) return to === undefined ? [] : [`新增${choiceWords(to)}`];
    if (to === undefined) return [`删除按键 ${from.digits}（${from.label}）`];
    if (canonical(from) === canonical(to)) return [];
    return [`按键 ${from.digits}（${from.label}）改为${choiceWords(to)}`];
  });
}

/** A choice is the same one by its keys and its place among those with the same keys. */
export function keyedChoices(choices: readonly Choice[]): ReadonlyMap<string, Choice> {
  const found = new Map<string, Choice>();
  for (const choice of choices) {
    // A surge key stands before the usual one of the same digits and is told apart by its counter.
    const { digits, counter } = choice;
    let key = `${digits} ${counter ?? ''}`;
    for (let nth = 2; found.has(key); nth += 1) key = `${digits} ${counter ?? ''} ${nth}`;
    found.set(key, choice);
  }
  return found;
}

function choiceWords({ digits, label, target, when, counter }: Choice): string {
  const more = [
    ...(when === null ? [] : [conditionWords(when)]),
    ...(counter === null ? [] : [`计入 ${counter}`]),
  ];
  return `按键 ${digits}（${label}）去${targetWords(target)}${more.length === 0 ? '' : `，${more.join('，')}`}`;
}

const redirectWords = (redirects: readonly Redirect[]): string =>
  redirects.length === 0
    ? '（无）'
    : redirects.map(({ when, to }) => `${conditionWords(when)}则${targetWords(to)}`).join('、');

const fallbackWords = ({ prompts, to }: Fallback): string =>
  `播放${promptsWords(prompts)}${to === null ? '' : `后${targetWords(to)}`}`;
