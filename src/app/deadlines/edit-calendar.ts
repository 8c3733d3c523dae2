import { calendarFault, type WorkingCalendar } from '../../domain/deadlines/calendar.ts';
import { calendarChanges } from '../../domain/deadlines/calendar-changes.ts';
import { chinaCalendar, unitCalendar } from '../../domain/deadlines/china.ts';
import { soonest } from '../../domain/deadlines/soonest.ts';
import { countAgain } from '../../domain/tickets/count-again.ts';
import { type DueMove, dueMoves } from '../../domain/tickets/due-moves.ts';
import { AppError } from '../errors.ts';
import type { TicketSettings } from '../ports/calendar.ts';
import type { CalendarEdit, CalendarEditBook } from '../ports/calendar-edits.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { calendarsFor, limitsOf } from './counting.ts';
import { eachOpenTicket } from './open-tickets.ts';

/** Tickets of which it is told from when to when they move: those that are due first. */
const MOVED_SHOWN = 200;

export interface MovedTicket {
  readonly ticketId: string;
  readonly number: string;
  readonly unitCode: string | null;
  readonly moves: readonly DueMove[];
}

export interface EditedCalendar {
  /** null: nothing was written, it was only asked what it would do. */
  readonly edition: number | null;
  /** Open tickets of which at least one deadline moves; the worker counts them again within seconds. */
  readonly ticketsMoved: number;
  readonly openTickets: number;
  /** Those of them that are due first by the new count, so many at most. */
  readonly moved: readonly MovedTicket[];
}

/**
 * Edits the centre's calendar or a unit's. Deadlines that are open are counted again; what has fired stays. Refuses
 * with `calendar.faulty`, `calendar.changedMeanwhile` and `ticket.unitUnknown`.
 */
export function editCalendar(deps: {
  readonly database: Database;
  readonly calendarEdits: CalendarEditBook;
  readonly now: () => number;
}) {
  const impactOf = async (after: TicketSettings, tx: Transaction) => {
    let [count, open] = [0, 0];
    let moved: readonly MovedTicket[] = [];
    await eachOpenTicket(deps.calendarEdits, tx, (tickets) => {
      const found = tickets.flatMap((ticket) => {
        const { ticketId, number, unitCode } = ticket;
        const calendars = calendarsFor(after, unitCode, ticket);
        const marks = countAgain(ticket, limitsOf(after, ticket.acceptedAt), calendars);
        return marks.length === 0
          ? []
          : [{ ticketId, number, unitCode, moves: dueMoves(ticket.marks, marks) }];
      });
      count += found.length;
      open += tickets.length;
      const told = found.filter(({ moves }) => moves.length > 0);
      moved = soonest(moved, told, firstDue, MOVED_SHOWN);
    });
    return { ticketsMoved: count, openTickets: open, moved };
  };
  return (request: {
    readonly edit: CalendarEdit;
    /** The edition that its writer had before the eyes. */
    readonly base: number;
    readonly reason: string;
    readonly actorId: string;
    readonly dryRun: boolean;
  }): Promise<EditedCalendar> =>
    deps.database.transact(async (tx) => {
      const { edit, base, reason, actorId, dryRun } = request;
      const before = await deps.calendarEdits.lock(tx);
      if (edit.unitCode !== null && !(await deps.calendarEdits.unitKnown(edit.unitCode, tx))) {
        throw new AppError('ticket.unitUnknown', { unit: edit.unitCode });
      }
      await refuseStale(deps.calendarEdits, base, edit.unitCode, tx);
      const after = edited(before, edit);
      refuseFaulty(after, edit.unitCode);
      const impact = await impactOf(after, tx);
      if (dryRun) return { edition: null, ...impact };
      const done = { by: actorId, at: deps.now(), reason };
      return { edition: await deps.calendarEdits.write(edit, done, tx), ...impact };
    });
}

/** Who comes too late is told who changed the same calendar since, and what; another's is not in his way. */
async function refuseStale(
  books: CalendarEditBook,
  base: number,
  unitCode: string | null,
  tx: Transaction,
): Promise<void> {
  const edits = await books.editsSince(base, unitCode, tx);
  const [first, last] = [edits[0], edits.at(-1)];
  if (first === undefined || last === undefined) return;
  throw new AppError('calendar.changedMeanwhile', {
    base,
    edits: edits.map(({ before: _before, after: _after, ...edit }) => edit),
    changed: calendarChanges(first.before, last.after),
  });
}

const firstDue = ({ moves }: MovedTicket): number => Math.min(...moves.map(({ after }) => after));

function edited(settings: TicketSettings, edit: CalendarEdit): TicketSettings {
  if (edit.unitCode !== null) {
    const { [edit.unitCode]: _gone, ...others } = settings.unitCalendars;
    const unitCalendars = edit.calendar === null ? others : { ...others, [edit.unitCode]: edit.calendar };
    return { ...settings, unitCalendars };
  }
  const { calendar } = settings;
  const replaced = new Set([...edit.removedDays, ...edit.days.map(({ day }) => day)]);
  return {
    ...settings,
    // Units count on top of the centre's days: their calendars are built anew as well.
    unitCalendars: structuredClone(settings.unitCalendars),
    calendar: {
      ...calendar,
      years: [...new Set([...calendar.years, ...edit.years.map(({ year }) => year)])],
      days: [...calendar.days.filter(({ day }) => !replaced.has(day)), ...edit.days],
      periods: edit.periods === undefined ? calendar.periods : edit.periods,
    },
  };
}

function refuseFaulty(settings: TicketSettings, unitCode: string | null): void {
  let calendar: WorkingCalendar;
  try {
    calendar =
      unitCode === null
        ? chinaCalendar(settings.calendar)
        : unitCalendar(settings.calendar, settings.unitCalendars, unitCode);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError('calendar.faulty', { why: error.message });
  }
  const fault = calendarFault(calendar);
  if (fault !== null) throw new AppError('calendar.faulty', { why: fault });
}
