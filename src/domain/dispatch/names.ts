/** An area of the municipality, or a kind of thing that somebody owns: with the words by which people call it. */
export interface NamedThing {
  /** Of an area a path: `juegang.yudang`. */
  readonly code: string;
  readonly name: string;
  readonly words: readonly string[];
}

export const NAMED_CODE = /^[a-z0-9-]{1,40}(\.[a-z0-9-]{1,40}){0,5}$/;

/** One character says nothing: 路 is in every second address. */
const SHORTEST_WORD = 2;

/** Finds the things that a text names; reading costs by the length of the text, not by the number of names. */
export interface NameFinder {
  /** Codes in the order of the text, a name inside a longer one left out, each once. */
  find(text: string): readonly string[];
}

export function nameFinder(things: readonly NamedThing[]): NameFinder {
  const codesOf = new Map<string, string[]>();
  let longest = 0;
  for (const { code, name, words } of things) {
    for (const word of new Set([name, ...words].map((one) => one.trim()))) {
      if (word.length < SHORTEST_WORD) continue;
      longest = Math.max(longest, word.length);
      codesOf.set(word, [...(codesOf.get(word) ?? []), code]);
    }
  }
  return {
    find(text) {
      const found = new Set<string>();
      for (let at = 0; at < text.length; at += 1) {
        let step = 0;
        for (let length = Math.min(longest, text.length - at); length >= SHORTEST_WORD; length -= 1) {
          const codes = codesOf.get(text.slice(at, at + length));
          if (codes === undefined) continue;
          for (const code of codes) found.add(code);
          step = length - 1;
          break;
        }
        at += step;
      }
      return [...found];
    },
  };
}

/** Words that name more than one thing: what lies there cannot be told by them alone. */
export function sharedWords(things: readonly NamedThing[]): ReadonlyMap<string, readonly string[]> {
  const codesOf = new Map<string, Set<string>>();
  for (const { code, name, words } of things) {
    for (const word of [name, ...words]) codesOf.set(word, (codesOf.get(word) ?? new Set()).add(code));
  }
  return new Map(
    [...codesOf].flatMap(([word, codes]): [string, string[]][] =>
      codes.size > 1 ? [[word, [...codes].sort()]] : [],
    ),
  );
}
