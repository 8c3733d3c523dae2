import type { Clue, Match, Reading } from './clue.ts';
import type { Language } from './language.ts';
import { lettersOf } from './letters.ts';
import { normalise } from './normalise.ts';
import { STOP_WORDS } from './stop-words.ts';
import type { SaidSpan, SynonymIndex } from './synonyms.ts';
import { meansSomething, pairsOf, wordsIn } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Understanding {
  readonly language: Language;
  readonly vocabulary: Vocabulary;
  readonly synonyms: SynonymIndex;
}

const SURE = {
  word: 1,
  synonym: 0.9,
  pinyin: 0.95,
  initials: 0.8,
  soundsAlike: 0.8,
  slip: 0.65,
  beginning: 0.75,
  parts: 0.6,
  /** Two neighbours that belong to two words say little. */
  neighbours: 0.3,
} as const satisfies Record<Match | 'neighbours', number>;
const READINGS_MOST = 12;
const CORRECTED_FROM = 2;
const CORRECTED_TO = 5;
const SLIPPED_FROM = 3;
const ASKED_MOST = 200;
const FILLER = /(?<=.)[个了着过的把](?=.)/g;

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly word: string;
}

/**
 * What a citizen's words may mean, part by part: the words themselves, what operators wrote down for them, and where the
 * index does not know a word, what sounds alike or is a slip away. `partial`: the last word is still being typed.
 */
export function understand(question: string, by: Understanding, partial = false): readonly Clue[] {
  const text = normalise([...question].slice(0, ASKED_MOST).join(''), by.language);
  const runs = text.match(/[a-z0-9]+|\p{Script=Han}+/gu) ?? [];
  return runs.flatMap((run, at) => {
    const last = partial && at === runs.length - 1;
    return /^[a-z0-9]/.test(run) ? lettersOf(run, by.vocabulary, last) : chinese(run, by, last);
  });
}

function chinese(run: string, by: Understanding, partial: boolean): readonly Clue[] {
  const segments = segmentsOf(run, by.language);
  const spans = by.synonyms.spans(run, boundariesOf(segments));
  const clues = [
    ...spans.map((span) => spanClue(span, by)),
    ...closedUp(run, spans, by),
    ...segments
      .filter(({ from, to }) => !spans.some((span) => from >= span.from && to <= span.to))
      .flatMap((segment) => wordClue(segment, by, partial && segment.to === run.length)),
    ...corrections(run, segments, spans, by),
    ...boundaryPairs(run, segments, by.vocabulary),
  ];
  return clues.filter(({ readings }) => readings.length > 0);
}

function segmentsOf(run: string, language: Language): Segment[] {
  let from = 0;
  return language.cut(run).map((word) => {
    const segment = { from, to: from + word.length, word };
    from = segment.to;
    return segment;
  });
}

const boundariesOf = (segments: readonly Segment[]): ReadonlySet<number> =>
  new Set(segments.flatMap(({ from, to }) => [from, to]));

/** 装个电梯 and 剃了头 are 装电梯 and 剃头: what stands between is left out, and operators need not write it down. */
function closedUp(run: string, spans: readonly SaidSpan[], by: Understanding): readonly Clue[] {
  const closed = run.replace(FILLER, '');
  if (closed === run) return [];
  const found = by.synonyms.spans(closed, boundariesOf(segmentsOf(closed, by.language)));
  return found
    .filter(({ said }) => said.length > 1 && !run.includes(said) && !spans.some((one) => one.said === said))
    .map((span) => spanClue(span, by));
}

/** What stands in the index at least once. */
function reading(
  tokens: readonly string[],
  match: Match,
  text: string,
  vocabulary: Vocabulary,
): readonly Reading[] {
  const known = tokens.filter((token) => vocabulary.documents(token) > 0);
  return known.length === 0 ? [] : [{ tokens: known, match, sure: SURE[match], text }];
}

function spanClue({ said, means }: SaidSpan, { language, vocabulary }: Understanding): Clue {
  const own = wordsIn(said, language);
  return {
    said,
    readings: [
      ...reading(own, 'word', said, vocabulary),
      ...means.flatMap((text) => phrase(text, 'synonym', language, vocabulary)),
    ].slice(0, READINGS_MOST),
  };
}

