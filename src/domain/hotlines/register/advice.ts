/** Words of the program, Chinese and English; one string where both say the same: a code, a date, a number. */
export type Said = string | readonly [zh: string, en: string];

/** What is wrong with something that somebody wrote and what would be right; whatever he wrote stands in it as he wrote it. */
export interface Advice {
  readonly wrong: string;
  readonly right: string;
  readonly wrongEn: string;
  readonly rightEn: string;
}

export function advice(wrong: Said, right: Said): Advice {
  const [wrongZh, wrongEn] = bothOf(wrong);
  const [rightZh, rightEn] = bothOf(right);
  return { wrong: wrongZh, right: rightZh, wrongEn, rightEn };
}

const bothOf = (said: Said): readonly [zh: string, en: string] =>
  typeof said === 'string' ? [said, said] : said;
