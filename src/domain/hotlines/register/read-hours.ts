import { type Condition, DAY_KINDS, type DayKind, minuteOf, unreadable } from '../../ivr/condition.ts';
import { type Advice, advice, type Said } from './advice.ts';
import { DAY_GROUPS, OTHER_DAY_WORDS, WEEKDAY_WORDS } from './hours-words.ts';

export type ReadHours =
  | { readonly kind: 'hours'; readonly hours: Condition | null }
  /** `wrong` quotes what could not be read, `right` shows what would be. */
  | ({ readonly kind: 'refused' } & Advice);

export const HOURS_EXAMPLE = '如 08:30-12:00 14:00-17:30 工作日，或 09:00-17:00 周一至周六';
const EXAMPLE: Said = [HOURS_EXAMPLE, 'e.g. 08:30-12:00 14:00-17:30 workdays, or 09:00-17:00 mon-sat'];
export const HOURS_AT_MOST = 300;
const DEEP_AT_MOST = 8;

class Unreadable extends Error {
  readonly advice: Advice;
  constructor(wrong: Said, right: Said = EXAMPLE) {
    super();
    this.advice = advice(wrong, right);
  }
}
const CLOCK: Said = ['24 小时制，如 08:30-17:30', '24-hour clock, e.g. 08:30-17:30'];
const unknown = (part: string): Said => [`“${part}”无法识别`, `“${part}” cannot be read`];

/** Reads what `writeHours` writes, and what people write instead: Chinese words and signs, `8:30`, no spaces. */
export function readHours(text: string): ReadHours {
  if (text.length > HOURS_AT_MOST) {
    const wrong: Said = [
      `受理时间超过 ${HOURS_AT_MOST} 字`,
      `The hours have more than ${HOURS_AT_MOST} characters`,
    ];
    return { kind: 'refused', ...advice(wrong, EXAMPLE) };
  }
  const words = wordsOf(text);
  if (words.length === 0) return { kind: 'hours', hours: null };
  try {
    const reader = new Reader(words);
    const hours = reader.choice(0);
    if (!reader.done) throw new Unreadable(['括号多余', 'one ) too many'], ['删除多余的 )', 'Take it away']);
    return { kind: 'hours', hours: hours.kind === 'all' && hours.of.length === 0 ? null : hours };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { wrong, wrongEn } = error.advice;
    return {
      kind: 'refused',
      ...error.advice,
      wrong: `受理时间“${text.trim()}”：${wrong}`,
      wrongEn: `The hours “${text.trim()}”: ${wrongEn}`,
    };
  }
}

/** Hours that operators entered long ago: what cannot be read (the linter says so) never holds, as in menus. */
export function hoursOf(text: string | null): Condition | null {
  if (text === null) return null;
  const read = readHours(text);
  return read.kind === 'hours' ? read.hours : { kind: 'any', of: [] };
}

function wordsOf(text: string): string[] {
  const plain = text
    .replaceAll('24小时', ' always ')
    .replaceAll('：', ':')
    .replaceAll('（', '(')
    .replaceAll('）', ')')
    .replaceAll('；', ';')
    .replace(/[，、]/g, ',')
    .replace(/\s*[至到~～—–－]\s*/g, '-')
    .replace(/[非除]/g, ' $& ')
    .replace(/([\u4e00-\u9fff])(\d)/g, '$1 $2')
    .replace(/(\d)([\u4e00-\u9fff])/g, '$1 $2')
    .replace(/\s+-\s+/g, '-')
    .replace(/,\s+/g, ',');
  return plain.match(/[();]|[^\s();]+/g) ?? [];
}

/** The hours of one alternative, gathered word by word: times are added up, days too, the rest narrows. */
interface Gathered {
  readonly times: Condition[];
  readonly weekdays: Set<number>;
  readonly kinds: Set<DayKind>;
  readonly others: Condition[];
}

class Reader {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  get done(): boolean {
    return this.#at >= this.#words.length;
  }

