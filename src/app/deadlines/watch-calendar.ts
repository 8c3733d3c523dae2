import { yearsToEnter } from '../../domain/deadlines/calendar-years.ts';
import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { localDateOf } from '../../domain/deadlines/local-time.ts';
import type { AlarmBook, AlarmWords } from '../ports/alarms.ts';
import type { CalendarSource } from '../ports/calendar.ts';

/**
 * Somebody must enter the days off of a year that is announced by now: an alarm a year, once more each day, which goes by
 * itself when the year is entered. Returns the years of which it was raised now.
 */
export function watchCalendar(deps: {
  readonly calendar: CalendarSource;
  readonly alarms: Pick<AlarmBook, 'raise' | 'settle'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  let told: { readonly day: string; readonly years: readonly number[] } = { day: '', years: [] };
  return async (): Promise<readonly number[]> => {
    const { calendar } = await deps.calendar.load();
    const { years, zone } = chinaCalendar(calendar);
    const atMs = deps.now();
    const day = localDateOf(atMs, zone);
    const missing = yearsToEnter(years, day);
    if (told.day !== day) told = { day, years: [] };
    const thisYear = Number(day.slice(0, 4));
    const raised: number[] = [];
    for (const year of [thisYear, thisYear + 1]) {
      const about = {
        kind: 'calendar.yearMissing',
        key: `calendar.yearMissing:${year}`,
        subject: String(year),
      } as const;
      if (!missing.includes(year)) {
        await deps.alarms.settle(about.key, atMs, { reason: '已录入', reasonEn: 'It is entered' });
      } else if (!told.years.includes(year)) {
        await deps.alarms.raise({ id: deps.newId(), ...about, ...wordsOf(year), atMs });
        raised.push(year);
      }
    }
    told = { day, years: missing };
    return raised;
  };
}

const wordsOf = (year: number): AlarmWords => ({
  detail: `${year} 年的放假调休安排尚未录入，到期时间跨入该年的工单均为暂定；国务院办公厅公布后请即录入（修改工作日历），在办时限随即重算`,
  detailEn: `The days off of ${year} are not entered, and due times that reach into it are provisional: enter them in the working calendar as soon as the State Council has published them`,
});
