import type { Said } from './said-twice.ts';

/** Why a call looks for an agent at the next desk as well: as the rules say it beforehand, and the books afterwards. */
export const OVERFLOWS = {
  after: (seconds: number | string): Said => ({
    zh: `${seconds} 秒内无人接听`,
    en: `nobody answered within ${seconds} s`,
  }),
  unstaffed: (): Said => ({ zh: '无话务员签入', en: 'no agent is signed in' }),
  unable: (): Said => ({
    zh: '签入的话务员均不具备所需技能',
    en: 'no agent who is signed in has the skills asked for',
  }),
  waiting: (callers: number | string): Said => ({
    zh: `已有 ${callers} 人等待`,
    en: `${callers} wait already`,
  }),
  longest: (seconds: number | string): Said => ({
    zh: `队首已等待 ${seconds} 秒`,
    en: `the first has waited for ${seconds} s`,
  }),
} as const;

/** What one rule asks for: a desk is unstaffed for a call that none of those who sit there can take. */
export const UNSTAFFED_RULE: Said = {
  zh: '无能受理的话务员签入',
  en: 'nobody who can take the call is signed in',
};

export const overflowed = (from: string, why: Said): string => `${from} ${why.zh}，溢出`;

const NUMBER = '([\\d.]+)';

/** The same as it is read in English; null: these are no such words. */
export function overflowInEnglish(words: string): string | null {
  for (const why of Object.values(OVERFLOWS)) {
    const found = new RegExp(`^${overflowed('(\\S+)', why(NUMBER))}$`).exec(words);
    if (found !== null) return `overflows from ${found[1]}: ${why(found[2] ?? '').en}`;
  }
  return null;
}
