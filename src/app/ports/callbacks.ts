import type { CallbackState } from '../../domain/callbacks/callback-table.ts';
import type { DialOutcome } from '../../domain/callbacks/dial-outcome.ts';

/** A queue callback as it lies in the books. Times are ISO 8601 in UTC. */
export interface CallbackView {
  readonly id: string;
  readonly number: string;
  readonly queue: string;
  readonly line: string | null;
  /** The call in which it was asked for. */
  readonly callId: string;
  readonly ticketId: string | null;
  readonly state: CallbackState;
  /** Since when the citizen waits. */
  readonly sinceAt: string;
  readonly requestedAt: string;
  readonly validUntil: string;
  /** When he may be called again; null but between two tries. */
  readonly dueAt: string | null;
  readonly attempts: number;
  readonly lastOutcome: DialOutcome | null;
  readonly endedAt: string | null;
}

export interface CallbackFilter {
  readonly state?: CallbackState;
  readonly queue?: string;
  /** Of one of these. */
  readonly queues?: readonly string[];
  /** `open`: not over. */
  readonly only?: 'open';
}

export interface CallbackBook {
  /** Newest first. `page.invalid` for a foreign cursor. */
  list(
    filter: CallbackFilter,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly callbacks: readonly CallbackView[]; readonly next: string | null }>;
  known(id: string): Promise<boolean>;
}
