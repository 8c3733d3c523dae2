// What the machine itself calls a version of rules, codes or the dispatch catalogue, and what it gives as its reason, in the
// town's language. Whoever writes it, tells it in English or tests either takes it from here.

/** Between braces: `n` a number of a version, `day`, `code` and `list` one word, all else a person's words as he wrote them. */
type PartOf<Z extends string> = Z extends `${string}{${infer Part}}${infer Rest}`
  ? Part | PartOf<Rest>
  : never;
type Parts<Z extends string> = Readonly<Record<PartOf<Z>, string | number>>;

export interface OwnPhrase<Z extends string> {
  /** As it stands in the books. */
  readonly zh: (parts: Parts<Z>) => string;
  /** The same in English; null: these are other words. */
  readonly inEnglish: (words: string) => string | null;
}

const PART = /\{(\w+)\}/g;
const PATTERNS: Readonly<Partial<Record<string, string>>> = {
  n: '\\d+',
  day: '\\S+',
  code: '\\S+',
  list: '\\S+',
};
const filled = (template: string, parts: Readonly<Record<string, string | number>>): string =>
  template.replace(PART, (_, name: string) => `${parts[name] ?? ''}`);

function phrase<const Z extends string>(zh: Z, en: string): OwnPhrase<Z> {
  const pattern = zh.replace(PART, (_, name: string) => `(?<${name}>${PATTERNS[name] ?? '[^]*?'})`);
  const whole = new RegExp(`^${pattern}$`);
  return {
    zh: (parts) => filled(zh, parts),
    inEnglish: (words) => {
      const found = whole.exec(words);
      return found === null ? null : filled(en, found.groups ?? {});
    },
  };
}

export const OWN_VERSION_WORDS = {
  firstRules: phrase('初始规则', 'First rules'),
  backTo: phrase('恢复第 {n} 版', 'Back to version {n}'),
  backToFor: phrase('恢复第 {n} 版：{why}', 'Back to version {n}: {why}'),
  before: phrase('第 {n} 版到期恢复', 'What was before version {n}, which is over'),
  over: phrase('第 {n} 版到期，自动恢复', 'Version {n} is over: undone by itself'),
  timeCame: phrase('到时发布', 'Published as its time came'),
  extended: phrase('延长 {code} 过渡期至 {day}', 'Transition of {code} extended to {day}'),
  surge: phrase('应急按键 {code} {label}', 'Surge key {code} {label}'),
  surgeOver: phrase('结束应急按键 {code}', 'End of surge key {code}'),
  editionBegan: phrase('第 {n} 版生效', 'Edition {n} took effect'),
  codesMerged: phrase(
    '{list} 代码表第 {n} 版（{title}）生效；合并后不再负责：{merged}',
    'Edition {n} of the {list} list ({title}) took effect; no longer responsible: {merged}',
  ),
  codesBegan: phrase(
    '{list} 代码表第 {n} 版（{title}）生效',
    'Edition {n} of the {list} list ({title}) took effect',
  ),
} as const;

/** A title or reason as it is told in English: what a person wrote stays as he wrote it. */
export function versionWordsInEnglish(words: string): string {
  for (const one of Object.values(OWN_VERSION_WORDS)) {
    const english = one.inEnglish(words);
    if (english !== null) return english;
  }
  return words;
}
