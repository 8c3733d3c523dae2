import type { CalendarSource } from '../ports/calendar.ts';
import type { OutcomeBook } from '../ports/tickets.ts';

const BATCH = 500;

/**
 * Answered calls that nobody gave an outcome within the municipality's minutes after their end count as answered on
 * the spot: an enquiry, uncategorised, closed by nobody (invariant 5). Returns how many.
 */
export function closeForgottenCalls(deps: {
  readonly calendar: CalendarSource;
  readonly outcomes: OutcomeBook;
  readonly now: () => number;
}) {
  return async (): Promise<number> => {
    const { forgottenCallMinutes } = await deps.calendar.load();
    const now = deps.now();
    return deps.outcomes.closeForgotten(now - forgottenCallMinutes * 60_000, now, BATCH);
  };
}
