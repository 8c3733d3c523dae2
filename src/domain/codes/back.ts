import type { CodeListContent, CodeMapping, CodeTerm } from './code-list.ts';

/**
 * Back to an earlier list: its codes again, and each code of the present one returns to what it came from. Where several had
 * become one the main part is the one that `weight` says most of; what the present list has of its own goes on beside them,
 * since something may bear it already.
 */
export function restored(
  earlier: readonly CodeTerm[],
  present: CodeListContent,
  weight: (code: string) => number,
): CodeListContent {
  const stood = new Set(earlier.map(({ code }) => code));
  const olds = new Map<string, string[]>();
  for (const { from, to } of present.mapping) {
    if (stood.has(from)) olds.set(to, [...(olds.get(to) ?? []), from]);
  }
  const mapping: CodeMapping[] = [];
  const kept: CodeTerm[] = [];
  for (const term of present.terms) {
    const from = [...new Set(olds.get(term.code) ?? [])];
    const stays = stood.has(term.code);
    // A part of a split that kept the code of the whole takes the others back.
    const others = from.filter((one) => one !== term.code);
    if (stays && others.length === 0) {
      mapping.push({ from: term.code, to: term.code, main: true });
    } else if (others.length > 0 || stays) {
      const targets = stays ? [term.code, ...others] : others;
      const [first = term.code] = targets;
      const main = targets.reduce((best, one) => (weight(one) > weight(best) ? one : best), first);
      for (const to of targets) mapping.push({ from: term.code, to, main: to === main });
    } else kept.push(term);
  }
  const codes = new Set([...stood, ...kept.map(({ code }) => code)]);
  const gone = new Set(present.terms.map(({ code }) => code).filter((code) => !codes.has(code)));
  const orphaned = kept.map((term) => ({
    ...term,
    parentCode: term.parentCode !== null && gone.has(term.parentCode) ? null : term.parentCode,
  }));
  return { terms: [...earlier, ...orphaned], mapping };
}
