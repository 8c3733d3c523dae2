import type { DialOutcome } from '../../domain/callbacks/dial-outcome.ts';
import type { OutboundPurpose } from '../../domain/callbacks/purposes.ts';
import type { CallResult } from '../../domain/calls/facts.ts';
import type { CallCounts } from '../../domain/reporting/counts.ts';

/** Calls as they lie in the books, derived from facts. A call that goes on now is in the live picture instead. */
export const CALL_OUTCOMES = ['answeredOnSpot', 'ticket', 'invalid'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** Times are ISO 8601 in UTC. */
export interface CallRow {
  readonly id: string;
  readonly arrivedAt: string;
  readonly dialled: string;
  readonly callerNumber: string;
  readonly line: string | null;
  readonly lineName: string | null;
  readonly mode: string | null;
  readonly queue: string | null;
  readonly queuedAt: string | null;
  readonly agentId: string | null;
  readonly agentNumber: string | null;
  readonly agentName: string | null;
  readonly answeredAt: string | null;
  readonly talkStartedAt: string | null;
  readonly endedAt: string | null;
  readonly releasedBy: string | null;
  readonly result: CallResult | null;
  readonly direction: 'inbound' | 'outbound';
  /** Of a call that we made: why, and what the citizen's telephone said if they did not talk. */
  readonly purpose: OutboundPurpose | null;
  readonly dialOutcome: DialOutcome | null;
  readonly aboutTicket: string | null;
  readonly outcome: CallOutcome | null;
  readonly ticketId: string | null;
}

export interface CallDetail extends CallRow {
  readonly trunk: string;
  readonly recognisedBy: string | null;
  readonly confidence: string | null;
  readonly configurationVersion: number | null;
  /** Relative to the recordings folder; '' when nothing was recorded. */
  readonly recording: string;
  readonly closing: {
    readonly type: string | null;
    readonly category: string | null;
    readonly reason: string | null;
    readonly closedBy: string | null;
    readonly closedAt: string;
  } | null;
  readonly legs: readonly {
    readonly leg: string;
    readonly agentId: string | null;
    readonly agentNumber: string | null;
    readonly number: string | null;
    readonly reason: string;
    readonly rangAt: string;
    readonly answeredAt: string | null;
    readonly endedAt: string | null;
    readonly how: string | null;
  }[];
  readonly facts: readonly {
    readonly seq: number;
    readonly at: string;
    readonly type: string;
    readonly body: Readonly<Record<string, unknown>>;
  }[];
}

export interface CallFilter {
  /** Local day of the municipality, `YYYY-MM-DD`. */
  readonly day?: string;
  readonly line?: string;
  readonly queue?: string;
  readonly agentId?: string;
  readonly result?: CallResult;
  readonly direction?: CallRow['direction'];
  readonly aboutTicket?: string;
  /** `open`: answered, and nobody said yet what became of it. */
  readonly outcome?: CallOutcome | 'open';
  /** An agent of this employer was rung in it. */
  readonly employer?: string;
}

/** One local day. */
export interface CallTotals extends CallCounts {
  readonly day: string;
}

export interface CallRegister {
  /** Newest first. `after` is the `next` of the page before; null when that was the last. `page.invalid` for any other text. */
  list(
    filter: CallFilter,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly calls: readonly CallRow[]; readonly next: string | null }>;
  detail(callId: string): Promise<CallDetail | null>;
  /** Whether this agent talked in it; `unknown`: the books do not have the call (yet). */
  tookPart(callId: string, agentId: string): Promise<'yes' | 'no' | 'unknown'>;
  totals(day: string): Promise<CallTotals>;
}
