/** Characters that a reason has at least, as the API asks for one that goes on record. */
export const REASON_AT_LEAST = 4;

/** Said well enough to be sent. */
export const isReason = (words: string): boolean => words.trim().length >= REASON_AT_LEAST;
