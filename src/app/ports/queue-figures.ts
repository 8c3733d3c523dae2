import type { ReportPeriod } from '../../domain/reporting/period.ts';
import type { QueueVisits } from '../../domain/reporting/queue-visits.ts';

export interface QueueFigures {
  /** By queue, those with visits; of a period of local days. */
  visits(period: ReportPeriod): Promise<readonly QueueVisits[]>;
  /** Calls that waited in any queue in that time, each once, and those of them that an agent took. */
  calls(period: ReportPeriod): Promise<{ readonly calls: number; readonly answered: number }>;
}
