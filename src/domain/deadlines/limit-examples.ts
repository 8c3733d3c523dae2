import type { WorkingCalendar } from './calendar.ts';
import { dueOf } from './clocks.ts';
import { compressedCalendar, daySecondsOf } from './compressed-time.ts';
import { type LimitedTicket, sameValue, ticketLimit } from './limit-set.ts';
import type { Limit, LimitedType, Preset } from './presets.ts';

/** What one kind of ticket is promised: how long, in words as well, and until when it would be if it came at the instant that was asked about. */
export interface Promised {
  readonly limit: Limit;
  readonly words: string;
  readonly dueAt: number;
  /** A day counts as so many seconds; null: its time is real. */
  readonly daySeconds: number | null;
}

export interface LimitExample {
  /** As `citizenLimitChanges` names it; a category by its code. */
  readonly field: string;
  readonly before: Promised;
  readonly after: Promised;
}

export function limitWords({ unit, amount }: Limit): string {
  switch (unit) {
    case 'workingDays':
      return `${amount}个工作日`;
    case 'closeOfWorkingDay':
      return amount === 1 ? '当日下班前' : `含当日${amount}个工作日`;
    case 'calendarDays':
      return `${amount}日`;
    case 'hours':
      return `${amount}小时`;
    default:
      return unit satisfies never;
  }
}

/** What a limit promises to a ticket that is accepted at an instant, by the calendar that it is counted with. */
export const promisedBy = (
  limit: Limit,
  at: number,
  real: WorkingCalendar,
  daySeconds: number | null,
): Promised => {
  const calendar = daySeconds === null ? real : compressedCalendar(real, daySeconds);
  return { limit, words: limitWords(limit), dueAt: dueOf(at, limit, calendar).dueAt, daySeconds };
};

/** Each kind of ticket that is promised something else by other limits, with an example: one that is accepted at `at`. */
export function limitExamples(
  before: Preset,
  after: Preset,
  at: number,
  calendar: WorkingCalendar,
): readonly LimitExample[] {
  const usual = { type: 'HELP', urgency: 'normal', categoryCode: '', extendedBy: 0 } as const;
  const shown = (after.compressed ?? before.compressed)?.category;
  const categories = [...before.categories, ...after.categories].map(({ category }) => category);
  const kinds: readonly (LimitedTicket & { readonly field: string })[] = [
    ...(Object.keys(after.limits) as LimitedType[]).map((type) => ({
      ...{ ...usual, type },
      field: `limits.${type}`,
    })),
    // Without a limit of its own it has that of its type, which is told there.
    ...(before.urgent === null && after.urgent === null
      ? []
      : [{ ...usual, urgency: 'urgent', field: 'urgent' } as const]),
    ...[...new Set(categories)].map((categoryCode) => ({
      ...{ ...usual, categoryCode },
      field: `categories.${categoryCode}`,
    })),
    ...(shown === undefined ? [] : [{ ...usual, categoryCode: shown, field: 'compressed' }]),
  ];
  return kinds.flatMap(({ field, ...ticket }) => {
    const accepted = { ...ticket, acceptedAt: at };
    const [was, is] = [ticketLimit(before, ticket), ticketLimit(after, ticket)];
    const [wasDay, isDay] = [daySecondsOf(before, accepted), daySecondsOf(after, accepted)];
    return sameValue(was, is) && wasDay === isDay
      ? []
      : [
          {
            field,
            before: promisedBy(was, at, calendar, wasDay),
            after: promisedBy(is, at, calendar, isDay),
          },
        ];
  });
}
