import type { ScoreCounts, ScoreName } from '../../domain/reporting/scorecard.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';

/** Local days, both included; what is not decided yet at `now` is in no figure. */
export interface ScoredPeriod {
  readonly from: string;
  readonly to: string;
  readonly now: number;
}

export interface CountedScore extends ScoreCounts {
  readonly unitCode: string;
  readonly name: ScoreName;
}

/** One thing that a figure counts. Times are ISO 8601 in UTC. */
export interface ScoreRow {
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly title: string;
  readonly at: string;
  /** It is in the numerator. */
  readonly counts: boolean;
  readonly excluded: boolean;
  /** null: that question is not asked. */
  readonly proven: boolean | null;
}

export interface UnitScores {
  /** Units of which nothing was counted are left out. */
  counts(period: ScoredPeriod): Promise<readonly CountedScore[]>;
  /** What stands behind one figure of one unit, as far as the reader may see its tickets; `withheld`: how many he may not. */
  rows(
    period: ScoredPeriod,
    of: { readonly unitCode: string; readonly name: ScoreName; readonly counts?: boolean },
    sight: Sight,
    page: PageAsked,
  ): Promise<Paged<ScoreRow> & { readonly withheld: number }>;
}
