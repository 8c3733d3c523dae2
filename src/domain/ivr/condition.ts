import { isMeantBy } from './language.ts';

/** What a day is called in the working-time calendar; the same words as there. */
export const DAY_KINDS = [
  'workday',
  'makeupWorkday',
  'weekend',
  'holiday',
  'assumedWorkday',
  'assumedWeekend',
] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** A moment as the municipality sees it. Whoever asks a menu computes it from the clock and the calendar. */
export interface LocalMoment {
  readonly nowMs: number;
  /** Minutes past local midnight, 0 to 1439. */
  readonly minuteOfDay: number;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly dayKind: DayKind;
}
/** The calendar as an argument: the days' names are the deadlines' business, the clock nobody's here. */
export type MenuCalendar = (nowMs: number) => LocalMoment;

/** What is known of the caller before a word is spoken. */
export interface MenuCaller {
  /** e.g. `zh-CN`, `en`; null when nothing is known. */
  readonly language: string | null;
  readonly hasOpenTicket: boolean;
  /** Old, disabled or otherwise in need: skips what stands before a person. */
  readonly vulnerable: boolean;
  /** Who opened his ticket that is not closed yet, and who talked with him last; null or absent: nobody. */
  readonly ownerAgentId?: string | null;
  readonly lastAgentId?: string | null;
  /** That ticket. */
  readonly openTicket?: { readonly id: string; readonly number: string } | null;
}
export const UNKNOWN_CALLER: MenuCaller = { language: null, hasOpenTicket: false, vulnerable: false };

export type Condition =
  /** `HH:MM`, `from` inclusive, `to` exclusive; over midnight when `to` is before `from`. */
  | { readonly kind: 'timeOfDay'; readonly from: string; readonly to: string }
  | { readonly kind: 'weekday'; readonly anyOf: readonly number[] }
  | { readonly kind: 'dayKind'; readonly anyOf: readonly DayKind[] }
  | { readonly kind: 'language'; readonly anyOf: readonly string[] }
  | { readonly kind: 'openTicket' }
  | { readonly kind: 'vulnerable' }
  /** Instants, ISO 8601 with an offset; `from` and `until` belong to what begins and what expires (JS-05). */
  | { readonly kind: 'from'; readonly at: string }
  | { readonly kind: 'until'; readonly at: string }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition };

export interface Circumstances {
  readonly moment: LocalMoment;
  readonly caller: MenuCaller;
}

/** No condition always holds; one that cannot be read (a damaged time) never does. */
export function holds(condition: Condition | null, { moment, caller }: Circumstances): boolean {
  if (condition === null) return true;
  switch (condition.kind) {
    case 'timeOfDay': {
      const from = minuteOf(condition.from);
      const to = minuteOf(condition.to);
      if (from === null || to === null) return false;
      const { minuteOfDay: now } = moment;
      return from <= to ? from <= now && now < to : now >= from || now < to;
    }
    case 'weekday':
      return condition.anyOf.includes(moment.weekday);
    case 'dayKind':
      return condition.anyOf.includes(moment.dayKind);
    case 'language':
      return speaksOneOf(caller, condition.anyOf);
    case 'openTicket':
      return caller.hasOpenTicket;
    case 'vulnerable':
      return caller.vulnerable;
    case 'from':
      return moment.nowMs >= Date.parse(condition.at);
    case 'until':
      return moment.nowMs < Date.parse(condition.at);
    case 'all':
      return condition.of.every((one) => holds(one, { moment, caller }));
    case 'any':
      return condition.of.some((one) => holds(one, { moment, caller }));
    case 'not':
      return !holds(condition.of, { moment, caller });
    default:
      return condition satisfies never;
  }
}

const speaksOneOf = ({ language }: MenuCaller, wanted: readonly string[]): boolean =>
  language !== null && wanted.some((one) => isMeantBy(language, one));

/** `24:00` ends a day; null for what is no time of a day. */
export function minuteOf(time: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const minute = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && minute <= 24 * 60 ? minute : null;
}

/** The first thing in a condition that cannot be read; null when all of it can. */
export function unreadable(condition: Condition | null): string | null {
  if (condition === null) return null;
  switch (condition.kind) {
    case 'timeOfDay':
      return [condition.from, condition.to].find((time) => minuteOf(time) === null) ?? null;
    case 'weekday': {
      const stray = condition.anyOf.find((day) => !Number.isInteger(day) || day < 1 || day > 7);
      return stray === undefined ? null : String(stray);
    }
    case 'from':
    case 'until':
      return INSTANT.test(condition.at) && !Number.isNaN(Date.parse(condition.at)) ? null : condition.at;
    case 'all':
    case 'any':
      return condition.of.map(unreadable).find((one) => one !== null) ?? null;
    case 'not':
      return unreadable(condition.of);
    default:
      return null;
  }
}

/** Without an offset the same text would mean another moment on another machine. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a condition ended by `nowMs` and can never hold again. */
export function isPast(condition: Condition | null, nowMs: number): boolean {
  if (condition === null) return false;
  if (condition.kind === 'until') return Date.parse(condition.at) <= nowMs;
  if (condition.kind === 'all') return condition.of.some((one) => isPast(one, nowMs));
  if (condition.kind === 'any') return condition.of.every((one) => isPast(one, nowMs));
  return false;
}
