import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { type DeadlineMark, OVERDUE_LEVEL } from '../../domain/deadlines/clocks.ts';
import { countAgain } from '../../domain/tickets/count-again.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { DeadlineBook } from '../ports/deadlines.ts';
import { calendarsFor, limitsOf } from './counting.ts';

const BATCH = 200;

/**
 * Open deadlines are counted again after a calendar was edited, and provisional ones once their years are known. What
 * has fired already stays as it was; a ticket whose times are the same gets no line. Returns how many tickets were
 * looked at; 0 when none is left.
 */
export function recountDeadlines(deps: {
  readonly calendar: CalendarSource;
  readonly deadlines: DeadlineBook;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (): Promise<number> => {
    const settings = await deps.calendar.load();
    const { years } = chinaCalendar(settings.calendar);
    const tickets = await deps.deadlines.toRecount(settings.calendarEdition, [...years], BATCH);
    for (const ticket of tickets) {
      const calendars = calendarsFor(settings, ticket.unitCode, ticket);
      const marks = countAgain(ticket, limitsOf(settings, ticket.acceptedAt), calendars);
      const event = {
        id: deps.newId(),
        at: deps.now(),
        actorId: null,
        type: 'deadlineRecounted',
        reason: '',
        body: { dueAt: newDueTimes(marks) },
      } as const;
      // Moved meanwhile: it is found again by the next round.
      await deps.deadlines.recount(
        ticket,
        settings.calendarEdition,
        marks,
        marks.length === 0 ? null : event,
      );
    }
    return tickets.length;
  };
}

/** For the time line: when each clock and stage is over now. */
export function newDueTimes(
  marks: readonly DeadlineMark[],
): readonly { readonly clock: string; readonly dueAt: string }[] {
  return marks
    .filter(({ level }) => level === OVERDUE_LEVEL)
    .map(({ clock, kind, dueAt }) => ({
      clock,
      ...(clock === 'stage' ? { stage: kind } : {}),
      dueAt: new Date(dueAt).toISOString(),
    }));
}
