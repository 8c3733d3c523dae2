import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { type MarkClock, OVERDUE_LEVEL } from '../../domain/deadlines/clocks.ts';
import { noticeAt } from '../../domain/deadlines/notice-hours.ts';
import type { Stage } from '../../domain/deadlines/stages.ts';
import { isStage } from '../../domain/tickets/deadline-firing.ts';
import { isUnitStage } from '../../domain/tickets/stage-marks.ts';
import type { TicketNotice } from '../live/notices.ts';
import type { TicketSettings } from '../ports/calendar.ts';
import type { DueDeadline, FiredDeadline } from '../ports/deadlines.ts';

/** The line on the time line and the notice of a deadline that fires at `now`, so many milliseconds late. */
export function deadlineFired(
  deadline: DueDeadline,
  now: number,
  lateMs: number,
  eventId: string,
  settings: TicketSettings,
): FiredDeadline {
  const { id, clock, kind, level, dueAt, ticket } = deadline;
  const stage: Stage | null = isStage(kind) ? kind : null;
  const over = level === OVERDUE_LEVEL;
  const type =
    stage === null ? (over ? 'deadlineOverdue' : 'deadlineWarning') : over ? 'stageOverdue' : 'stageWarning';
  const about: { readonly clock: MarkClock; readonly level: number; readonly stage?: Stage } = {
    clock,
    level,
    ...(stage === null ? {} : { stage }),
  };
  // Whose time it was: another unit may have the ticket when somebody reads the line.
  const ofUnit = clock === 'unit' || (stage !== null && isUnitStage(stage));
  const notice: TicketNotice = {
    kind: type,
    ticketId: ticket.id,
    ticketNumber: ticket.number,
    unitCode: ticket.unitCode,
    atMs: now,
    ...about,
  };
  return {
    event: {
      id: eventId,
      at: now,
      actorId: null,
      type,
      reason: '',
      body: {
        ...about,
        ...(ofUnit ? { unitCode: ticket.unitCode } : {}),
        dueAt: new Date(dueAt).toISOString(),
        lateMs,
      },
    },
    outbox: {
      topic: 'deadlineFired',
      key: id,
      body: notice,
      // The line stands at its true time; nobody is woken for it unless it is urgent.
      notBefore: noticeAt(
        now,
        settings.noticeHours,
        chinaCalendar(settings.calendar),
        ticket.urgency === 'urgent',
      ),
    },
  };
}
