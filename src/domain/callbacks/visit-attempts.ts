import { localDateOf, minuteOfDay } from '../deadlines/local-time.ts';

/**
 * What one call to the citizen came to. `answered` brings the answers; after `refused` nobody asks again; `givenUp` is
 * granted once enough was tried; `brokenOff` keeps the answers that were given; `toPerson`: the automatic call was asked
 * for a person, who asks on. The others count as tries.
 */
export const VISIT_OUTCOMES = [
  'answered',
  'refused',
  'noAnswer',
  'busy',
  'switchedOff',
  'wrongNumber',
  'callLater',
  'givenUp',
  'machine',
  'wrongPerson',
  'brokenOff',
  'toPerson',
] as const;
export type VisitOutcome = (typeof VISIT_OUTCOMES)[number];

export const VISIT_OUTCOME_NAMES: Readonly<Record<VisitOutcome, string>> = {
  answered: '已接听',
  refused: '拒绝回访',
  noAnswer: '无人接听',
  busy: '占线',
  switchedOff: '关机或停机',
  wrongNumber: '号码有误',
  callLater: '另约时间',
  givenUp: '多次未能联系',
  machine: '语音信箱或无应答',
  wrongPerson: '非本人接听',
  brokenOff: '中途中断',
  toPerson: '自动回访转人工',
};

const TRIES: readonly VisitOutcome[] = [
  'noAnswer',
  'busy',
  'switchedOff',
  'wrongNumber',
  'callLater',
  'machine',
  'wrongPerson',
  'brokenOff',
];

/** Before a citizen counts as not reached (G2). */
export const ENOUGH = { tries: 3, days: 2, dayParts: 2 } as const;

export type DayPart = 'morning' | 'afternoon' | 'evening';

export function dayPartOf(at: number, zone: string): DayPart {
  const hour = minuteOfDay(at, zone) / 60;
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

export interface Tried {
  readonly tries: number;
  readonly days: number;
  readonly dayParts: number;
  readonly enough: boolean;
}

const HEARD: readonly VisitOutcome[] = ['answered', 'refused'];

/** Whether the citizen said how it is, or that he does not want to say. */
export const wasHeard = (attempts: readonly { readonly outcome: VisitOutcome }[]): boolean =>
  attempts.some(({ outcome }) => HEARD.includes(outcome));

/** How often, on how many days and in how many parts of the day it was tried since the visit began. */
export function triedSoFar(
  attempts: readonly { readonly at: number; readonly outcome: VisitOutcome }[],
  zone: string,
): Tried {
  const tries = attempts.filter(({ outcome }) => TRIES.includes(outcome));
  const days = new Set(tries.map(({ at }) => localDateOf(at, zone))).size;
  const dayParts = new Set(tries.map(({ at }) => dayPartOf(at, zone))).size;
  const enough = tries.length >= ENOUGH.tries && days >= ENOUGH.days && dayParts >= ENOUGH.dayParts;
  return { tries: tries.length, days, dayParts, enough };
}
