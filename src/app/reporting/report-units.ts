import { NO_COUNTS, type Score, scorecards } from '../../domain/reporting/scorecard.ts';
import type { Unit, Units } from '../ports/organisation.ts';
import type { ScoredPeriod, UnitScores } from '../ports/unit-scores.ts';

export interface UnitCard {
  readonly unit: Unit;
  readonly scores: readonly Score[];
}

/**
 * The cards of all units, each compared with those of its kind; the hotline's own house is scored by nobody here. `only`: whoever
 * belongs to a unit reads its card, ranked among the others, and no other (invariant 9 keeps him from writing any).
 */
export function reportUnits(deps: { readonly unitScores: UnitScores; readonly units: Units }) {
  return async (period: ScoredPeriod, only: string | null): Promise<readonly UnitCard[]> => {
    const counted = new Map(
      (await deps.unitScores.counts(period)).map((one) => [`${one.unitCode} ${one.name}`, one]),
    );
    const own = (await deps.units.list()).filter(
      ({ parentCode, kind }) => parentCode === null && kind !== 'centre',
    );
    const kinds = [...new Set(own.map(({ kind }) => kind))];
    const cards = kinds.flatMap((kind) => {
      const peers = own.filter((one) => one.kind === kind);
      const scores = scorecards(
        peers.map(({ code }) => code),
        (unit, name) => counted.get(`${unit} ${name}`) ?? NO_COUNTS,
      );
      return peers.map(({ code, name }) => ({
        unit: { code, name, kind },
        scores: scores.get(code) ?? [],
      }));
    });
    return only === null ? cards : cards.filter(({ unit }) => unit.code === only);
  };
}
