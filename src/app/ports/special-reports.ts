import type { IncidentBrief } from '../../domain/incidents/report-draft.ts';
import type { SpecialReportState, SpecialReportText } from '../../domain/incidents/special-report.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export interface SpecialReport extends SpecialReportText {
  readonly id: string;
  readonly incidentId: string;
  readonly incidentNumber: string;
  readonly state: SpecialReportState;
  /** Raised by every change: whoever changes it says which one he saw. */
  readonly revision: number;
  /** ISO 8601, UTC. */
  readonly writtenAt: string;
  readonly writtenBy: string;
  readonly changedAt: string;
  readonly changedBy: string;
  /** 发文字号 and the paper; null before it is issued. */
  readonly number: string | null;
  readonly documentId: string | null;
}

/** Who does it, when; epoch milliseconds. */
export interface ReportTouch {
  readonly by: string;
  readonly at: number;
}

export interface SpecialReportBook {
  /** What the books say of an incident, its appeals and what happened to it; the incident is locked by whoever asks. */
  brief(incidentId: string, tx: Transaction): Promise<IncidentBrief | null>;
  add(
    report: SpecialReportText & ReportTouch & { readonly id: string; readonly incidentId: string },
    tx: Transaction,
  ): Promise<void>;
  /** Holds it until the transaction ends. */
  lock(id: string, tx: Transaction): Promise<SpecialReport | null>;
  find(id: string, tx?: Transaction): Promise<SpecialReport | null>;
  /** Newest first. */
  list(
    filter: { readonly incidentId?: string; readonly state?: SpecialReportState },
    page: PageAsked,
  ): Promise<Paged<SpecialReport>>;
  rewrite(id: string, text: SpecialReportText, touch: ReportTouch, tx: Transaction): Promise<void>;
  end(
    id: string,
    end: { readonly state: 'issued' | 'discarded'; readonly documentId: string | null },
    touch: ReportTouch,
    tx: Transaction,
  ): Promise<void>;
}
