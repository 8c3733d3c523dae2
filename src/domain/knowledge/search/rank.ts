import type { Clue, Match, Reading } from './clue.ts';
import type { FieldTokens } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

export type HitKind = 'entry' | 'place';

/** What the index found roughly, with all that decides its place. */
export interface Candidate {
  readonly kind: HitKind;
  readonly ref: string;
  readonly tokens: FieldTokens;
  /** Codes, the area itself or what it lies in; none: everywhere. */
  readonly areas: readonly string[];
  readonly lines: readonly string[];
  readonly unit: string | null;
  /** How often it was quoted. */
  readonly quoted: number;
  /** Words of earlier questions that it answered, with how often. */
  readonly lessons: ReadonlyMap<string, number>;
}

export interface RankContext {
  /** The line that was called; null: none, or the main number. */
  readonly line: string | null;
  /** Where the matter is, as far as it is known: chosen, or named in the question. */
  readonly area: string | null;
  /** By entry the pack of a surge key that pins it; absent: none is open. */
  readonly pins?: ReadonlyMap<string, string>;
}

export type Reason =
  | {
      readonly kind: 'matched';
      readonly said: string;
      readonly found: string;
      readonly match: Match;
      readonly field: Field;
    }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'area'; readonly area: string }
  /** 置顶: of the matter of the hour. */
  | { readonly kind: 'pinned'; readonly pack: string }
  | { readonly kind: 'quoted'; readonly times: number }
  | { readonly kind: 'learned'; readonly said: string; readonly times: number };

export type Field = 'head' | 'alias' | 'body';

export interface Ranked<C extends Candidate = Candidate> {
  readonly candidate: C;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

const FIELD: Readonly<Record<Field, number>> = { head: 1, alias: 0.95, body: 0.45 };
/** A reading of several words counts where at least this much of it is there. */
const PART_FROM = 0.45;
/** What a whole phrase weighs over its weightiest word. */
const PHRASE = 0.2;
const LENGTH = 0.006;
const LINE = 1.35;
const AREA = 1.3;
const PINNED = 1.6;
const ELSEWHERE = 0.55;
const QUOTED = 0.06;
const LEARNED = 1.2;
const COVERED = 0.7;

/** The best first. Each hit says why it was found; what answers to nothing that was said is left out. */
export function rank<C extends Candidate>(
  candidates: readonly C[],
  clues: readonly Clue[],
  context: RankContext,
  vocabulary: Vocabulary,
): readonly Ranked<C>[] {
  const weights = clues.map((clue) => massOf(clue, vocabulary));
  const wanted = new Set(clues.flatMap(({ readings }) => readings.flatMap(({ tokens }) => tokens)));
  const whole = weights.reduce((sum, one) => sum + one, 0);
  return candidates
    .map((candidate) => judge(candidate, clues, { weights, whole, wanted }, context, vocabulary))
    .filter(({ score }) => score > 0)
    .sort(
      (one, other) =>
        other.score - one.score ||
        other.candidate.quoted - one.candidate.quoted ||
        (one.candidate.ref < other.candidate.ref ? -1 : 1),
    );
}

/** What a clue could bring at most. */
function massOf({ readings }: Clue, vocabulary: Vocabulary): number {
  return Math.max(0, ...readings.map((reading) => reading.sure * weightOf(reading, vocabulary)));
}

function weightOf({ tokens }: Reading, vocabulary: Vocabulary): number {
  const weights = tokens.map((token) => vocabulary.weight(token));
  return Math.max(0, ...weights) * (1 + PHRASE * Math.min(3, tokens.length - 1));
}

interface Asked {
  /** Of each clue, what it could bring at most. */
  readonly weights: readonly number[];
  readonly whole: number;
  readonly wanted: ReadonlySet<string>;
}

function judge<C extends Candidate>(
  candidate: C,
  clues: readonly Clue[],
  { weights, whole, wanted }: Asked,
  { line, area, pins }: RankContext,
  vocabulary: Vocabulary,
): Ranked<C> {
  const fields = fieldsOf(candidate.tokens, wanted);
  const reasons: Reason[] = [];
  let sum = 0;
  let covered = 0;
  for (const [at, clue] of clues.entries()) {
    const best = bestReading(clue, fields, vocabulary);
    const learned = learnedOf(clue, candidate.lessons);
    if (best !== null) {
      sum += best.score;
      covered += weights[at] ?? 0;
      const { text, match } = best.reading;
      reasons.push({ kind: 'matched', said: clue.said, found: text, match, field: best.field });
    }
    if (learned > 0) {
      sum += LEARNED * Math.log1p(learned);
      reasons.push({ kind: 'learned', said: clue.said, times: learned });
    }
  }
  if (sum === 0) return { candidate, score: 0, reasons: [] };
  let score = sum * (1 - COVERED + COVERED * (whole === 0 ? 1 : covered / whole));
  score /= 1 + LENGTH * candidate.tokens.head.length;
  if (line !== null && candidate.lines.includes(line)) {
    score *= LINE;
    reasons.push({ kind: 'line', line });
  }
  const pack = candidate.kind === 'entry' ? pins?.get(candidate.ref) : undefined;
  if (pack !== undefined) {
    score *= PINNED;
    reasons.push({ kind: 'pinned', pack });
  }
  if (area !== null && candidate.areas.length > 0) {
    const near = candidate.areas.find((one) => lies(one, area) || lies(area, one));
    score *= near === undefined ? ELSEWHERE : AREA;
    if (near !== undefined) reasons.push({ kind: 'area', area: near });
  }
  if (candidate.quoted > 0) {
    score *= 1 + QUOTED * Math.log1p(candidate.quoted);
    reasons.push({ kind: 'quoted', times: candidate.quoted });
  }
  return { candidate, score, reasons };
}

/** Whether an area is another or lies in it: juegang.yudang in juegang. */
const lies = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}.`);

/** Where a document has what is wanted; of several places the best. */
function fieldsOf(
  { head, alias, body }: FieldTokens,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const [field, tokens] of [
    ['body', body],
    ['alias', alias],
    ['head', head],
  ] as const) {
    for (const token of tokens) if (wanted.has(token)) fields.set(token, field);
  }
  return fields;
}

function bestReading(
  { readings }: Clue,
  fields: ReadonlyMap<string, Field>,
  vocabulary: Vocabulary,
): { readonly reading: Reading; readonly score: number; readonly field: Field } | null {
  let best: { reading: Reading; score: number; field: Field } | null = null;
  for (const reading of readings) {
    let there = 0;
    let all = 0;
    let field: Field = 'body';
    for (const token of reading.tokens) {
      const weight = vocabulary.weight(token);
      all += weight;
      const where = fields.get(token);
      if (where === undefined) continue;
      there += weight * FIELD[where];
      if (FIELD[where] > FIELD[field]) field = where;
    }
    if (there === 0 || all === 0 || there / all < PART_FROM * FIELD[field]) continue;
    const score = reading.sure * weightOf(reading, vocabulary) * (there / all);
    if (best === null || score > best.score) best = { reading, score, field };
  }
  return best;
}

function learnedOf({ said }: Clue, lessons: ReadonlyMap<string, number>): number {
  return lessons.get(said) ?? 0;
}
