import type { OutboundPurpose } from '../../domain/callbacks/purposes.ts';
import type { DialTally } from '../../domain/reporting/outbound-plan.ts';
import type { ReportPeriod } from '../../domain/reporting/period.ts';

export interface PurposeTally extends DialTally {
  readonly purpose: OutboundPurpose;
}

export interface OutboundFigures {
  callsIn(period: ReportPeriod): Promise<number>;
  /** Calls out that are over, by why they were made; what was dialled for nothing is not among them. */
  dials(period: ReportPeriod): Promise<readonly PurposeTally[]>;
}
