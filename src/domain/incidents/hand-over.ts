/**
 * 应急交办 (HM-13) of the appeals of an incident, one after the other. Modes of each line:
 *
 *   waiting  待交办: its turn comes, or comes again after something went wrong
 *   done     已交办: an urgent ticket with its units
 *   refused  未能交办: with the reason; a person deals with it
 */
export const HAND_OVER_OUTCOMES = ['waiting', 'done', 'refused'] as const;
export type HandOverOutcome = (typeof HAND_OVER_OUTCOMES)[number];

/** Who the hotline's word gives it to, and what is asked of them. */
export interface HandOverOrder {
  readonly unitCode: string;
  readonly assistUnits: readonly string[];
  readonly demand: string;
}

const TRIES_AT_MOST = 5;
const AGAIN_AFTER_MS = 5_000;

/**
 * Something that nobody foresaw came between. When it is tried again, in epoch milliseconds; null: often enough, a person
 * must see to it.
 */
export const handOverAgainAt = (tries: number, nowMs: number): number | null =>
  tries >= TRIES_AT_MOST ? null : nowMs + AGAIN_AFTER_MS * 2 ** (tries - 1);
