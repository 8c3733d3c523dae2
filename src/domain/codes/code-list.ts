/**
 * 代码表: what appeals are sorted by. Each is kept in editions; what a code meant on its day is never changed.
 *
 *   category  诉求分类    area  区域    unit  承办单位    type  诉求子类型, under one of the fixed types    tag  主题标签
 */
export const CODE_KINDS = ['category', 'area', 'unit', 'type', 'tag'] as const;
export type CodeKind = (typeof CODE_KINDS)[number];

export const CODE_KIND_NAMES: Readonly<Record<CodeKind, string>> = {
  category: '诉求分类',
  area: '区域',
  unit: '承办单位',
  type: '诉求子类型',
  tag: '主题标签',
};

/**
 * One of ours, by its kind; or `category@province`: a list of somebody else's (the province's, a standard's such as DB44/T
 * 2479) that ours are mapped to for what we report upwards.
 */
export type CodeListId = string;
export const CODE_LIST_ID = /^(category|area|unit|type|tag)(@[a-z0-9-]{2,40})?$/;

export const kindOf = (list: CodeListId): CodeKind =>
  CODE_KINDS.find((kind) => kind === list.split('@')[0]) ?? 'category';
export const isOutside = (list: CodeListId): boolean => list.includes('@');

export interface CodeTerm {
  readonly code: string;
  /** null: at the top. Of a sub-type the fixed type that it lies under. */
  readonly parentCode: string | null;
  readonly name: string;
  /** What people say for it. */
  readonly words: readonly string[];
  /** Of a unit what it is; null elsewhere. */
  readonly unitKind: string | null;
}

/** 沿革: what a code of the edition before became. Of ours to somebody else's: where it is counted there. */
export interface CodeMapping {
  readonly from: string;
  readonly to: string;
  /** Where several come of one: where it counts while nobody knows which. One alone is the main one. */
  readonly main: boolean;
}

export interface CodeListContent {
  readonly terms: readonly CodeTerm[];
  readonly mapping: readonly CodeMapping[];
}

export const CODE_LENGTHS = { code: 60, name: 100, word: 40, words: 50, terms: 20_000, depth: 6 } as const;

/** What a code of ours may look like where it is used already; somebody else's may hold what theirs hold. */
const PATTERNS: Readonly<Record<CodeKind, RegExp>> = {
  category: /^[A-Za-z0-9-]{1,40}(\.[A-Za-z0-9-]{1,40}){0,5}$/,
  area: /^[a-z0-9-]{1,40}(\.[a-z0-9-]{1,40}){0,5}$/,
  unit: /^[a-z0-9-]{2,40}$/,
  type: /^[A-Za-z0-9-]{1,40}(\.[A-Za-z0-9-]{1,40}){0,5}$/,
  tag: /^[A-Za-z0-9-]{1,40}(\.[A-Za-z0-9-]{1,40}){0,5}$/,
};
const OUTSIDE = /^[A-Za-z0-9._/-]{1,60}$/;

export const codePattern = (list: CodeListId): RegExp => (isOutside(list) ? OUTSIDE : PATTERNS[kindOf(list)]);

/** A code with those above it, the nearest first; a circle ends where it began. */
export function chainIn(terms: ReadonlyMap<string, CodeTerm>, code: string): readonly string[] {
  const chain: string[] = [];
  for (
    let at: string | null = code;
    at !== null && !chain.includes(at);
    at = terms.get(at)?.parentCode ?? null
  ) {
    chain.push(at);
  }
  return chain;
}
