/** Why a call looks for an agent at the next desk as well, as the books have it. */
export const OVERFLOWS = {
  after: (seconds: string) => `${seconds} 秒内无人接听`,
  unstaffed: '无话务员签入',
  unable: '签入的话务员均不具备所需技能',
  waiting: (callers: string) => `已有 ${callers} 人等待`,
  longest: (seconds: string) => `队首已等待 ${seconds} 秒`,
} as const;

export const overflowed = (from: string, why: string): string => `${from} ${why}，溢出`;

const NUMBER = '([\\d.]+)';
const ENGLISH: readonly (readonly [string, (number: string) => string])[] = [
  [OVERFLOWS.after(NUMBER), (seconds) => `nobody answered within ${seconds} s`],
  [OVERFLOWS.unstaffed, () => 'no agent is signed in'],
  [OVERFLOWS.unable, () => 'no agent who is signed in has the skills asked for'],
  [OVERFLOWS.waiting(NUMBER), (callers) => `${callers} wait already`],
  [OVERFLOWS.longest(NUMBER), (seconds) => `the first has waited for ${seconds} s`],
];

/** The same as it is read in English; null: these are no such words. */
export function overflowInEnglish(words: string): string | null {
  for (const [why, english] of ENGLISH) {
    const found = new RegExp(`^${overflowed('(\\S+)', why)}$`).exec(words);
    if (found !== null) return `overflows from ${found[1]}: ${english(found[2] ?? '')}`;
  }
  return null;
}
