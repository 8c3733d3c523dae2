import type { CalendarVersion, ModeBar, ModeChange, WorkingDay } from './shapes.ts';

// Days on a line from the left to the right, in parts of a hundred.

const DAY_MS = 86_400_000;
const msOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** `days` later, earlier when negative. */
export const addDays = (day: string, days: number): string =>
  new Date(msOf(day) + days * DAY_MS).toISOString().slice(0, 10);
const daysBetween = (from: string, to: string): number => Math.round((msOf(to) - msOf(from)) / DAY_MS);

/** Both days are seen. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** Where the day begins. */
export function leftOf(day: string, { from, to }: Span): number {
  const whole = daysBetween(from, to) + 1;
  return (Math.min(whole, Math.max(0, daysBetween(from, day))) / whole) * 100;
}

/** Where the bar stands, and whether it goes on beyond what is seen. */
export function placeOf(bar: Pick<ModeBar, 'from' | 'to'>, span: Span) {
  const left = leftOf(bar.from, span);
  const right = bar.to === null ? 100 : leftOf(addDays(bar.to, 1), span);
  return {
    left,
    width: right - left,
    comesFromBefore: bar.from < span.from,
    goesOn: bar.to === null || bar.to > span.to,
  };
}

/** First days of months; of a long span only every third. With its year where that begins. */
export function ticksOf(
  span: Span,
): readonly { readonly day: string; readonly left: number; readonly withYear: boolean }[] {
  const every = daysBetween(span.from, span.to) > 400 ? 3 : 1;
  const ticks: { day: string; left: number; withYear: boolean }[] = [];
  const [year = 0, month = 1] = span.from.split('-').map(Number);
  for (let nth = 0; ; nth += 1) {
    const at = new Date(Date.UTC(year, month - 1 + nth, 1));
    const day = at.toISOString().slice(0, 10);
    if (day > span.to) return ticks;
    if (day < span.from || at.getUTCMonth() % every !== 0) continue;
    ticks.push({ day, left: leftOf(day, span), withYear: at.getUTCMonth() === 0 });
  }
}

/** Days off under one name that follow each other. */
export interface Holiday extends Span {
  readonly name: string;
}
export function holidaysOf(days: readonly WorkingDay[]): readonly Holiday[] {
  const found: Holiday[] = [];
  for (const { date, kind, name } of days) {
    if (kind !== 'holiday') continue;
    const last = found.at(-1);
    if (last?.name === name && addDays(last.to, 1) === date) found[found.length - 1] = { ...last, to: date };
    else found.push({ name, from: date, to: date });
  }
  return found;
}

/** Everything that will be otherwise, in the order of the days. */
export type Coming =
  | { readonly kind: 'change'; readonly day: string; readonly change: ModeChange }
  | { readonly kind: 'version'; readonly day: string; readonly version: CalendarVersion }
  | { readonly kind: 'holiday'; readonly day: string; readonly holiday: Holiday };

export function comingOf(
  changes: readonly ModeChange[],
  versions: readonly CalendarVersion[],
  holidays: readonly Holiday[],
  { from, to }: Span,
): readonly Coming[] {
  const all: Coming[] = [
    ...versions.map((version) => ({ kind: 'version', day: version.day, version }) as const),
    ...changes.map((change) => ({ kind: 'change', day: change.day, change }) as const),
    ...holidays.map((holiday) => ({ kind: 'holiday', day: holiday.from, holiday }) as const),
  ];
  return all.filter(({ day }) => day >= from && day <= to).toSorted((a, b) => a.day.localeCompare(b.day));
}
