import { calendarDay, type WorkingCalendar } from './calendar.ts';
import { addDays, instantOf, localDateOf } from './local-time.ts';

/** When people are told of deadlines: minutes of the local day, `from` inclusive, `to` exclusive, in that order. */
export interface NoticeHours {
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Only on working days of the calendar. */
  readonly workingDaysOnly: boolean;
}

/** 08:00 to 20:00 on every day. */
export const USUAL_NOTICE_HOURS: NoticeHours = { fromMinute: 480, toMinute: 1200, workingDaysOnly: false };

/** No calendar has this many days off in a row. */
const MAX_DAYS = 60;

/**
 * When whoever is concerned is told of a mark that is reached at `at`: at once within the hours, else when they begin
 * next. What is urgent is told at once, at night too.
 */
export function noticeAt(at: number, hours: NoticeHours, calendar: WorkingCalendar, urgent: boolean): number {
  if (urgent) return at;
  let day = localDateOf(at, calendar.zone);
  for (let tried = 0; tried <= MAX_DAYS; tried += 1, day = addDays(day, 1)) {
    if (hours.workingDaysOnly && !calendarDay(calendar, day).working) continue;
    const from = instantOf(day, hours.fromMinute, calendar.zone);
    if (at < instantOf(day, hours.toMinute, calendar.zone)) return Math.max(at, from);
  }
  // A calendar that never works again holds back no notice.
  return at;
}

/** Why these hours cannot be used, or null. */
export function noticeHoursFault({ fromMinute, toMinute }: NoticeHours): 'order' | null {
  return fromMinute < toMinute ? null : 'order';
}
