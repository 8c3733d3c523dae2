/** As it is written into the books, by the town's language, and as it is read in English. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}

/** Words of ours around what a rule or a person named. */
export type Frame = (...named: string[]) => Said;

/** What stands in the books as it is read in English, names as they are; null: it is none of these words. */
export function readInEnglish(frames: Readonly<Record<string, Frame>>, words: string): string | null {
  for (const frame of Object.values(frames)) {
    const names = Array.from({ length: frame.length }, () => '(.*?)');
    const found = new RegExp(`^${frame(...names).zh}$`, 's').exec(words);
    if (found !== null) return frame(...found.slice(1)).en;
  }
  return null;
}
