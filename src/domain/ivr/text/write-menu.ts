import { type Fallback, type Menu, type MenuNode, NODE_DEFAULTS } from '../menu.ts';
import { conditionText, listed } from './condition-text.ts';
import { written } from './line-cursor.ts';
import { promptText } from './prompt-text.ts';
import { durationText, targetText } from './target-text.ts';

/**
 * A menu as operators read and write it: a line for each thing that it says. `readMenuText` reads it back to the same
 * menu, whatever is in it.
 */
export function menuText({ code, name, languages, start, nodes, texts }: Menu): string {
  return [
    `菜单 ${written(code)} ${JSON.stringify(name)}`,
    `语言 ${listed(languages.map(written))}`,
    `起始 ${written(start)}`,
    ...nodes.flatMap((node) => ['', ...nodeLines(node)]),
    ...(Object.keys(texts).length === 0 ? [] : ['']),
    ...Object.entries(texts).map(([prompt, text]) => `文字 ${written(prompt)} ${JSON.stringify(text)}`),
    '',
  ].join('\n');
}

function nodeLines(node: MenuNode): readonly string[] {
  const { id, name, redirects, prompts, choices, timeoutMs, digitTimeoutMs, retries } = node;
  const waits = choices.length > 0;
  const usual = (said: boolean, line: string): readonly string[] => (said && !waits ? [] : [line]);
  return [
    `节点 ${written(id)} ${JSON.stringify(name)}`,
    ...[
      ...redirects.map(
        ({ when, to, reason }) =>
          `若 ${conditionText(when)} 理由 ${JSON.stringify(reason)} → ${targetText(to)}`,
      ),
      ...prompts.map((one) => `播放 ${promptText(one)}`),
      ...choices.map(({ digits, label, target, when, counter }) =>
        [
          `按 ${written(digits)} ${JSON.stringify(label)}`,
          ...(when === null ? [] : [`若 ${conditionText(when)}`]),
          ...(counter === null ? [] : [`计数 ${written(counter)}`]),
          `→ ${targetText(target)}`,
        ].join(' '),
      ),
      ...usual(timeoutMs === NODE_DEFAULTS.timeoutMs, `等待 ${durationText(timeoutMs)}`),
      ...usual(digitTimeoutMs === NODE_DEFAULTS.digitTimeoutMs, `位间 ${durationText(digitTimeoutMs)}`),
      ...usual(retries === NODE_DEFAULTS.retries, `重试 ${retries} 次`),
      ...fallbackLines('按错', node.onWrong),
      ...fallbackLines('未按', node.onNothing),
      ...(node.exit === null ? [] : [`默认 → ${targetText(node.exit)}`]),
    ].map((line) => `  ${line}`),
  ];
}

const fallbackLines = (word: string, { prompts, to }: Fallback): readonly string[] => [
  ...prompts.map((one) => `${word} 播放 ${promptText(one)}`),
  ...(to === null ? [] : [`${word} → ${targetText(to)}`]),
];
