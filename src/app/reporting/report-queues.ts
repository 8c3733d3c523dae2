import type { ReportPeriod } from '../../domain/reporting/period.ts';
import { type QueueVisits, reconciles, totalOf } from '../../domain/reporting/queue-visits.ts';
import type { QueueFigures } from '../ports/queue-figures.ts';
import { daysWithin } from './report-lines.ts';

export interface QueueReport {
  readonly queues: readonly QueueVisits[];
  readonly total: Omit<QueueVisits, 'queue'>;
  readonly calls: number;
  readonly answeredCalls: number;
  /** In every queue what was offered is what became of it. */
  readonly reconciles: boolean;
}

/** What became of calls in each queue. Code: period.tooLong. */
export function reportQueues({ queueFigures }: { readonly queueFigures: QueueFigures }) {
  return async (period: ReportPeriod): Promise<QueueReport> => {
    daysWithin(period);
    const queues = await queueFigures.visits(period);
    const { calls, answered } = await queueFigures.calls(period);
    return {
      queues,
      total: totalOf(queues),
      calls,
      answeredCalls: answered,
      reconciles: queues.every(reconciles),
    };
  };
}
