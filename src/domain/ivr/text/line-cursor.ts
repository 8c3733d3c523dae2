import { TEXT_AT_MOST } from '../read-menu.ts';
import { type Expected, expectedAt, type FaultKind, faultAt, type TextFault } from './fault.ts';

type Mark = '→' | '（' | '）' | '、' | '，' | '；';
type Token =
  | { readonly kind: 'word' | 'text'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: Mark };

/** As they are typed on one keyboard or another. */
const MARKS: Readonly<Record<string, Mark>> = {
  '→': '→',
  '->': '→',
  '（': '（',
  '(': '（',
  '）': '）',
  ')': '）',
  '、': '、',
  '，': '，',
  ',': '，',
  '；': '；',
  ';': '；',
};
/** What needs no quotation marks. */
const PLAIN = /[\w.+*#@/:-]+/y;
const CHINESE = /\p{Script=Han}+/uy;
const STRAIGHT = /"((?:[^"\\]|\\.)*)"/uy;
const CURLED = /“((?:[^”\\]|\\.)*)”/uy;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const unescaped = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gsu, (_all, code?: string, sign?: string) =>
    code === undefined ? (ESCAPES[sign ?? ''] ?? sign ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );

/** A value as it is written: quoted where it is not plain. */
export const written = (value: string): string =>
  /^[\w.+*#@/:-]+$/.test(value) ? value : JSON.stringify(value);

/** Goes through the words of one line. After the first fault it takes nothing more, and what it returns does not count. */
export class LineCursor {
  readonly line: number;
  readonly #tokens: readonly Token[];
  #at = 0;
  #fault: TextFault | null = null;

  constructor(source: string, line: number) {
    this.line = line;
    this.#tokens = this.#read(source);
  }

  get fault(): TextFault | null {
    return this.#fault;
  }
  get isOver(): boolean {
    return this.#fault !== null || this.#at >= this.#tokens.length;
  }

  /** The next token, if it is this word or mark. */
  take(text: string): boolean {
    const token = this.#next();
    if (token === undefined || token.kind === 'text' || token.text !== text) return false;
    this.#at += 1;
    return true;
  }
  /** The word that stands next, whatever it is; null at the end of the line. */
  keyword(expected: Expected): string | null {
    const token = this.#next();
    if (token?.kind !== 'word') return this.expected(expected, null);
    this.#at += 1;
    return token.text;
  }
  must(text: string, expected: Expected): void {
    if (!this.take(text)) this.expected(expected, null);
  }
  value(expected: Expected, fits?: RegExp): string {
    const token = this.#next();
    if (token === undefined || token.kind === 'mark') return this.expected(expected, '');
    if (fits?.test(token.text) === false) return this.expected(expected, '');
    this.#at += 1;
    return token.text.length <= TEXT_AT_MOST ? token.text : this.fail('tooLong', String(TEXT_AT_MOST), '');
  }
  number(expected: Expected): number {
    const token = this.#next();
    const value = token?.kind === 'word' ? Number(token.text) : Number.NaN;
    if (!Number.isFinite(value)) return this.expected(expected, 0);
    this.#at += 1;
    // There is one nought.
    return value + 0;
  }
  /** Milliseconds. */
  duration(): number {
    const value = this.number('duration');
    if (this.take('秒')) return value * 1000;
    if (this.take('毫秒')) return value;
    return this.expected('duration', 0);
  }
  /** One or more with a mark between them; `（）` is none. */
  list<T>(read: () => T, between: Mark = '、'): readonly T[] {
    const [one, two] = this.#tokens.slice(this.#at);
    if (this.#fault === null && one?.text === '（' && two?.text === '）' && one.kind === 'mark') {
      this.#at += 2;
      return [];
    }
    const found = [read()];
    while (this.take(between)) found.push(read());
    return found;
  }
  end(): void {
    if (!this.isOver) this.expected('lineEnd', null);
  }

  expected<T>(expected: Expected, instead: T): T {
    this.#fault ??= expectedAt(this.line, expected, this.#tokens[this.#at]?.text ?? null);
    return instead;
  }
  /** A word that was taken, and is none of those that may stand there. */
  misread<T>(expected: Expected, word: string, instead: T): T {
    this.#fault ??= expectedAt(this.line, expected, word);
    return instead;
  }
  fail<T>(kind: FaultKind, detail: string, instead: T): T {
    this.#fault ??= faultAt(this.line, kind, detail);
    return instead;
  }

  #next(): Token | undefined {
    return this.#fault === null ? this.#tokens[this.#at] : undefined;
  }

  #read(source: string): readonly Token[] {
    const tokens: Token[] = [];
    for (let at = 0; at < source.length; ) {
      const rest = source.slice(at, at + 2);
      const sign = rest === '->' ? rest : rest.slice(0, 1);
      const mark = MARKS[sign];
      const found = mark === undefined ? (match(PLAIN, source, at) ?? match(CHINESE, source, at)) : null;
      const quoted = match(sign === '“' ? CURLED : STRAIGHT, source, at);
      if (/\s/.test(sign)) at += 1;
      else if (mark !== undefined) {
        tokens.push({ kind: 'mark', text: mark });
        at += sign.length;
      } else if (found !== null) {
        tokens.push({ kind: 'word', text: found[0] });
        at += found[0].length;
      } else if (quoted !== null) {
        tokens.push({ kind: 'text', text: unescaped(quoted[1] ?? '') });
        at += quoted[0].length;
      } else {
        const whole = String.fromCodePoint(source.codePointAt(at) ?? 0);
        this.#fault ??= faultAt(this.line, /["“”]/.test(whole) ? 'quoteOpen' : 'stray', whole);
        at += whole.length;
      }
    }
    return tokens;
  }
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}
