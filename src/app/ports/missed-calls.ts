import type { MissedCallRules, MissedCallState } from '../../domain/callbacks/missed/missed-call.ts';
import type { Transaction } from './transaction.ts';

export const MISSED_WHY = ['abandoned', 'lost', 'callbackFailed', 'callbackExpired'] as const;
export type MissedWhy = (typeof MISSED_WHY)[number];
export const MISSED_RESULTS = ['reached', 'notReached', 'notNeeded'] as const;
export type MissedResult = (typeof MISSED_RESULTS)[number];

/** A call that ended without anybody, and was not looked at yet. Times are epoch milliseconds. */
export interface UnansweredCall {
  readonly callId: string;
  /** As the carrier gave it. */
  readonly callerNumber: string;
  readonly line: string | null;
  readonly queue: string | null;
  readonly why: MissedWhy;
  readonly endedAt: number;
  readonly waitedMs: number;
}

/** Whom to call about it: his number; nobody, for his callback stands; nobody, for no number of his is known. */
export type MissedCaller =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'promised' | 'withheld' };

/** Of somebody who cannot be called back. Times are ISO 8601 in UTC. */
export interface WithheldCall {
  readonly callId: string;
  readonly line: string | null;
  readonly queue: string | null;
  readonly why: MissedWhy;
  readonly endedAt: string;
  readonly waitedMs: number;
}

/** Times are ISO 8601 in UTC. */
export interface MissedCallView {
  readonly id: string;
  readonly number: string;
  readonly line: string | null;
  readonly queue: string | null;
  readonly why: MissedWhy;
  readonly calls: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly longestWaitMs: number;
  readonly state: MissedCallState;
  readonly claimedBy: { readonly id: string; readonly displayName: string } | null;
  readonly claimedUntil: string | null;
  readonly closedAt: string | null;
  readonly result: MissedResult | null;
  readonly note: string;
}

export interface LockedMissedCall {
  readonly id: string;
  readonly number: string;
  readonly line: string | null;
  readonly state: MissedCallState;
  readonly claimedBy: string | null;
  readonly claimedUntilMs: number | null;
}

export interface MissedCallBook {
  rules(tx?: Transaction): Promise<MissedCallRules>;
  saveRules(rules: MissedCallRules, by: string, at: number): Promise<void>;
  /** One at a time collects, until the transaction ends; false: somebody else does. */
  lockCollecting(tx: Transaction): Promise<boolean>;
  unanswered(endedSince: number, limit: number, tx: Transaction): Promise<readonly UnansweredCall[]>;
  /** A callback of this number stands. */
  isPromised(number: string, tx: Transaction): Promise<boolean>;
  /** Into the open item of this number, or a new one; looked at is it in any case. Returns the item, if there is one. */
  take(
    call: UnansweredCall,
    caller: MissedCaller,
    id: string,
    tx: Transaction,
  ): Promise<{ readonly id: string } | null>;
  /** Open items whose citizen has talked with somebody since; returns how many. */
  closeReached(at: number, tx: Transaction): Promise<number>;
  /** Calls of who cannot be called back that ended at that time or later, the latest first; and how many they are. */
  withheld(
    endedSince: number,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{
    readonly calls: readonly WithheldCall[];
    readonly count: number;
    readonly next: string | null;
  }>;
  lock(id: string, tx: Transaction): Promise<LockedMissedCall | null>;
  /** Until the transaction ends nobody else counts or claims: two at once would both be the last within the quota. */
  lockQuota(tx: Transaction): Promise<void>;
  claimedSince(at: number, tx: Transaction): Promise<number>;
  claim(id: string, by: string, at: number, until: number, tx: Transaction): Promise<void>;
  release(id: string, tx: Transaction): Promise<void>;
  finish(
    id: string,
    end: { readonly by: string; readonly at: number; readonly result: MissedResult; readonly note: string },
    tx: Transaction,
  ): Promise<void>;
  /** `due`: nobody holds it; who called first, first. The others: the latest first. */
  list(
    state: MissedCallState | 'due',
    page: { readonly limit: number; readonly after?: string },
    at: number,
  ): Promise<{ readonly items: readonly MissedCallView[]; readonly next: string | null }>;
}
