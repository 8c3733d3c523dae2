import type { PromptRef } from '../menu.ts';
import { PROMPT_NAME } from '../prompt-register.ts';
import { conditionText, listed, readCondition } from './condition-text.ts';
import { type LineCursor, written } from './line-cursor.ts';

/** `menu-person 报 0、1 译 en menu-person-en 若 老年残疾` */
export function promptText({ name, variants, when, announces }: PromptRef): string {
  return [
    written(name),
    ...(announces.length === 0 ? [] : [`报 ${listed(announces.map(written))}`]),
    ...Object.entries(variants).map(([language, other]) => `译 ${written(language)} ${written(other)}`),
    ...(when === null ? [] : [`若 ${conditionText(when)}`]),
  ].join(' ');
}

export const promptsText = (prompts: readonly PromptRef[]): string => prompts.map(promptText).join('，');

export function readPrompt(cursor: LineCursor): PromptRef {
  const name = cursor.value('prompt', PROMPT_NAME);
  const announces = cursor.take('报') ? cursor.list(() => cursor.value('digits')) : [];
  const variants = new Map<string, string>();
  while (cursor.take('译')) {
    const language = cursor.value('language');
    if (variants.has(language)) cursor.fail('twice', `译 ${language}`, null);
    variants.set(language, cursor.value('prompt', PROMPT_NAME));
  }
  const when = cursor.take('若') ? readCondition(cursor) : null;
  return { name, variants: Object.fromEntries(variants), when, announces };
}

export const readPrompts = (cursor: LineCursor): readonly PromptRef[] =>
  cursor.list(() => readPrompt(cursor), '，');
