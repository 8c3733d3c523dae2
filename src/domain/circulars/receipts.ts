import type { WorkingCalendar } from '../deadlines/calendar.ts';
import { dueAfterWorkingDays } from '../deadlines/due.ts';
import { type NoticeHours, noticeAt } from '../deadlines/notice-hours.ts';

/** Whoever has not read it at the end of the first, second and third working day is reminded; after that a person goes there. */
export const REMINDERS_AT_MOST = 3;

export type NextReminder =
  | { readonly kind: 'remind'; readonly at: number }
  /** Told often enough: the hotline is. */
  | { readonly kind: 'alarm'; readonly at: number };

/** What follows when a unit has been reminded so many times and has still not read it; null: nothing does any more. */
export function nextReminder(
  sentAt: number,
  reminded: number,
  calendar: WorkingCalendar,
  hours: NoticeHours,
): NextReminder | null {
  if (reminded > REMINDERS_AT_MOST) return null;
  const { dueAt } = dueAfterWorkingDays(sentAt, reminded + 1, calendar);
  const at = noticeAt(dueAt, hours, calendar, false);
  return { kind: reminded < REMINDERS_AT_MOST ? 'remind' : 'alarm', at };
}
