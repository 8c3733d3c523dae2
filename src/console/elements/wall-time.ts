const CHINA_MS = 8 * 3_600_000;

/** `2026-11-26T14:05:00`, as the clocks of China show it and a date field takes it, wherever the desk's computer thinks it is. */
export const wallTime = (atMs: number): string => new Date(atMs + CHINA_MS).toISOString().slice(0, 19);

/** The moment at which they show that, as the API takes it. */
export const momentAt = (wall: string): string => `${wall}+08:00`;
