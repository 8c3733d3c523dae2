import { foldedSound } from './sound.ts';

/** A token of the index: how many documents have it, and, when it is a word, how it sounds (syllables with blanks between). */
export interface Term {
  readonly token: string;
  readonly documents: number;
  /** null: a pair of neighbours, not a word. */
  readonly sound: string | null;
}

const INITIALS_MOST = 8;
const SLIP_FROM = 3;
const SLIP_TO = 6;
const PREFIX_MOST = 8;
/** One character alone means many things. */
const SINGLE = 0.55;

/** The words of the index, found by spelling, by sound, by initials and by slips of the finger. Grows while entries come. */
export class Vocabulary {
  #size = 0;
  readonly #documents = new Map<string, number>();
  readonly #bySound = new Map<string, string[]>();
  readonly #byFoldedSound = new Map<string, string[]>();
  readonly #byInitials = new Map<string, string[]>();
  readonly #byDeletion = new Map<string, string[]>();
  readonly #byFirst = new Map<string, string[]>();
  readonly #syllables = new Set<string>();
  #sounds: [sound: string, word: string][] = [];
  #sorted = true;

  /** Documents in the index. */
  get size(): number {
    return this.#size;
  }
  set size(documents: number) {
    this.#size = documents;
  }

  put({ token, documents, sound }: Term): void {
    const known = this.#documents.has(token);
    this.#documents.set(token, documents);
    if (known || sound === null) return;
    const syllables = sound.split(' ');
    if (syllables.length < 2) return;
    add(this.#bySound, syllables.join(''), token);
    add(this.#byFoldedSound, foldedSound(syllables), token);
    const initials = syllables.map((one) => one.charAt(0)).join('');
    if (initials.length <= INITIALS_MOST) add(this.#byInitials, initials, token);
    if (token.length >= SLIP_FROM && token.length <= SLIP_TO) {
      for (const shorter of deletionsOf(token)) add(this.#byDeletion, shorter, token);
    }
    add(this.#byFirst, token.charAt(0), token);
    for (const syllable of syllables) this.#syllables.add(syllable);
    this.#sounds.push([syllables.join(''), token]);
    this.#sorted = false;
  }

  documents(token: string): number {
    return this.#documents.get(token) ?? 0;
  }

  /** How much it says that a document has it: what all have says nothing. */
  weight(token: string): number {
    const documents = this.documents(token);
    const rare = Math.log(1 + (this.#size - documents + 0.5) / (documents + 0.5));
    return token.length === 1 ? SINGLE * rare : rare;
  }

  /** As it is typed: shebaoka. */
  typed(letters: string): readonly string[] {
    return this.#standing(this.#bySound.get(letters));
  }

  /** As it is heard: zh as z, l as n, ing as in. */
  heard(syllables: readonly string[]): readonly string[] {
    return this.#standing(this.#byFoldedSound.get(foldedSound(syllables)));
  }

  initials(letters: string): readonly string[] {
    return this.#commonFirst(this.#standing(this.#byInitials.get(letters)));
  }

  isSyllable(letters: string): boolean {
    return this.#syllables.has(letters);
  }

  /** Words that are this with one character left out, put in, changed or two changed about. */
  slips(typed: string): readonly string[] {
    const found = new Set<string>(this.#byDeletion.get(typed));
    if (typed.length >= SLIP_FROM) {
      for (const shorter of deletionsOf(typed)) {
        for (const word of this.#byDeletion.get(shorter) ?? []) {
          if (word.length === typed.length) found.add(word);
        }
        if (shorter.length >= SLIP_FROM && this.#documents.has(shorter)) found.add(shorter);
      }
    }
    return this.#commonFirst(this.#standing([...found]));
  }

  /** Words that begin so, by characters or by sound. */
  beginning(typed: string): readonly string[] {
    if (/^[a-z]+$/.test(typed)) return this.#soundBeginning(typed);
    const words = (this.#byFirst.get(typed.charAt(0)) ?? []).filter(
      (word) => word.startsWith(typed) && word !== typed,
    );
    return this.#commonFirst(this.#standing(words)).slice(0, PREFIX_MOST);
  }

  #soundBeginning(typed: string): readonly string[] {
    if (!this.#sorted) {
      this.#sounds.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
      this.#sorted = true;
    }
    let from = 0;
    let to = this.#sounds.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#sounds[middle]?.[0] ?? '') < typed) from = middle + 1;
      else to = middle;
    }
    const words: string[] = [];
    for (let at = from; at < this.#sounds.length && words.length < 10 * PREFIX_MOST; at += 1) {
      const [sound, word] = this.#sounds[at] ?? ['', ''];
      if (!sound.startsWith(typed)) break;
      words.push(word);
    }
    return this.#commonFirst(this.#standing(words)).slice(0, PREFIX_MOST);
  }

  /** Those that a document still has. */
  #standing(words: readonly string[] | undefined): readonly string[] {
    return (words ?? []).filter((word) => this.documents(word) > 0);
  }

  #commonFirst(words: readonly string[]): readonly string[] {
    return [...words].sort((one, other) => this.documents(other) - this.documents(one));
  }
}

function deletionsOf(word: string): string[] {
  return [...new Set([...word].map((_, at) => word.slice(0, at) + word.slice(at + 1)))];
}

function add(index: Map<string, string[]>, key: string, word: string): void {
  const words = index.get(key);
  if (words === undefined) index.set(key, [word]);
  else words.push(word);
}
