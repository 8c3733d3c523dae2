import type { WorkingCalendar } from './calendar.ts';
import { dueOf } from './clocks.ts';
import { type LimitedTicket, sameValue, ticketLimit } from './limit-set.ts';
import type { Limit, LimitedType, Preset } from './presets.ts';

/** What one kind of ticket is promised: how long, in words as well, and until when it would be if it came at the instant that was asked about. */
export interface Promised {
  readonly limit: Limit;
  readonly words: string;
  readonly dueAt: number;
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

/** What a limit promises to a ticket that is accepted at an instant. */
export const promisedBy = (limit: Limit, at: number, calendar: WorkingCalendar): Promised => ({
  limit,
  words: limitWords(limit),
  dueAt: dueOf(at, limit, calendar).dueAt,
});

/** Each kind of ticket that is promised something else by other limits, with an example: one that is accepted at `at`. */
export function limitExamples(
  before: Preset,
  after: Preset,
  at: number,
  calendar: WorkingCalendar,
): readonly LimitExample[] {
  const usual = { type: 'HELP', urgency: 'normal', categoryCode: '', extendedBy: 0 } as const;
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
  ];
  return kinds.flatMap(({ field, ...ticket }) => {
    const [was, is] = [ticketLimit(before, ticket), ticketLimit(after, ticket)];
    return sameValue(was, is)
      ? []
      : [{ field, before: promisedBy(was, at, calendar), after: promisedBy(is, at, calendar) }];
  });
}
