import { chinaCalendar, unitCalendar } from '../../domain/deadlines/china.ts';
import { type LimitSet, limitsAt } from '../../domain/deadlines/limit-set.ts';
import type { Calendars } from '../../domain/tickets/stage-marks.ts';
import type { TicketSettings } from '../ports/calendar.ts';

/** The calendars by which a ticket of this unit is counted. */
export function calendarsFor(settings: TicketSettings, unitCode: string | null): Calendars {
  return {
    centre: chinaCalendar(settings.calendar),
    unit: unitCalendar(settings.calendar, settings.unitCalendars, unitCode),
  };
}

/** The limits that a ticket keeps: those in force when it was accepted. */
export function limitsOf(settings: TicketSettings, acceptedAt: number): LimitSet {
  return limitsAt(settings.limits, acceptedAt);
}