/** The word itself where the index has it, else the words within it, else its pairs. */
function phrase(text: string, match: Match, language: Language, vocabulary: Vocabulary): readonly Reading[] {
  const words = language.cut(normalise(text, language)).filter(meansSomething);
  if (words.every((word) => vocabulary.documents(word) > 0)) return reading(words, match, text, vocabulary);
  return reading([...words, ...pairsOf(text)], match, text, vocabulary);
}

function wordClue({ word }: Segment, by: Understanding, partial: boolean): readonly Clue[] {
  const { language, vocabulary } = by;
  if (!meansSomething(word)) return [];
  const parts = [...language.within(word), ...pairsOf(word)].filter(
    (one) => one !== word && meansSomething(one),
  );
  return [
    {
      said: word,
      readings: [
        ...reading([word], 'word', word, vocabulary),
        ...reading(parts, 'parts', word, vocabulary),
        ...(partial
          ? vocabulary.beginning(word).flatMap((one) => reading([one], 'beginning', one, vocabulary))
          : []),
      ],
    },
  ];
}

/** Pairs across two words: where the dictionary cut them apart and the entry did not. */
function boundaryPairs(run: string, segments: readonly Segment[], vocabulary: Vocabulary): readonly Clue[] {
  return segments.slice(1).flatMap(({ from, word }, at) => {
    const before = segments[at]?.word ?? '';
    if (STOP_WORDS.has(word) || STOP_WORDS.has(before)) return [];
    const pair = run.slice(from - 1, from + 1);
    const readings = reading([pair], 'parts', pair, vocabulary);
    return [{ said: pair, readings: readings.map((one) => ({ ...one, sure: SURE.neighbours })) }];
  });
}

/** Where single characters are left over the citizen's word was not understood: perhaps it was typed by ear, or in haste. */
function corrections(
  run: string,
  segments: readonly Segment[],
  spans: readonly SaidSpan[],
  { language, vocabulary }: Understanding,
): readonly Clue[] {
  const loose = segments.filter(
    ({ word, from, to }) =>
      (word.length === 1 || vocabulary.documents(word) === 0) &&
      !spans.some((span) => from >= span.from && to <= span.to && span.said.length > 1),
  );
  if (loose.every(({ word }) => STOP_WORDS.has(word))) return [];
  const syllables = language.syllables(run);
  const clues: Clue[] = [];
  const taken: SaidLike[] = [];
  for (let length = Math.min(CORRECTED_TO, run.length); length >= CORRECTED_FROM; length -= 1) {
    for (let from = 0; from + length <= run.length; from += 1) {
      const to = from + length;
      if (taken.some((one) => one.from < to && one.to > from)) continue;
      const inside = segments.filter((one) => one.from < to && one.to > from);
      if (!mayBeMistyped(inside, { from, to }, loose)) continue;
      const said = run.slice(from, to);
      if (vocabulary.documents(said) > 0) continue;
      const alike = vocabulary.heard(syllables.slice(from, to)).filter((word) => word !== said);
      const isLoose = inside.every((one) => loose.includes(one));
      const slips = alike.length > 0 || length < SLIPPED_FROM || !isLoose ? [] : vocabulary.slips(said);
      const readings = [
        ...alike.flatMap((word) => reading([word], 'soundsAlike', word, vocabulary)),
        ...slips.flatMap((word) => reading([word], 'slip', word, vocabulary)),
      ].slice(0, READINGS_MOST);
      if (readings.length === 0) continue;
      taken.push({ from, to });
      clues.push({ said, readings });
    }
  }
  return clues;
}

type SaidLike = Pick<SaidSpan, 'from' | 'to'>;

/** Whole words, one of them not understood, and neither at its ends one that says nothing. */
function mayBeMistyped(
  inside: readonly Segment[],
  { from, to }: SaidLike,
  loose: readonly Segment[],
): boolean {
  const [first] = inside;
  const last = inside.at(-1);
  if (first === undefined || last === undefined || first.from !== from || last.to !== to) return false;
  if (STOP_WORDS.has(first.word) || STOP_WORDS.has(last.word)) return false;
  return inside.some((one) => loose.includes(one));
}
