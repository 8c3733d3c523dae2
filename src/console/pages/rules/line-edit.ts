import type { Line, LinePatch } from '../../rules/shapes.ts';

/** The fields of a line that its form changes. */
export type LineFields = Partial<
  Pick<
    Line,
    | 'name'
    | 'mode'
    | 'validTo'
    | 'queue'
    | 'unitNumber'
    | 'trunk'
    | 'centreAddress'
    | 'hours'
    | 'afterEnd'
    | 'basis'
  >
>;

/** What somebody wants of a line: only what he touched, so that what others change meanwhile stays theirs. */
interface LineWish {
  touched: LineFields;
  /** From when on: the day of publishing, or `day`. */
  when: 'today' | 'day';
  day: string | null;
}
export const noWish = (): LineWish => ({ touched: {}, when: 'today', day: '' });

const DAY_MS = 86_400_000;
const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);

export const hasEnded = ({ validTo }: Line, today: string): boolean => validTo !== null && validTo < today;

/** The last day as it would be: another mode has the end that is usual for it, unless somebody says one. */
export function lastDayOf(
  period: Line,
  { validTo, mode = period.mode }: LineFields,
  today: string,
): string | null {
  if (validTo !== undefined) return validTo;
  return mode === period.mode && !hasEnded(period, today) ? period.validTo : null;
}

/**
 * The edit that brings the wish about in the period that is changed. From a later day on, the period ends the day before
 * and another one begins. A planned period is named by its first day; one that runs is not: the past stays as it was. Of a
 * period that is over nothing changes: another one follows it.
 */
export function editOf(period: Line, { touched, when, day }: LineWish, today: string): LinePatch[] {
  const { number, validFrom, validTo } = period;
  if (validFrom > today) return [{ number, validFrom, ...touched }];
  if (hasEnded(period, today))
    return [{ number, validFrom: when === 'day' && day !== null ? day : today, ...touched }];
  if (when === 'today' || day === null) return [{ number, ...touched }];
  const sameMode = touched.mode === undefined || touched.mode === period.mode;
  const next = { number, validFrom: day, ...(sameMode ? { validTo } : {}), ...touched };
  const endsBefore = validTo !== null && validTo < day;
  return endsBefore ? [next] : [{ number, validTo: dayBefore(day) }, next];
}

/** What is missing before the wish can be sent; null: nothing. */
export function faultOf(wish: LineWish, today: string): 'nothing' | 'day' | 'order' | null {
  const { touched, when, day } = wish;
  if (Object.keys(touched).length === 0) return 'nothing';
  if (when === 'day' && (day === null || day <= today)) return 'day';
  const { validTo } = touched;
  if (validTo != null && validTo < (when === 'day' && day !== null ? day : today)) return 'order';
  return null;
}
