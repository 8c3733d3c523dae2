import { calendarDay, type WorkingCalendar } from '../../deadlines/calendar.ts';
import { addDays, instantOf, type LocalDate, localDateOf, weekdayOf } from '../../deadlines/local-time.ts';

/**
 * When a place is open, as rules for kinds of days: `workdays 08:30-12:00 14:00-17:30; sat 09:00-12:00; holidays closed`.
 * Of several rules that fit a day the one that names it more closely counts: holidays before days of the week, these
 * before workdays and restdays, these before daily. A period may go past midnight: 17:00-02:00.
 */
export type OpeningHours = 'unknown' | 'always' | readonly HoursRule[];

export interface HoursRule {
  readonly days: DayKind;
  /** Minutes past local midnight; `to` past 24:00 is the next day's. None: closed. */
  readonly periods: readonly { readonly from: number; readonly to: number }[];
}

type DayKind =
  | { readonly kind: 'daily' | 'workdays' | 'restdays' | 'holidays' }
  /** Days of the week, 0 is Sunday. */
  | { readonly kind: 'week'; readonly days: readonly number[] };

export type HoursFault = { readonly part: string; readonly right: string; readonly rightEn: string };

/** As it is kept. */
export const ALWAYS = '24h';
const WEEK: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY_MINUTES = 24 * 60;
const EXAMPLE = 'workdays 08:30-12:00 14:00-17:30; sat 09:00-12:00; holidays closed';
const EXAMPLES = { right: `${EXAMPLE}，或 24h`, rightEn: `${EXAMPLE}, or 24h` };
const WORDS: readonly [RegExp, string][] = [
  [/全天|24\s*小时|二十四小时/g, '24h'],
  [/每天|每日/g, 'daily'],
  [/工作日/g, 'workdays'],
  [/休息日|双休日/g, 'restdays'],
  [/法定节假日|节假日/g, 'holidays'],
  [/休息|关闭|不营业|不开放/g, 'closed'],
  [/(?:营业|开放|服务)(?:时间)?:?/g, ''],
  ...(['日', '一', '二', '三', '四', '五', '六'] as const).map((name, at): [RegExp, string] => [
    new RegExp(`(?:周|星期|礼拜)${name}`, 'g'),
    WEEK[at] ?? '',
  ]),
];

/** Reads hours as they are written, in English words or Chinese ones; or which part cannot be read. */
export function readHours(text: string): { readonly hours: OpeningHours } | { readonly fault: HoursFault } {
  const plain = WORDS.reduce(
    (so, [pattern, word]) => so.replace(pattern, ` ${word} `),
    text.normalize('NFKC'),
  )
    .toLowerCase()
    .replace(/\s*[-–—~至到]\s*/g, '-')
    .replace(/[,、，\s]+/g, ' ')
    .trim();
  if (plain === '') return { hours: 'unknown' };
  if (plain === '24h' || plain === 'daily 24h') return { hours: 'always' };
  const rules: HoursRule[] = [];
  for (const part of plain.split(/[;；]/).map((one) => one.trim())) {
    if (part === '') continue;
    const [days = '', ...times] = part.split(/\s+/);
    const kind = readDays(days);
    const periods = times.length === 1 && times[0] === 'closed' ? [] : times.map(readPeriod);
    if (kind === null || times.length === 0 || periods.includes(null)) {
      return { fault: { part, ...EXAMPLES } };
    }
    rules.push({ days: kind, periods: periods.filter((one) => one !== null) });
  }
  return { hours: rules };
}

function readDays(word: string): DayKind | null {
  if (word === 'daily' || word === 'workdays' || word === 'restdays' || word === 'holidays')
    return { kind: word };
  const [first = '', last = first] = word.split('-');
  const from = WEEK.indexOf(first);
  const to = WEEK.indexOf(last);
  if (from === -1 || to === -1) return null;
  const length = ((to - from + 7) % 7) + 1;
  return { kind: 'week', days: Array.from({ length }, (_, at) => (from + at) % 7) };
}

function readPeriod(word: string): { from: number; to: number } | null {
  if (word === '24h') return { from: 0, to: DAY_MINUTES };
  const times = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(word);
  if (times === null) return null;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = times.slice(1).map(Number);
  if (fromHour > 24 || toHour > 24 || fromMinute > 59 || toMinute > 59) return null;
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  if (from === to || from >= DAY_MINUTES || to > DAY_MINUTES) return null;
  return { from, to: to < from ? to + DAY_MINUTES : to };
}

export type OpenState =
  /** `until`: when it closes, epoch milliseconds; null: never. */
  | { readonly state: 'open'; readonly until: number | null }
  /** `next`: when it opens again within a fortnight. */
  | { readonly state: 'closed'; readonly next: number | null }
  | { readonly state: 'unknown' };

const LOOK_AHEAD_DAYS = 14;

/** Whether it is open at a moment, by the municipality's calendar: a make-up workday is a workday. */
export function openAt(hours: OpeningHours, calendar: WorkingCalendar, nowMs: number): OpenState {
  if (hours === 'unknown') return { state: 'unknown' };
  if (hours === 'always') return { state: 'open', until: null };
  const today = localDateOf(nowMs, calendar.zone);
  const first = addDays(today, -1);
  const spans = spansFrom(hours, calendar, first);
  const now = spans.find(({ from, to }) => from <= nowMs && nowMs < to);
  if (now !== undefined) {
    // Two periods that touch are one.
    let { to } = now;
    for (let next = spans.find(({ from }) => from === to); next !== undefined; ) {
      to = next.to;
      const end = to;
      next = spans.find(({ from }) => from === end);
    }
    // As far as anybody looks it does not close.
    const seenTo = instantOf(addDays(first, LOOK_AHEAD_DAYS), 0, calendar.zone);
    return { state: 'open', until: to >= seenTo ? null : to };
  }
  return { state: 'closed', next: spans.find(({ from }) => from > nowMs)?.from ?? null };
}

function spansFrom(rules: readonly HoursRule[], calendar: WorkingCalendar, first: LocalDate) {
  const spans: { from: number; to: number }[] = [];
  for (let at = 0, date = first; at < LOOK_AHEAD_DAYS; at += 1, date = addDays(date, 1)) {
    for (const { from, to } of periodsOn(rules, calendar, date)) {
      spans.push({
        from: instantOf(date, from, calendar.zone),
        to:
          to > DAY_MINUTES
            ? instantOf(addDays(date, 1), to - DAY_MINUTES, calendar.zone)
            : instantOf(date, to, calendar.zone),
      });
    }
  }
  return spans.sort((one, other) => one.from - other.from);
}

function periodsOn(
  rules: readonly HoursRule[],
  calendar: WorkingCalendar,
  date: LocalDate,
): HoursRule['periods'] {
  const { kind, working } = calendarDay(calendar, date);
  const fits = ({ days }: HoursRule): number => {
    switch (days.kind) {
      case 'holidays':
        return kind === 'holiday' ? 4 : 0;
      case 'week':
        return days.days.includes(weekdayOf(date)) ? 3 : 0;
      case 'workdays':
        return working ? 2 : 0;
      case 'restdays':
        return working ? 0 : 2;
      case 'daily':
        return 1;
      default:
        return days satisfies never;
    }
  };
  const best = Math.max(0, ...rules.map(fits));
  return best === 0 ? [] : rules.filter((rule) => fits(rule) === best).flatMap(({ periods }) => periods);
}
