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

/** Words of one area that lie in several files. */
export const together = (one: WordTable, other: WordTable): WordTable => ({
  'zh-CN': { ...one['zh-CN'], ...other['zh-CN'] },
  en: { ...one.en, ...other.en },
});
