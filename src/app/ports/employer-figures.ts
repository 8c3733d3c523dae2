import type { CardCounts, NotReady } from '../../domain/reporting/employer-card.ts';
import type { ReportPeriod } from '../../domain/reporting/period.ts';

export interface AgentCardRow {
  readonly employer: string;
  readonly employerName: string;
  readonly agentId: string;
  readonly number: string;
  readonly displayName: string;
  readonly counts: CardCounts;
  readonly notReady: readonly NotReady[];
}

export interface EmployerFigures {
  /** Of every agent who worked in the period, once for each employer whose he was then; `employer`: of that one alone. */
  cards(period: ReportPeriod, employer: string | null): Promise<readonly AgentCardRow[]>;
  /** Answered from a queue, and no leg tells by whom: calls adopted after a crash. */
  unattributed(period: ReportPeriod): Promise<number>;
}
