import type { Content, LimitPreset, LimitSet } from './shapes.ts';

/** What somebody wants to change, kept on this machine until it is proposed or dropped. */
export interface LimitDraft {
  /** From which preset it was made; empty: there is no draft. */
  preset: string;
  /** The set that it was begun on: what differs from it is what he changed. */
  base: number;
  /** The set that takes its place on a day to come, once he knows that. */
  endsBy: number | null;
  content: Content | null;
  validFrom: string;
  reason: string;
}
export const emptyDraft = (): LimitDraft => ({
  ...{ preset: '', base: 0, endsBy: null },
  ...{ content: null, validFrom: '', reason: '' },
});

/**
 * On which set a draft is begun. Of what waits for its day it is that very one. What was, was refused or comes with the
 * program is laid over the set in force, as of which its differences are shown: what waits is unseen, and is told of.
 */
export function baseOf(from: LimitPreset | LimitSet, inForce: number): number {
  if (!('number' in from) || from.number < inForce) return inForce;
  return from.state === 'rejected' || from.state === 'withdrawn' ? inForce : from.number;
}

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
  const [was, is] = [new Map(linesOf(before)), new Map(linesOf(after))];
  return new Set([...is.keys(), ...was.keys()].filter((name) => !same(was.get(name), is.get(name))));
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
export const lineOf = (content: Content, name: string): unknown =>
  linesOf(content).find(([one]) => one === name)?.[1];

/** What he made of `from`, laid over what others made of it meanwhile: where both changed a line, his own stands. */
export function carriedOver(from: Content, mine: Content, theirs: Content): Content {
  const lines = changedLines(from, mine);
  const chosen = <T>(line: string, own: T, other: T): T => (lines.has(line) ? own : other);
  const each = <T extends object>(part: string, own: T, other: T): T =>
    Object.fromEntries(
      Object.entries(other).map(([name, value]) => [
        name,
        chosen(part === '' ? name : `${part}.${name}`, own[name as keyof T], value),
      ]),
    ) as T;
  const { limits, stages, categories, superviseAfter, extension, ...rest } = theirs;
  const codes = [...new Set([...categories, ...mine.categories].map(({ category }) => category))];
  return {
    ...each('', mine as typeof rest, rest),
    limits: each('limits', mine.limits, limits),
    stages: Object.fromEntries(
      Object.entries(stages).map(([stage, by]) => [
        stage,
        each(`stages.${stage}`, mine.stages[stage as keyof Content['stages']], by),
      ]),
    ) as Content['stages'],
    categories: codes.flatMap((code) =>
      chosen(`categories.${code}`, mine, theirs).categories.filter(({ category }) => category === code),
    ),
    superviseAfter: each('superviseAfter', mine.superviseAfter, superviseAfter),
    extension: each('extension', mine.extension, extension),
  };
}
