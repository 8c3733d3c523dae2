import type { HeardTally } from '../../domain/reporting/discontent.ts';
import type { DispatchCounts, MatterCounts } from '../../domain/reporting/matter-figures.ts';

export interface UnitDispatches extends DispatchCounts {
  readonly unitCode: string;
  readonly unitName: string | null;
}

/** Of tickets, from one instant (included) to another, epoch milliseconds. */
export interface MatterFigureBook {
  /** Matters by what was heard of them first in that time, by visit or by the citizen's own rating, each once. */
  heard(from: number, to: number): Promise<readonly HeardTally[]>;
  /** Of complaints accepted in that time. */
  complaints(from: number, to: number): Promise<MatterCounts>;
  /** Of dispatches of that time, by the unit that got them; the most first. */
  dispatches(from: number, to: number): Promise<readonly UnitDispatches[]>;
}
