import { calendarDay } from '../../domain/deadlines/calendar.ts';
import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { instantOf, localDateOf, weekdayOf } from '../../domain/deadlines/local-time.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { MenuCalendar } from '../../domain/ivr/condition.ts';

const known = new WeakMap<Configuration, MenuCalendar>();

/**
 * Moments as the municipality sees them: its clock, its weekday, and what the working-time calendar calls the day, the
 * announced years (调休) with the municipality's own entries on top. The same calendar as for deadlines (B3).
 */
export function momentsOf(configuration: Configuration): MenuCalendar {
  const made = known.get(configuration) ?? calendarOf(configuration);
  known.set(configuration, made);
  return made;
}

function calendarOf({ municipality, calendar: own }: Configuration): MenuCalendar {
  const zone = municipality.timeZone;
  const calendar = chinaCalendar({ zone, years: own.years, days: own.days, periods: null });
  return (nowMs) => {
    const date = localDateOf(nowMs, zone);
    return {
      nowMs,
      minuteOfDay: Math.min(1_439, Math.floor((nowMs - instantOf(date, 0, zone)) / 60_000)),
      weekday: weekdayOf(date) || 7,
      dayKind: calendarDay(calendar, date).kind,
    };
  };
}
