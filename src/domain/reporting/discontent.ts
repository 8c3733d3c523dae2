import { percentOf } from './figures.ts';

/**
 * Why somebody is not content (JS-31), told by his three answers, the gravest first, so that each matter has one reason: it is
 * not solved; it is, and the result does not please; it does, and the way to it did not.
 */
export const DISCONTENT_REASONS = {
  unresolved: { zh: '未解决', en: 'not solved' },
  result: { zh: '已解决，对结果不满意', en: 'solved, dissatisfied with the result' },
  process: { zh: '对过程不满意', en: 'dissatisfied with the process' },
} as const;
export type DiscontentReason = keyof typeof DISCONTENT_REASONS;
const REASONS = Object.keys(DISCONTENT_REASONS) as readonly DiscontentReason[];

export interface Named {
  readonly code: string;
  readonly name: string;
}

/** Matters of which somebody was heard, alike in all of this. */
export interface HeardTally {
  /** null: whoever was heard is content. */
  readonly reason: DiscontentReason | null;
  readonly category: Named;
  /** The category above it, or itself where none is. */
  readonly field: Named;
  readonly unit: Named | null;
  readonly matters: number;
}

/** So many of so many; percent with two places. */
interface Share {
  readonly matters: number;
  readonly share: number | null;
}
export interface Group extends Share {
  readonly heard: number;
  /** Of those of its own that were heard. */
  readonly rate: number | null;
}
export interface DiscontentReport {
  readonly heard: number;
  readonly discontent: number;
  /** discontent / heard */
  readonly rate: number | null;
  readonly reasons: readonly (Share & { readonly reason: DiscontentReason })[];
  readonly fields: readonly (Group &
    Named & {
      /** `ofField`: of what is discontent in the field. */
      readonly categories: readonly (Group & Named & { readonly ofField: number | null })[];
    })[];
  readonly units: readonly (Group & { readonly unit: Named | null })[];
}

export const DISCONTENT_FORMULA = {
  zh: '不满意件数 = 回访或市民自评中答未解决，或对结果、过程不满意的诉求，每次上报办结只计一件，原因取最重的一项；占比 = 该项件数 ÷ 不满意总件数；不满意率 = 不满意件数 ÷ 听取件数',
  en: 'discontent = matters of which a visit or the citizen’s own rating says not solved, or dissatisfied with result or process, each report of completion once and under its gravest reason; share = its matters / all that are discontent; rate = discontent / heard',
} as const;

const sum = (rows: readonly HeardTally[]): number => rows.reduce((all, { matters }) => all + matters, 0);
const unhappy = (rows: readonly HeardTally[]): number => sum(rows.filter(({ reason }) => reason !== null));

function grouped<Key extends string>(
  rows: readonly HeardTally[],
  keyOf: (row: HeardTally) => Key,
): readonly (readonly HeardTally[])[] {
  const groups = new Map<Key, HeardTally[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  // The most first; of as many, as they were given.
  return [...groups.values()]
    .toSorted((a, b) => unhappy(b) - unhappy(a))
    .filter((group) => unhappy(group) > 0);
}

export function discontentReport(rows: readonly HeardTally[]): DiscontentReport {
  const [heard, discontent] = [sum(rows), unhappy(rows)];
  const groupOf = (group: readonly HeardTally[]): Group => {
    const [its, all] = [unhappy(group), sum(group)];
    return { matters: its, share: percentOf(its, discontent), heard: all, rate: percentOf(its, all) };
  };
  return {
    heard,
    discontent,
    rate: percentOf(discontent, heard),
    reasons: REASONS.map((reason) => {
      const matters = sum(rows.filter((row) => row.reason === reason));
      return { reason, matters, share: percentOf(matters, discontent) };
    }),
    fields: grouped(rows, ({ field }) => field.code).map((inField) => ({
      ...named(inField[0]?.field),
      ...groupOf(inField),
      categories: grouped(inField, ({ category }) => category.code).map((group) => ({
        ...named(group[0]?.category),
        ...groupOf(group),
        ofField: percentOf(unhappy(group), unhappy(inField)),
      })),
    })),
    units: grouped(rows, ({ unit }) => unit?.code ?? '').map((group) => ({
      unit: group[0]?.unit ?? null,
      ...groupOf(group),
    })),
  };
}

const named = (one: Named | undefined): Named => ({ code: one?.code ?? '', name: one?.name ?? '' });