  choice(depth: number): Condition {
    if (depth > DEEP_AT_MOST) throw new Unreadable(['括号层数过多', 'too many brackets within each other']);
    const alternatives = [this.#sequence(depth)];
    while (/^(;|or|或)$/i.test(this.#peek())) {
      this.#at += 1;
      alternatives.push(this.#sequence(depth));
    }
    const [only] = alternatives;
    return alternatives.length === 1 && only !== undefined ? only : { kind: 'any', of: alternatives };
  }

  #peek(): string {
    return this.#words[this.#at] ?? '';
  }

  #sequence(depth: number): Condition {
    const found: Gathered = { times: [], weekdays: new Set(), kinds: new Set(), others: [] };
    let words = 0;
    while (!this.done && !/^([);]|or|或)$/i.test(this.#peek())) {
      this.#word(found, depth);
      words += 1;
    }
    if (words === 0) {
      throw new Unreadable(
        ['有一处为空', 'one place is empty'],
        ['删除多余的 ; 或括号', 'Take away the ; or the brackets that are too many'],
      );
    }
    return conditionOf(found);
  }

  #word(found: Gathered, depth: number): void {
    const word = this.#peek();
    this.#at += 1;
    const lower = word.toLowerCase();
    if (lower === 'and' || lower === '且' || lower === ',') return;
    if (word === '(') {
      const inner = this.choice(depth + 1);
      if (this.#peek() !== ')') {
        throw new Unreadable(
          ['括号没有结束', 'a bracket is not closed'],
          ['在末尾补上 )', 'Close it with )'],
        );
      }
      this.#at += 1;
      found.others.push(inner);
    } else if (lower === 'not' || lower === '非' || lower === '除') {
      const inner: Gathered = { times: [], weekdays: new Set(), kinds: new Set(), others: [] };
      if (this.done) throw new Unreadable([`${word} 之后为空`, `there is nothing behind ${word}`]);
      this.#word(inner, depth + 1);
      found.others.push({ kind: 'not', of: conditionOf(inner) });
    } else if (lower === 'from' || lower === 'until') {
      const at = this.#peek();
      const instant: Condition = { kind: lower, at };
      this.#at += 1;
      if (unreadable(instant) !== null) {
        throw new Unreadable(
          [`时刻“${at}”无法识别`, `“${at}” is no moment`],
          ['带时区的时刻，如 2026-12-31T18:00+08:00', 'A moment with its zone, e.g. 2026-12-31T18:00+08:00'],
        );
      }
      found.others.push(instant);
    } else {
      for (const part of word.split(',')) if (part !== '') readPart(part, found);
    }
  }
}

function conditionOf({ times, weekdays, kinds, others }: Gathered): Condition {
  const days: Condition[] = [];
  if (weekdays.size > 0) days.push({ kind: 'weekday', anyOf: [...weekdays].sort() });
  if (kinds.size > 0) days.push({ kind: 'dayKind', anyOf: DAY_KINDS.filter((kind) => kinds.has(kind)) });
  const parts = [...anyOf(times), ...anyOf(days), ...others];
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'all', of: parts };
}

const anyOf = (some: readonly Condition[]): readonly Condition[] =>
  some.length < 2 ? some : [{ kind: 'any', of: some }];

function readPart(part: string, found: Gathered): void {
  const lower = part.toLowerCase();
  const group = DAY_GROUPS.find(([word]) => word === lower)?.[1] ?? OTHER_DAY_WORDS.get(lower);
  const raw = DAY_KINDS.find((kind) => `kind:${kind}`.toLowerCase() === lower);
  const days = weekdaysOf(lower);
  if (/^[\d:]+-[\d:]+$/.test(part)) found.times.push(timeOf(part));
  else if (group !== undefined) for (const kind of group) found.kinds.add(kind);
  else if (raw !== undefined) found.kinds.add(raw);
  else if (days !== null) for (const day of days) found.weekdays.add(day);
  else if (lower === 'never') found.others.push({ kind: 'any', of: [] });
  else if (!ALWAYS.includes(lower)) throw new Unreadable(unknown(part));
}

const ALWAYS = ['always', '全天', '每天', '每日'];

function timeOf(part: string): Condition {
  const read = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(part);
  if (read === null) throw new Unreadable(unknown(part), CLOCK);
  const [, fromHour = '', fromMinute = '', toHour = '', toMinute = ''] = read;
  const from = `${fromHour.padStart(2, '0')}:${fromMinute}`;
  const to = `${toHour.padStart(2, '0')}:${toMinute}`;
  for (const time of [from, to]) {
    if (minuteOf(time) === null) {
      throw new Unreadable([`时间“${part}”不存在`, `there is no time “${part}”`], CLOCK);
    }
  }
  if (from === to) {
    throw new Unreadable(
      [`“${part}”起止相同`, `“${part}” begins and ends at one time`],
      ['全天写作 00:00-24:00', 'The whole day is 00:00-24:00'],
    );
  }
  return { kind: 'timeOfDay', from, to };
}

/** `mon`, `周一`, `mon-fri`, `周六-周一` (over the weekend); null for anything else. */
function weekdaysOf(part: string): readonly number[] | null {
  const [first = '', last = first, ...more] = part.split('-');
  const [from, to] = [weekdayOf(first, part), weekdayOf(last, part)];
  if (from === null || to === null || more.length > 0) return null;
  const days: number[] = [];
  for (let day = from; ; day = (day % 7) + 1) {
    days.push(day);
    if (day === to) return days;
  }
}

/** 一 alone means Monday only behind another day: 周一至五. */
function weekdayOf(word: string, within: string): number | null {
  if (word.length === 1 && !within.includes('-')) return null;
  const at = WEEKDAY_WORDS.findIndex((words) => words.some((one) => one.toLowerCase() === word));
  return at < 0 ? null : at + 1;
}
