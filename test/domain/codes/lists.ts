import { type CheckFacts, checkList } from '../../../src/domain/codes/check.ts';
import type { CodeMapping, CodeTerm } from '../../../src/domain/codes/code-list.ts';
import type { CodeFindingCode } from '../../../src/domain/codes/finding.ts';

export const term = (code: string, name = `名${code}`, parentCode: string | null = null): CodeTerm => ({
  ...{ code, name, parentCode, words: [], unitKind: null },
});
/** `a > b` one way, `a > b*` the main one of several. */
export const ways = (...texts: string[]): CodeMapping[] =>
  texts.map((text) => {
    const [from = '', to = ''] = text.split(' > ');
    return { from, to: to.replace('*', ''), main: to.endsWith('*') };
  });

export const NO_USE = { openTickets: 0, allTickets: 0, entries: 0, knowledge: 0, places: 0, limits: 0 };

export function facts(over: Partial<CheckFacts> & Pick<CheckFacts, 'base' | 'draft'>): CheckFacts {
  return {
    list: 'category',
    earlier: new Map(),
    uses: new Map(),
    days: { validFrom: '2026-12-01', validTo: null },
    standing: [{ number: 1, validFrom: '2000-01-01', validTo: null }],
    others: new Map(),
    today: '2026-11-26',
    ...over,
  };
}

export const errorsOf = (asked: CheckFacts): readonly CodeFindingCode[] =>
  checkList(asked)
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);
export const saidOf = (asked: CheckFacts): readonly string[] =>
  checkList(asked).map(({ code, severity }) => `${severity} ${code}`);
