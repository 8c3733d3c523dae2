import { calendarDay, type WorkingCalendar } from '../deadlines/calendar.ts';
import { type LocalDate, localDateOf, minuteOfDay } from '../deadlines/local-time.ts';
import type { Sender } from './ticket-steps.ts';

/** A unit's late and soon late tickets by their numbers, the most pressing first. */
export interface UnitLoad {
  readonly unitCode: string;
  readonly overdue: number;
  readonly soon: number;
  readonly numbers: readonly string[];
}

const FROM_MINUTE = 8 * 60 + 30;
const TO_MINUTE = 12 * 60;
export const NUMBERS_AT_MOST = 5;

/** The local day whose morning message is due now; null: it is not a working day's morning. */
export function digestDay(now: number, calendar: WorkingCalendar): LocalDate | null {
  const day = localDateOf(now, calendar.zone);
  const minute = minuteOfDay(now, calendar.zone);
  if (minute < FROM_MINUTE || minute >= TO_MINUTE) return null;
  return calendarDay(calendar, day).working ? day : null;
}

/** Null: nothing presses, and nobody is written to. */
export function digestText(load: UnitLoad, sender: Sender): string | null {
  const { overdue, soon, numbers } = load;
  if (overdue + soon === 0) return null;
  const counts = [
    ...(overdue > 0 ? [`超期${overdue}件`] : []),
    ...(soon > 0 ? [`24小时内到期${soon}件`] : []),
  ];
  const named = numbers.slice(0, NUMBERS_AT_MOST).join('、');
  const more = overdue + soon > Math.min(numbers.length, NUMBERS_AT_MOST) ? '等' : '';
  return `【${sender.municipality.slice(0, 20)}${sender.mainNumber}】贵单位工单${counts.join('、')}（${named}${more}），请抓紧办理。`;
}
