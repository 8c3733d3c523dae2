import type { CallContext } from '../../domain/calls/call.ts';
import { calendarDay } from '../../domain/deadlines/calendar.ts';
import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { instantOf, localDateOf, weekdayOf } from '../../domain/deadlines/local-time.ts';
import { planCall } from '../../domain/hotlines/plan-call.ts';
import { type MenuCalendar, UNKNOWN_CALLER } from '../../domain/ivr/condition.ts';
import type { Edition } from './call-book.ts';

/** A zone's announced working days; what a county adds of its own is not known here. */
const calendars = new Map<string, MenuCalendar>();

export function menuCalendar(zone: string): MenuCalendar {
  const known = calendars.get(zone);
  if (known !== undefined) return known;
  const calendar = chinaCalendar({ zone, years: [], days: [], periods: null });
  const made: MenuCalendar = (nowMs) => {
    const date = localDateOf(nowMs, zone);
    return {
      nowMs,
      minuteOfDay: Math.min(1_439, Math.floor((nowMs - instantOf(date, 0, zone)) / 60_000)),
      weekday: weekdayOf(date) || 7,
      dayKind: calendarDay(calendar, date).kind,
    };
  };
  calendars.set(zone, made);
  return made;
}

/** What a menu asks for, in the version that the call was planned by. */
export function menuRoom(
  edition: Edition,
  nowMs: number,
): Pick<CallContext, 'generalQueue' | 'menu' | 'planLine'> {
  const { configuration } = edition;
  const { timeZone, generalQueue } = configuration.municipality;
  return {
    generalQueue,
    menu(code) {
      const menu = edition.menus.get(code);
      if (menu === undefined) return null;
      return { menu, generalQueue, caller: UNKNOWN_CALLER, moment: menuCalendar(timeZone)(nowMs) };
    },
    planLine: (number) =>
      planCall(
        configuration,
        { dialled: number, callerNumber: '', headers: { to: '', diversion: [], historyInfo: [] } },
        nowMs,
      ),
  };
}
