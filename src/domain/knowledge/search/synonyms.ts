/** What citizens say and what entries call it. One way: whoever says 红本本 means 不动产权证书, not the other way round. */
export interface Synonym {
  readonly said: readonly string[];
  readonly means: readonly string[];
  /** Where people speak so; empty: everywhere. */
  readonly region: string;
}

/** By what a line of a file finds the one that it replaces: the same sayings, in whatever order. */
export const sayingsOf = ({ said }: Pick<Synonym, 'said'>): string => said.toSorted().join(';');

/** Whether whoever used a word of it finds less by it than before. */
export function losesWords(before: Synonym, after: Synonym): boolean {
  const lost = (of: 'said' | 'means'): boolean => before[of].some((word) => !after[of].includes(word));
  return lost('said') || lost('means');
}

export interface SaidSpan {
  /** In the normalised text. */
  readonly from: number;
  readonly to: number;
  readonly said: string;
  readonly means: readonly string[];
}

/** Finds in a text what operators have written down, the longest first; of those that overlap the longer counts. */
export class SynonymIndex {
  readonly #bySaid = new Map<string, string[]>();
  #longest = 0;

  /** Words as `normalise` spells them. */
  constructor(synonyms: readonly Synonym[]) {
    for (const { said, means } of synonyms) {
      for (const word of said) {
        const known = this.#bySaid.get(word) ?? [];
        this.#bySaid.set(word, [...new Set([...known, ...means.filter((one) => one !== word)])]);
        this.#longest = Math.max(this.#longest, word.length);
      }
    }
  }

  /** `boundaries`: places between words; a word of one character counts only when it stands by itself. */
  spans(text: string, boundaries: ReadonlySet<number>): SaidSpan[] {
    const spans: SaidSpan[] = [];
    for (let from = 0; from < text.length; ) {
      const span = this.#at(text, from, boundaries);
      if (span !== null) spans.push(span);
      from = span?.to ?? from + 1;
    }
    return spans;
  }

  #at(text: string, from: number, boundaries: ReadonlySet<number>): SaidSpan | null {
    for (let length = Math.min(this.#longest, text.length - from); length > 0; length -= 1) {
      const to = from + length;
      if (length === 1 && !(boundaries.has(from) && boundaries.has(to))) continue;
      const said = text.slice(from, to);
      const means = this.#bySaid.get(said);
      if (means !== undefined) return { from, to, said, means };
    }
    return null;
  }
}
