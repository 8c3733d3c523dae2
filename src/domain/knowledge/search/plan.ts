import type { Clue } from './clue.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the index is asked for: documents with one of these, ranked roughly by the clues that they answer. */
export interface CandidatePlan {
  /** One token, or two that must both be there. */
  readonly anyOf: readonly (readonly [string] | readonly [string, string])[];
  /** Of each clue: any of these tokens is worth this much. */
  readonly scores: readonly { readonly tokens: readonly string[]; readonly worth: number }[];
}

/** Documents that are looked at closely at most: more would not be read in the time that an agent has. */
const BUDGET = 3000;
const CLUES_MOST = 10;
const PAIRS_MOST = 40;
/** Words that go together are found together more often than chance has it. */
const TOGETHER = 4;

/**
 * Rare tokens first, each by itself, until the budget is used; of common ones only two together, from two clues. So the
 * work stays the same at a million documents as at ten thousand.
 */
export function candidatePlan(clues: readonly Clue[], vocabulary: Vocabulary): CandidatePlan {
  const weighed = clues
    .map((clue) => ({
      tokens: [...new Set(clue.readings.flatMap(({ tokens }) => tokens))],
      worth: Math.max(
        ...clue.readings.map(
          ({ sure, tokens }) => sure * Math.max(...tokens.map((token) => vocabulary.weight(token))),
        ),
      ),
    }))
    .sort((one, other) => other.worth - one.worth)
    .slice(0, CLUES_MOST);

  const ofClue = new Map<string, number>();
  for (const [at, { tokens }] of weighed.entries()) {
    for (const token of tokens) if (!ofClue.has(token)) ofClue.set(token, at);
  }
  const rareFirst = [...ofClue.keys()].sort(
    (one, other) => vocabulary.documents(one) - vocabulary.documents(other),
  );
  const anyOf: (readonly [string] | readonly [string, string])[] = [];
  const common: string[] = [];
  let spent = 0;
  for (const token of rareFirst) {
    const documents = vocabulary.documents(token);
    if (anyOf.length > 0 && spent + documents > BUDGET) common.push(token);
    else if (documents > BUDGET && rareFirst.length > 1) common.push(token);
    else {
      anyOf.push([token]);
      spent += documents;
    }
  }
  const pairs = common
    .flatMap((one, at) =>
      common.slice(at + 1).flatMap((other) => {
        if (ofClue.get(one) === ofClue.get(other)) return [];
        const expected =
          (vocabulary.documents(one) * vocabulary.documents(other) * TOGETHER) / Math.max(1, vocabulary.size);
        return [{ pair: [one, other] as const, expected }];
      }),
    )
    .sort((one, other) => one.expected - other.expected)
    .slice(0, PAIRS_MOST);
  for (const { pair, expected } of pairs) {
    if (anyOf.length > 0 && spent + expected > BUDGET) break;
    anyOf.push(pair);
    spent += expected;
  }
  const [commonest] = common;
  if (anyOf.length === 0 && commonest !== undefined) anyOf.push([commonest]);
  return { anyOf, scores: weighed };
}
