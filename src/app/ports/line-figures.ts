import type { ReportedCounts } from '../../domain/reporting/counts.ts';
import type { PeriodRows } from '../../domain/reporting/line-report.ts';
import type { ReportPeriod } from '../../domain/reporting/period.ts';
import type { TrafficDay } from '../../domain/reporting/traffic.ts';

/** Calls counted by line. Local days of the municipality. */
export interface LineFigures {
  /** All lines, or one; one line costs what its own calls cost, however many the others have. */
  rows(period: ReportPeriod, line: string | null): Promise<PeriodRows>;
  /** What units reported, by local day; days without are left out. */
  reportedByDay(
    period: ReportPeriod,
  ): Promise<readonly { readonly day: string; readonly reported: ReportedCounts }[]>;
  /** Days with something to tell, of one line. */
  traffic(period: ReportPeriod, line: string): Promise<readonly TrafficDay[]>;
}
