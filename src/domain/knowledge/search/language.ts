/** What the search must know of the Chinese language. The domain decides with it; an adapter has the dictionaries. */
export interface Language {
  /** Words of a text in order, nothing left out; several characters only where a dictionary has the word. */
  cut(text: string): readonly string[];
  /** The shorter words within one word, e.g. 医疗 and 保险 in 医疗保险; the word itself is not among them. */
  within(word: string): readonly string[];
  /** Simplified characters for traditional ones. */
  simplified(text: string): string;
  /** One syllable a character, without tones: 社保 -> she bao. What has no sound stands as itself. */
  syllables(text: string): readonly string[];
}
