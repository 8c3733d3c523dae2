import { readHeldWhy } from '../../app/rules/held-why.ts';
import { isProblemCode, PROBLEMS } from './problems/index.ts';

/** What a refusal names beside its title, in the order in which it is told. */
const TOLD = ['changes', 'conflicts', 'findings', 'missing', 'prompts'] as const;

/** Why a version that was due is held, as an operator reads it. */
export function heldWords(because: string): { readonly zh: string; readonly en: string } {
  const { kind, refusal, words } = readHeldWhy(because);
  const code = refusal?.code ?? '';
  const isOurs = refusal !== null && isProblemCode(code);
  const zh = isOurs ? [PROBLEMS[code].zh, ...facts(refusal.data, '')].join('；') : words;
  const en = isOurs ? [PROBLEMS[code].en, ...facts(refusal.data, 'En')].join('; ') : words;
  return kind === 'refused'
    ? { zh, en }
    : { zh: `暂未成功，将再试：${zh}`, en: `It will be tried again: ${en}` };
}

function facts(data: Readonly<Record<string, unknown>>, language: '' | 'En'): readonly string[] {
  return TOLD.flatMap((name) => {
    const told = data[`${name}${language}`] ?? data[name];
    return (Array.isArray(told) ? told : []).filter((one): one is string => typeof one === 'string');
  });
}
