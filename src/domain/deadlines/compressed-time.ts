import type { WorkingCalendar } from './calendar.ts';

/**
 * 压缩时间, to show in a minute what takes weeks: tickets of the demonstration's category that are accepted until an instant count a
 * day as so many seconds, around the clock, for as long as they are open and whatever becomes of their category. Only where the
 * instance is started with it (COMPRESSED_TIME). It is a part of the limits, decided by two persons and seen on the ticket; it ends
 * by itself, and at once where the instance is started without it. No figure and no circular counts such a ticket.
 */
/** Of tickets that show how the hotline works; no citizen's appeal belongs under it. */
export const DEMONSTRATION_CATEGORY = 'other.demonstration';

export interface CompressedTime {
  /** With all below it. */
  readonly category: string;
  readonly daySeconds: number;
  /** Epoch milliseconds; what is accepted from then on has its real time. */
  readonly untilMs: number;
}

export const DAY_SECONDS = { least: 1, most: 3600 } as const;
/** A show lasts no longer; whoever forgets to take it back does no harm after that. */
export const COMPRESSED_AT_MOST_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** So many seconds are a day to this ticket; null: its time is real. */
export function daySecondsOf(
  { compressed }: { readonly compressed?: CompressedTime | null },
  { categoryCode, acceptedAt }: { readonly categoryCode: string; readonly acceptedAt: number },
): number | null {
  if (compressed == null || acceptedAt >= compressed.untilMs) return null;
  const { category, daySeconds } = compressed;
  return categoryCode === category || categoryCode.startsWith(`${category}.`) ? daySeconds : null;
}

/** The calendar by which such a ticket is counted. A calendar's counts are kept beside it, so that each has one for each length. */
export function compressedCalendar(calendar: WorkingCalendar, daySeconds: number): WorkingCalendar {
  const known = made.get(calendar) ?? new Map<number, WorkingCalendar>();
  made.set(calendar, known);
  const before = known.get(daySeconds);
  if (before !== undefined) return before;
  const compressed = { ...calendar, daySeconds };
  known.set(daySeconds, compressed);
  return compressed;
}
const made = new WeakMap<WorkingCalendar, Map<number, WorkingCalendar>>();

/** A time around the clock by this calendar: as it is, or so many times shorter. */
export const aroundTheClock = (ms: number, { daySeconds }: WorkingCalendar): number =>
  daySeconds === undefined ? ms : Math.round((ms * daySeconds * 1000) / DAY_MS);

/** What the rule of a due time says of it: nothing when it is real. */
export const compressedWords = ({ daySeconds }: WorkingCalendar): string =>
  daySeconds === undefined ? '' : `；压缩时间（演示），一日按 ${daySeconds} 秒计`;

/** As an explanation says it for whoever shows it; nothing when it is real. */
export const compressedMark = ({ daySeconds }: WorkingCalendar): { readonly daySeconds?: number } =>
  daySeconds === undefined ? {} : { daySeconds };

/** Working time of a day of this calendar, in milliseconds. */
export const workOfDay = ({ periods }: WorkingCalendar): number =>
  periods.reduce((sum, { fromMinute, toMinute }) => sum + (toMinute - fromMinute) * 60_000, 0);

export interface CompressedFault {
  readonly field: 'compressed';
  /** `category`: it is not the demonstration's. */
  readonly why: 'range' | 'category';
}

/** Why it cannot be used from an instant on, or nothing. */
export function compressedFaults(
  { compressed }: { readonly compressed?: CompressedTime | null },
  validFrom: number,
): readonly CompressedFault[] {
  if (compressed == null) return [];
  const { category, daySeconds, untilMs } = compressed;
  if (category !== DEMONSTRATION_CATEGORY) return [{ field: 'compressed', why: 'category' }];
  const fits =
    Number.isInteger(daySeconds) &&
    daySeconds >= DAY_SECONDS.least &&
    daySeconds <= DAY_SECONDS.most &&
    untilMs <= validFrom + COMPRESSED_AT_MOST_MS;
  return fits ? [] : [{ field: 'compressed', why: 'range' }];
}
