import type { CalendarSource } from '../ports/calendar.ts';
import type { OutcomeBook } from '../ports/tickets.ts';

const BATCH = 500;
const DAY_MS = 86_400_000;
const RECENT_MS = 2 * DAY_MS;

/**
 * Answered calls that nobody gave an outcome within the municipality's minutes after their end count as answered on
 * the spot: an enquiry, uncategorised, closed by nobody (invariant 5); but not those of which an agent has written something,
 * which a person must close. Returns how many. Looks at the last days, and once
 * a day at all there are: what ended long ago is there late only when facts were, and millions that are closed are not
 * gone through each time.
 */
export function closeForgottenCalls(deps: {
  readonly calendar: CalendarSource;
  readonly outcomes: OutcomeBook;
  readonly now: () => number;
}) {
  let wholeAt: number | null = null;
  return async (): Promise<number> => {
    const { forgottenCallMinutes } = await deps.calendar.load();
    const now = deps.now();
    const whole = wholeAt === null || now - wholeAt >= DAY_MS;
    const beforeMs = now - forgottenCallMinutes * 60_000;
    const fromMs = whole ? 0 : beforeMs - RECENT_MS;
    const closed = await deps.outcomes.closeForgotten({ fromMs, beforeMs }, now, BATCH);
    if (whole && closed < BATCH) wholeAt = now;
    return closed;
  };
}
