export interface WordTree {
  readonly [key: string]: string | WordTree;
}

export interface WordTable {
  readonly 'zh-CN': WordTree;
  readonly en: WordTree;
}

/** The same keys, other words. */
type Alike<T> = { readonly [K in keyof T]: T[K] extends string ? string : Alike<T[K]> };

/** Words in both languages; a key that one of them lacks does not compile. */
export function bilingual<const T extends WordTree>(chinese: T, english: Alike<T>): WordTable {
  return { 'zh-CN': chinese, en: english as WordTree };
}

/** Words of one area that lie in several files, none of which has a key of another. */
export const together = (...tables: readonly WordTable[]): WordTable => ({
  'zh-CN': Object.fromEntries(tables.flatMap((one) => Object.entries(one['zh-CN']))),
  en: Object.fromEntries(tables.flatMap((one) => Object.entries(one.en))),
});
