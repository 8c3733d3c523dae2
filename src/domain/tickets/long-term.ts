import type { WorkingCalendar } from '../deadlines/calendar.ts';
import { addDays, instantOf, type LocalDate, localDateOf } from '../deadlines/local-time.ts';
import { type NoticeHours, noticeAt } from '../deadlines/notice-hours.ts';

// 挂账 (H24): what cannot be done soon stays on the books with a plan that somebody of the hotline approved, and is looked at
// again on a day that was named. Both clocks run on, and it counts as open wherever open tickets are counted.

/** A plan that nobody looks at for half a year is none. */
export const REVIEW_WITHIN_DAYS = 180;

export interface ReviewDateFault {
  readonly code: 'ticket.reviewDateFault';
  readonly data: { readonly earliest: string; readonly latest: string };
}

/** Why a plan cannot be looked at on that local day, or null: from tomorrow on, and not later than half a year from now. */
export function reviewDateFault(reviewOn: string, now: number, zone: string): ReviewDateFault | null {
  const today = localDateOf(now, zone);
  const [earliest, latest] = [addDays(today, 1), addDays(today, REVIEW_WITHIN_DAYS)];
  if (reviewOn >= earliest && reviewOn <= latest) return null;
  return { code: 'ticket.reviewDateFault', data: { earliest, latest } };
}

/** When it is reminded of: three days before, on the day, and a week after it was passed over. */
export const PLAN_REMINDERS = ['soon', 'due', 'late'] as const;
export type PlanReminder = (typeof PLAN_REMINDERS)[number];
const DAYS_AFTER: Readonly<Record<PlanReminder, number>> = { soon: -3, due: 0, late: 7 };
export const SOONEST_REMINDER_DAYS = 3;

/**
 * What is to be said today of a plan, or null. One at a time: whoever was away for a week says that it is late, and not
 * what he would have said before.
 */
export function planReminder(
  plan: { readonly reviewOn: string; readonly told: readonly PlanReminder[] },
  today: string,
): PlanReminder | null {
  const reached = PLAN_REMINDERS.filter((one) => addDays(plan.reviewOn, DAYS_AFTER[one]) <= today).at(-1);
  return reached === undefined || plan.told.includes(reached) ? null : reached;
}

/** The day of the next reminder after today; null: there is none, for this day that it is looked at. */
export function nextPlanReminder(reviewOn: LocalDate, today: LocalDate): LocalDate | null {
  return PLAN_REMINDERS.map((one) => addDays(reviewOn, DAYS_AFTER[one])).find((day) => day > today) ?? null;
}

/** When the hours begin on the day of a reminder in which people are told; of a day that is over the next such moment, or that it was. */
export function planReminderAt(
  remindOn: LocalDate,
  now: number,
  hours: NoticeHours,
  calendar: WorkingCalendar,
): number {
  const first = noticeAt(instantOf(remindOn, 0, calendar.zone), hours, calendar, false);
  const next = noticeAt(now, hours, calendar, false);
  return first > now || next === now ? first : next;
}
