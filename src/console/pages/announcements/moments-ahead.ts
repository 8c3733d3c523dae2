const HOUR_MS = 3_600_000;

/** As the API and the date fields write a moment, in China's one time. */
export function isoOf(ms: number): string {
  return `${new Date(ms + 8 * HOUR_MS).toISOString().slice(0, 19)}+08:00`;
}

/** The full hour that many hours from now. */
export const hoursAhead = (hours: number, nowMs: number): string =>
  isoOf(Math.ceil((nowMs + hours * HOUR_MS) / HOUR_MS) * HOUR_MS);
