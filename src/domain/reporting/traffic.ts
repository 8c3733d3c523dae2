/** One line's calls of one local day. */
export interface TrafficDay {
  readonly day: string;
  readonly calls: number;
  readonly answered: number;
  /** Numbers that called; withheld ones are in no number. */
  readonly callers: number;
  /** While the transition ran, and after its last second: what is left of the old habit (RD-06). */
  readonly during: number;
  readonly after: number;
  /** Messages 请今后直接拨打12345 of that day about this line. */
  readonly told: number;
  /** Calls that the unit itself reported. */
  readonly reportedByUnit: number;
}

/** The curve without gaps: a day without calls is a day with none. */
export function trafficCurve(days: readonly string[], rows: readonly TrafficDay[]): readonly TrafficDay[] {
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const none = { calls: 0, answered: 0, callers: 0, during: 0, after: 0, told: 0, reportedByUnit: 0 };
  return days.map((day) => byDay.get(day) ?? { day, ...none });
}
