import type { ReportedCall } from '../../domain/reporting/reported-call.ts';
import type { Transaction } from './transaction.ts';

export interface NewReportedCall extends ReportedCall {
  readonly id: string;
}

export interface ReportedCallBook {
  /**
   * Writes those that are not known yet (same line and reference, or same line, start and caller), and of two alike in
   * one list the first; returns the ids of what was written. Numbers of callers are hashed and not kept.
   */
  add(
    calls: readonly NewReportedCall[],
    by: { readonly accountId: string; readonly at: number },
    tx: Transaction,
  ): Promise<ReadonlySet<string>>;
  /**
   * Finds reported calls that began between two moments and are calls of ours that rang the unit; they count as ours.
   * Returns how many were found now; asking again finds what came later.
   */
  matchOurs(fromMs: number, untilMs: number, tx?: Transaction): Promise<number>;
}
