import { calendarDay, type WorkingCalendar } from '../deadlines/calendar.ts';
import { type LocalDate, localDateOf, minuteOfDay } from '../deadlines/local-time.ts';
import type { NoticeHours } from '../deadlines/notice-hours.ts';
import type { Sender } from './ticket-steps.ts';

/** A unit's tickets by how much of their time is used up, and their numbers, the most pressing first. */
export interface UnitLoad {
  readonly unitCode: string;
  readonly overdue: number;
  /** Past 80 % of their time, and past 50 %. */
  readonly past80: number;
  readonly past50: number;
  readonly numbers: readonly string[];
}

const FROM_MINUTE = 8 * 60 + 30;
/** Later than so long after its time a morning message is none. */
const FOR_MINUTES = 3 * 60 + 30;
export const NUMBERS_AT_MOST = 5;

/** The local day whose morning message is due now; null: it is not a working day, or not its morning in the hours of notice. */
export function digestDay(now: number, calendar: WorkingCalendar, hours: NoticeHours): LocalDate | null {
  const day = localDateOf(now, calendar.zone);
  const minute = minuteOfDay(now, calendar.zone);
  const from = Math.max(FROM_MINUTE, hours.fromMinute);
  if (minute < from || minute >= Math.min(from + FOR_MINUTES, hours.toMinute)) return null;
  return calendarDay(calendar, day).working ? day : null;
}

/** Null: nothing presses, and nobody is written to. */
export function digestText(load: UnitLoad, sender: Sender): string | null {
  const { overdue, past80, past50, numbers } = load;
  const all = overdue + past80 + past50;
  if (all === 0) return null;
  const counts = [
    ...(overdue > 0 ? [`超期${overdue}件`] : []),
    ...(past80 > 0 ? [`时限已过八成${past80}件`] : []),
    ...(past50 > 0 ? [`时限过半${past50}件`] : []),
  ];
  const named = numbers.slice(0, NUMBERS_AT_MOST).join('、');
  const more = all > Math.min(numbers.length, NUMBERS_AT_MOST) ? '等' : '';
  return `【${sender.municipality.slice(0, 20)}${sender.mainNumber}】贵单位工单${counts.join('、')}（${named}${more}），请抓紧办理。`;
}
