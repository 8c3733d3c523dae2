/**
 * China's clocks, wherever the desk's computer thinks it is: eight hours ahead, the whole year. Here alone stands what that
 * means; of the summers before 1992 `moments.ts` knows, and nobody writes a moment in one.
 */
const OFFSET = '+08:00';
const HOUR_MS = 3_600_000;
export const AHEAD_MS = 8 * HOUR_MS;

/** How a date field writes the minute that was chosen: as the API takes it. */
export const MOMENT_FORMAT = `YYYY-MM-DDTHH:mm:00${OFFSET}`;

/** `2026-11-26T14:05:00+08:00`: an instant as a date field and the API take it. */
export const momentText = (atMs: number): string =>
  `${new Date(atMs + AHEAD_MS).toISOString().slice(0, 19)}${OFFSET}`;

/** The full hour so many hours from now, or the next after it. */
export const hoursAhead = (hours: number, nowMs: number): string =>
  momentText(Math.ceil((nowMs + hours * HOUR_MS) / HOUR_MS) * HOUR_MS);

/** Where a local day begins: of `2026-11-26` its midnight, as the API takes it. */
export const midnightOf = (day: string): string => `${day}T00:00:00${OFFSET}`;

/** All of these local days: from the first's midnight to the one after the last, as the API takes it. */
export const wholeDays = (from: string, to: string): { readonly from: string; readonly to: string } => ({
  from: midnightOf(from),
  to: new Date(Date.parse(midnightOf(to)) + 24 * HOUR_MS).toISOString(),
});
