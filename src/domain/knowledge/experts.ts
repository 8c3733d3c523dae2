import type { WorkingCalendar } from '../deadlines/calendar.ts';
import { type OpenState, openAt, readHours } from './places/opening-hours.ts';

/** Whether an expert can be rung now, by his timetable (J11); one that an earlier release took as words is not known. */
export function dutyAt(hours: string, calendar: WorkingCalendar, nowMs: number): OpenState {
  const read = readHours(hours);
  return 'fault' in read ? { state: 'unknown' } : openAt(read.hours, calendar, nowMs);
}

const ORDER = { open: 0, unknown: 1, closed: 2 } as const;

/** Who is there now comes first, who is away last; else the order stays. */
export const onDutyFirst = <E extends { readonly duty: OpenState }>(experts: readonly E[]): readonly E[] =>
  [...experts].sort((one, other) => ORDER[one.duty.state] - ORDER[other.duty.state]);
