/**
 * What became of a dispatch:
 *
 *   returned       退单成立: it was not the unit's, as an adjudicator found
 *   adjudicatedTo  裁定承办: it was given to the unit instead
 *   kept           退单不成立: the unit wanted to return it, and it was the unit's
 *   handled        办结上报: the unit did it
 *
 * A return that nobody has judged teaches nothing: else a unit would be rid of its work by returning it.
 */
export const OUTCOMES = ['returned', 'adjudicatedTo', 'kept', 'handled'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Experience {
  readonly unitCode: string;
  readonly outcome: Outcome;
  readonly at: number;
  /** In the area that is asked about; elsewhere it counts half. */
  readonly sameArea: boolean;
}

/** In points of a suggestion. One return does not outweigh the catalogue; two that were granted do. */
const WEIGHTS: Readonly<Record<Outcome, number>> = { returned: -20, adjudicatedTo: 15, kept: 10, handled: 3 };
const ELSEWHERE = 0.5;
const LEAST = -45;
const MOST = 35;

/** Duties change: what is half a year old counts half. */
export const HALF_LIFE_MS = 182 * 86_400_000;

export interface Learned {
  /** Whole points, -45 to 35. */
  readonly points: number;
  readonly times: Readonly<Record<Outcome, number>>;
  readonly lastAt: number;
}

/** What experience says about each unit at an instant; what came later is not known yet. */
export function learn(experience: readonly Experience[], now: number): ReadonlyMap<string, Learned> {
  const sums = new Map<string, { sum: number; times: Record<Outcome, number>; lastAt: number }>();
  for (const { unitCode, outcome, at, sameArea } of experience) {
    if (at > now) continue;
    const weight = WEIGHTS[outcome] * 0.5 ** ((now - at) / HALF_LIFE_MS) * (sameArea ? 1 : ELSEWHERE);
    const known = sums.get(unitCode) ?? {
      sum: 0,
      times: { returned: 0, adjudicatedTo: 0, kept: 0, handled: 0 },
      lastAt: 0,
    };
    known.sum += weight;
    known.times[outcome] += 1;
    known.lastAt = Math.max(known.lastAt, at);
    sums.set(unitCode, known);
  }
  return new Map(
    [...sums].map(([unitCode, { sum, times, lastAt }]) => [
      unitCode,
      { points: Math.round(Math.min(MOST, Math.max(LEAST, sum))), times, lastAt },
    ]),
  );
}
