const DAY_MS = 86_400_000;

/**
 * So long a call of which nothing was written is looked for among those without an outcome. It counts as answered on the spot some
 * minutes after its end; what came into the books late is looked through once a day. One with words stands until its outcome.
 */
export const OPEN_CALL_DAYS = 7;
export const OPEN_CALL_MS = OPEN_CALL_DAYS * DAY_MS;

/** Whoever wrote it has been at work again by then: it was forgotten, and a lead must see to it. */
export const OPEN_DRAFT_LATE_HOURS = 24;
export const OPEN_DRAFT_LATE_MS = OPEN_DRAFT_LATE_HOURS * 3_600_000;

/**
 * Personal data of citizens is kept no longer without a use; leads have been told each day by then. Without its words the call is
 * closed as any forgotten one.
 */
export const OPEN_DRAFT_KEPT_DAYS = 30;
export const OPEN_DRAFT_KEPT_MS = OPEN_DRAFT_KEPT_DAYS * DAY_MS;
