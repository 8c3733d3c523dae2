import type { Language } from './language.ts';
import { normalise } from './normalise.ts';
import { STOP_WORDS } from './stop-words.ts';

/** An entry or a place as it is read for the search. */
export interface SearchText {
  /** The question itself, the name. */
  readonly head: string;
  /** Other ways to ask, other names. */
  readonly aliases: readonly string[];
  /** The answer, the address, names of unit, category and areas. */
  readonly body: readonly string[];
}

export interface FieldTokens {
  readonly head: readonly string[];
  readonly alias: readonly string[];
  readonly body: readonly string[];
}

/** Past this an answer's words say no more what it is about. */
const BODY_MOST = 80;
const LONGEST = 24;
const HAN = /\p{Script=Han}/u;

/** Words, what lies within them, and each pair of neighbours: what the dictionary does not know is found by its pairs. */
export function tokensOf(text: string, language: Language): string[] {
  return [...new Set([...wordsIn(text, language), ...pairsIn(text, language)])];
}

/** Words that mean something, the longer before those within them. */
export function wordsIn(text: string, language: Language): string[] {
  const words = normalise(text, language)
    .split(' ')
    .flatMap((run) => language.cut(run))
    .flatMap((word) => [word, ...language.within(word)]);
  return [...new Set(words.filter(meansSomething))];
}

export const meansSomething = (word: string): boolean =>
  word.trim() !== '' && word.length <= LONGEST && !STOP_WORDS.has(word);

/** Neighbouring characters, two by two. */
export function pairsIn(text: string, language: Pick<Language, 'simplified'>): string[] {
  return normalise(text, language)
    .split(/[^\p{Script=Han}]+/u)
    .flatMap((run) => pairsOf(run));
}

export function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).flatMap((second, at) => {
    const pair = `${characters[at] ?? ''}${second}`;
    return HAN.test(pair) ? [pair] : [];
  });
}

/** Each token once, where it says most. Only words of the body: pairs of a long answer would find everything. */
export function fieldTokens({ head, aliases, body }: SearchText, language: Language): FieldTokens {
  const seen = new Set<string>();
  const fresh = (tokens: readonly string[]): string[] =>
    tokens.filter((token) => {
      if (seen.has(token)) return false;
      seen.add(token);
      return true;
    });
  return {
    head: fresh(tokensOf(head, language)),
    alias: fresh(aliases.flatMap((alias) => tokensOf(alias, language))),
    body: fresh(body.flatMap((text) => wordsIn(text, language))).slice(0, BODY_MOST),
  };
}
