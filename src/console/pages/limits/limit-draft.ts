import type { Content, LimitPreset } from './shapes.ts';

/** What somebody wants to change, kept on this machine until it is proposed or dropped. */
export interface LimitDraft {
  /** From which preset it was made; empty: there is no draft. */
  preset: string;
  content: Content | null;
  validFrom: string | null;
  reason: string;
}
export const emptyDraft = (): LimitDraft => ({ preset: '', content: null, validFrom: '', reason: '' });

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** Members in one order: what comes from the books has another than what comes from the program. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  );
}

/**
 * What differs from the preset: the rest is as there. A preset may name categories that are none here; sent back by name they
 * would be taken for mistyped.
 */
export function changedFrom(preset: LimitPreset, content: Content): Partial<Content> {
  const parts = Object.entries(content).filter(
    ([name, part]) => !same(part, preset.content[name as keyof Content]),
  );
  return Object.fromEntries(parts) as Partial<Content>;
}

/** Names of the lines in which two sets differ, as the table names them. */
export function changedLines(before: Content, after: Content): ReadonlySet<string> {
  const lines = [...linesOf(after), ...linesOf(before)].filter(
    ([name]) => !same(lineOf(before, name), lineOf(after, name)),
  );
  return new Set(lines.map(([name]) => name));
}

const linesOf = (content: Content): readonly (readonly [string, unknown])[] => {
  const { limits, stages, categories, superviseAfter, extension, ...rest } = content;
  return [
    ...Object.entries(rest),
    ...Object.entries(limits).map(([type, limit]) => [`limits.${type}`, limit] as const),
    ...categories.map(({ category, limit }) => [`categories.${category}`, limit] as const),
    ...Object.entries(stages).flatMap(([stage, by]) =>
      Object.entries(by).map(([urgency, limit]) => [`stages.${stage}.${urgency}`, limit] as const),
    ),
    ...Object.entries(superviseAfter).map(
      ([urgency, limit]) => [`superviseAfter.${urgency}`, limit] as const,
    ),
    ...Object.entries(extension).map(([name, value]) => [`extension.${name}`, value] as const),
  ];
};
const lineOf = (content: Content, name: string): unknown =>
  linesOf(content).find(([one]) => one === name)?.[1];
