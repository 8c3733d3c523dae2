import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { marksOf } from '../../domain/deadlines/clocks.ts';
import { presetOf } from '../../domain/deadlines/presets.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { DeadlineBook } from '../ports/deadlines.ts';
import type { Log } from '../ports/log.ts';

const BATCH = 200;

/**
 * Deadlines that were provisional because the calendar did not reach their end are counted again once its years are
 * known. What has fired already stays as it was. Returns how many tickets.
 */
export function recountDeadlines(deps: {
  readonly calendar: CalendarSource;
  readonly deadlines: DeadlineBook;
  readonly log: Log;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (): Promise<number> => {
    const calendar = chinaCalendar((await deps.calendar.load()).calendar);
    let recounted = 0;
    const tickets = await deps.deadlines.provisional([...calendar.years], BATCH);
    for (const { ticketId, type, clocks } of tickets) {
      const marks = clocks.flatMap(({ clock, startsAt, preset: code }) => {
        const preset = presetOf(code);
        if (preset !== null) return marksOf(clock, startsAt, preset.limits[type], calendar);
        deps.log.error({ ticketId, preset: code }, 'deadlines cannot be counted again: no such preset');
        return [];
      });
      if (marks.length === 0) continue;
      recounted += 1;
      const dueAt = marks
        .filter(({ kind }) => kind === 'overdue')
        .map(({ clock, dueAt: at }) => ({ clock, dueAt: new Date(at).toISOString() }));
      await deps.deadlines.recount(ticketId, marks, {
        id: deps.newId(),
        at: deps.now(),
        actorId: null,
        fromState: null,
        toState: null,
        type: 'deadlineRecounted',
        reason: '',
        body: { dueAt },
      });
    }
    return recounted;
  };
}
