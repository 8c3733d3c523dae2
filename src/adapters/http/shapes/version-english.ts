// What the machine itself calls a version of rules, codes or the catalogue, and gives as its reason, stands in the books in
// the town's language. Who reads English is told it in English, and what a person wrote as he wrote it.

const FRAMES: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^初始规则$/, () => 'First rules'],
  [/^恢复第 (\d+) 版$/, (n) => `Back to version ${n}`],
  [/^恢复第 (\d+) 版：(.*)$/s, (n, why) => `Back to version ${n}: ${why}`],
  [/^第 (\d+) 版到期恢复$/, (n) => `What was before version ${n}, which is over`],
  [/^第 (\d+) 版到期，自动恢复$/, (n) => `Version ${n} is over: undone by itself`],
  [/^到时发布$/, () => 'Published as its time came'],
  [/^延长 (\S+) 过渡期至 (\S+)$/, (number, day) => `Transition of ${number} extended to ${day}`],
  [/^应急按键 (\S+) (.*)$/s, (key, label) => `Surge key ${key} ${label}`],
  [/^结束应急按键 (\S+)$/, (code) => `End of surge key ${code}`],
  [/^第 (\d+) 版生效$/, (n) => `Edition ${n} took effect`],
  [
    /^(\S+) 代码表第 (\d+) 版（(.*?)）生效(?:；合并后不再负责：(.*))?$/s,
    (list, n, title, merged = '') =>
      `Edition ${n} of the ${list} list (${title}) took effect${merged === '' ? '' : `; no longer responsible: ${merged}`}`,
  ],
];

/** A title or reason as it is told in English. */
export function versionWordsInEnglish(words: string): string {
  for (const [frame, english] of FRAMES) {
    const found = frame.exec(words);
    if (found !== null) return english(...found.slice(1).map((part) => part ?? ''));
  }
  return words;
}
