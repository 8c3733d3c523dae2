import { type NoticeHours, noticeHoursFault } from '../../domain/deadlines/notice-hours.ts';
import { AppError } from '../errors.ts';
import type { CalendarEditBook } from '../ports/calendar-edits.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * When people are told of deadlines from now on; returns the revision. As they are already, they are left: a wish that was
 * answered and not heard is not refused for itself. Refuses with `calendar.hoursFaulty`, `calendar.hoursChangedMeanwhile`.
 */
export function changeNoticeHours(deps: {
  readonly database: Database;
  readonly calendarEdits: CalendarEditBook;
  readonly now: () => number;
}) {
  return (asked: {
    readonly hours: NoticeHours;
    /** The revision that its writer had before the eyes. */
    readonly base: number;
    readonly actorId: string;
  }): Promise<number> =>
    deps.database.transact(async (tx) => {
      const { hours, base, actorId } = asked;
      if (noticeHoursFault(hours) !== null) throw new AppError('calendar.hoursFaulty', { ...hours });
      const { noticeHours: standing, noticeRevision } = await deps.calendarEdits.lock(tx);
      if (isSame(standing, hours)) return noticeRevision;
      const edits = await deps.calendarEdits.noticeEditsSince(base, tx);
      if (edits.length > 0) {
        throw new AppError('calendar.hoursChangedMeanwhile', { base, edits, hours: standing });
      }
      return await deps.calendarEdits.setNoticeHours(hours, { by: actorId, at: deps.now() }, tx);
    });
}

const isSame = (one: NoticeHours, other: NoticeHours): boolean =>
  one.fromMinute === other.fromMinute &&
  one.toMinute === other.toMinute &&
  one.workingDaysOnly === other.workingDaysOnly;
