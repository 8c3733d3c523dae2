import { chinaCalendar, unitCalendar } from '../../domain/deadlines/china.ts';
import {
  type CompressedTime,
  compressedCalendar,
  daySecondsOf,
} from '../../domain/deadlines/compressed-time.ts';
import { type LimitSet, limitsAt } from '../../domain/deadlines/limit-set.ts';
import type { Calendars } from '../../domain/tickets/stage-marks.ts';
import type { TicketSettings } from '../ports/calendar.ts';

/** The calendars by which a ticket is counted while this unit has it; with compressed time where it was accepted so. */
export function calendarsFor(
  settings: TicketSettings,
  unitCode: string | null,
  { daySeconds }: { readonly daySeconds: number | null },
): Calendars {
  const centre = chinaCalendar(settings.calendar);
  const unit = unitCalendar(settings.calendar, settings.unitCalendars, unitCode);
  if (daySeconds === null) return { centre, unit };
  return { centre: compressedCalendar(centre, daySeconds), unit: compressedCalendar(unit, daySeconds) };
}

/** Whether this instance may compress time at all; left out: it may not, whatever was decided while it might. */
export interface CompressedSwitch {
  readonly compressedTime?: 'on' | 'off';
}

/** So many seconds are a day to a ticket that is accepted now, for as long as it is open; null: its time is real. */
export function acceptedDaySeconds(
  { compressedTime }: CompressedSwitch,
  limits: { readonly compressed?: CompressedTime | null },
  ticket: { readonly categoryCode: string; readonly acceptedAt: number },
): number | null {
  return compressedTime === 'on' ? daySecondsOf(limits, ticket) : null;
}

/** The limits that a ticket keeps: those in force when it was accepted. */
export function limitsOf(settings: TicketSettings, acceptedAt: number): LimitSet {
  return limitsAt(settings.limits, acceptedAt);
}
