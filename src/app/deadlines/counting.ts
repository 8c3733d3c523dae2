import { chinaCalendar, unitCalendar } from '../../domain/deadlines/china.ts';
import { compressedCalendar, daySecondsOf } from '../../domain/deadlines/compressed-time.ts';
import { type LimitSet, limitsAt } from '../../domain/deadlines/limit-set.ts';
import type { Calendars } from '../../domain/tickets/stage-marks.ts';
import type { TicketSettings } from '../ports/calendar.ts';

/** The calendars by which a ticket is counted while this unit has it; with compressed time where its limits say so. */
export function calendarsFor(
  settings: TicketSettings,
  unitCode: string | null,
  ticket: { readonly acceptedAt: number; readonly categoryCode: string },
): Calendars {
  const centre = chinaCalendar(settings.calendar);
  const unit = unitCalendar(settings.calendar, settings.unitCalendars, unitCode);
  const daySeconds = daySecondsOf(limitsOf(settings, ticket.acceptedAt), ticket);
  if (daySeconds === null) return { centre, unit };
  return { centre: compressedCalendar(centre, daySeconds), unit: compressedCalendar(unit, daySeconds) };
}

/** The limits that a ticket keeps: those in force when it was accepted. */
export function limitsOf(settings: TicketSettings, acceptedAt: number): LimitSet {
  return limitsAt(settings.limits, acceptedAt);
}
