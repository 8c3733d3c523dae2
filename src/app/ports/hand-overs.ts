import type { ReportPeriod } from '../../domain/reporting/period.ts';

/** What agents handed over out of their talks, and what emergency desks handed to us. Counted by when it happened. */
export interface HandOvers {
  readonly desks: readonly {
    readonly desk: string;
    /** Called by agents; of them, who came to the citizen, and who took over. */
    readonly called: number;
    readonly joined: number;
    readonly accepted: number;
    /** Calls from the desk's own number to us; of them, answered by a person. */
    readonly received: number;
    readonly receivedAnswered: number;
  }[];
  /** Talks in which somebody outside joined agent and citizen; of them, closed as answered on the spot. */
  readonly threeWay: { readonly calls: number; readonly onSpot: number };
}

export interface HandOverFigures {
  between(
    period: ReportPeriod,
    desks: readonly { readonly desk: string; readonly number: string }[],
  ): Promise<HandOvers>;
}
