/** How something in an entry answers to something that was said. */
export const MATCHES = [
  'word',
  'synonym',
  'pinyin',
  'initials',
  'soundsAlike',
  'slip',
  'beginning',
  'parts',
] as const;
export type Match = (typeof MATCHES)[number];

/** One way to read a part of the question: these tokens, together. */
export interface Reading {
  readonly tokens: readonly string[];
  readonly match: Match;
  /** How sure, 0 to 1. */
  readonly sure: number;
  /** As it is shown; one token, or the words that an operator wrote. */
  readonly text: string;
}

/** A part of the question with all the ways to read it; in a document its best one counts. */
export interface Clue {
  readonly said: string;
  readonly readings: readonly Reading[];
}
