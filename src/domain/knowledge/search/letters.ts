import type { Clue, Reading } from './clue.ts';
import type { Vocabulary } from './vocabulary.ts';

const LONGEST = 30;
const INITIALS_FROM = 2;
const INITIALS_TO = 8;
const INITIALS_MOST = 6;
const WORD = 1;
const PINYIN = 0.95;
const INITIALS = 0.8;
const BEGINNING = 0.75;

/** Letters typed for Chinese: a word as it stands (hpv), pinyin with or without blanks, or initials (gjj). */
export function lettersOf(run: string, vocabulary: Vocabulary, partial: boolean): readonly Clue[] {
  const itself: Reading[] =
    vocabulary.documents(run) > 0 ? [{ tokens: [run], match: 'word', sure: WORD, text: run }] : [];
  const whole = vocabulary.typed(run).map((word) => pinyin(word));
  const initials =
    whole.length > 0 || run.length < INITIALS_FROM || run.length > INITIALS_TO
      ? []
      : vocabulary
          .initials(run)
          .slice(0, INITIALS_MOST)
          .map((word): Reading => ({ tokens: [word], match: 'initials', sure: INITIALS, text: word }));
  const beginning = partial
    ? vocabulary
        .beginning(run)
        .map((word): Reading => ({ tokens: [word], match: 'beginning', sure: BEGINNING, text: word }))
    : [];
  const readings = [...itself, ...whole, ...initials, ...beginning];
  if (readings.length > 0) return [{ said: run, readings }];
  return split(run, vocabulary);
}

const pinyin = (word: string): Reading => ({ tokens: [word], match: 'pinyin', sure: PINYIN, text: word });

/** Several words typed in one: the fewest letters left unread, then the fewest words. */
function split(run: string, vocabulary: Vocabulary): readonly Clue[] {
  if (run.length > 4 * LONGEST || /[^a-z]/.test(run)) return [];
  interface Way {
    readonly unread: number;
    readonly words: readonly string[];
  }
  const best: (Way | null)[] = [{ unread: 0, words: [] }];
  for (let to = 1; to <= run.length; to += 1) {
    let found: Way | null = null;
    for (let from = Math.max(0, to - LONGEST); from < to; from += 1) {
      const before = best[from];
      if (before === null || before === undefined) continue;
      const piece = run.slice(from, to);
      const isWord = vocabulary.typed(piece).length > 0;
      const skipped = vocabulary.isSyllable(piece) || piece.length === 1;
      if (!isWord && !skipped) continue;
      const way: Way = isWord
        ? { unread: before.unread, words: [...before.words, piece] }
        : { unread: before.unread + piece.length, words: before.words };
      if (found === null || better(way, found)) found = way;
    }
    best[to] = found;
  }
  return (best[run.length]?.words ?? []).map((piece) => ({
    said: piece,
    readings: vocabulary.typed(piece).map((word) => pinyin(word)),
  }));

  function better(one: Way, other: Way): boolean {
    if (one.unread !== other.unread) return one.unread < other.unread;
    return one.words.length < other.words.length;
  }
}
