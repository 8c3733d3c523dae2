import { afterQuietHours } from '../deadlines/quiet-hours.ts';
import type { CallbackRule } from '../hotlines/callback-rule.ts';
import { CALLBACK_TABLE, type CallbackState, isOver } from './callback-table.ts';
import { DIAL_OUTCOMES, type DialOutcome } from './dial-outcome.ts';
import { nextStandMs, type Stand } from './stands.ts';

/** What is asked for, and by whom. */
export interface CallbackRequest {
  readonly id: string;
  /** In the one spelling. */
  readonly number: string;
  readonly queue: string;
  readonly priority: number;
  /** Since when the citizen waits: of his call, not of the callback. */
  readonly sinceMs: number;
  /** The desks that look for an agent for him, and from when on. */
  readonly stands?: readonly Stand[];
  /** The call in which he asked for it. */
  readonly callId: string;
  /** The number he dialled, with its name, for who calls him back. */
  readonly line: string | null;
  readonly lineName: string;
  /** His ticket that is not closed, if he has one. */
  readonly ticketId: string | null;
  /** Absent in callbacks saved by an earlier release. */
  readonly ticketNumber?: string | null;
  readonly rule: CallbackRule;
}

/** A place in the queue that is kept for who is to be called back. Immutable; unique for each number and queue. */
export interface Callback extends CallbackRequest {
  readonly requestedMs: number;
  readonly validUntilMs: number;
  readonly state: CallbackState;
  /** Rises with each move. */
  readonly seq: number;
  /** Of the citizen's telephone. */
  readonly attempts: number;
  readonly lastOutcome: DialOutcome | null;
  /** dialling: the call to him; onLine: the call of his. */
  readonly inCall: string | null;
  /** dialling: by then the call has told how it went, or something is wrong. */
  readonly leasedUntilMs: number | null;
  /** resting: when he may be called again. */
  readonly dueMs: number | null;
  readonly endedMs: number | null;
}

export type CallbackEvent =
  /** An agent is free for him. */
  | { readonly type: 'matched'; readonly callId: string }
  | { readonly type: 'quiet' }
  | { readonly type: 'reached'; readonly callId: string }
  | { readonly type: 'notReached'; readonly callId: string; readonly outcome: DialOutcome }
  /** The agent did not take the call, or had to leave before the citizen's telephone was tried. */
  | { readonly type: 'agentAway'; readonly callId: string }
  | { readonly type: 'leaseOver' }
  | { readonly type: 'due' }
  | { readonly type: 'calledIn'; readonly callId: string }
  | { readonly type: 'gotThrough'; readonly callId: string }
  | { readonly type: 'hungUp'; readonly callId: string }
  | { readonly type: 'cancel' }
  | { readonly type: 'expire' };

/** Longer than an agent and a citizen may be rung, one after the other. */
export const LEASE_MS = 5 * 60_000;
/** Who asks for it at night is awake for so long. */
const AWAKE_MS = 60 * 60_000;
/** What is put off over the night is due in the morning, and not over then. */
const MORNING_MS = 2 * 3_600_000;

/** He is still on the line, hearing that he will be called: only when that call is over does he wait. */
export function requestCallback(request: CallbackRequest, nowMs: number, zone: string): Callback {
  const { rule } = request;
  const end = nowMs + rule.validMs;
  const day = afterQuietHours(end, rule.quietHours, zone);
  return {
    ...request,
    requestedMs: nowMs,
    validUntilMs: day === end ? end : day + MORNING_MS,
    state: 'onLine',
    seq: 1,
    attempts: 0,
    lastOutcome: null,
    inCall: request.callId,
    leasedUntilMs: null,
    dueMs: null,
    endedMs: null,
  };
}

/** The first moment, not before `nowMs`, at which his telephone may ring. */
export function diallableMs(
  { requestedMs, rule }: Pick<Callback, 'requestedMs' | 'rule'>,
  nowMs: number,
  zone: string,
): number {
  if (nowMs - requestedMs <= AWAKE_MS) return nowMs;
  return afterQuietHours(nowMs, rule.quietHours, zone);
}

/** When somebody must look at it next, whatever happens; null: not before something happens. */
export function nextLookMs(callback: Callback, nowMs: number): number | null {
  const { state, leasedUntilMs, dueMs, validUntilMs } = callback;
  switch (state) {
    case 'waiting':
      return Math.min(validUntilMs, nextStandMs(callback, nowMs) ?? validUntilMs);
    case 'dialling':
      return leasedUntilMs;
    case 'resting':
      return Math.min(dueMs ?? validUntilMs, validUntilMs);
    case 'onLine':
    case 'fulfilled':
    case 'cancelled':
    case 'failed':
    case 'expired':
      return null;
    default:
      return state satisfies never;
  }
}

/** The event that its time brings; null: it has not come. */
export function lookAt(callback: Callback, nowMs: number): CallbackEvent | null {
  const { state, leasedUntilMs, dueMs, validUntilMs } = callback;
  if ((state === 'waiting' || state === 'resting') && nowMs >= validUntilMs) return { type: 'expire' };
  if (state === 'resting' && nowMs >= (dueMs ?? validUntilMs)) return { type: 'due' };
  if (state === 'dialling' && nowMs >= (leasedUntilMs ?? nowMs)) return { type: 'leaseOver' };
  return null;
}

/** The next state of a callback; the same object when the event is late, repeated or of another call. */
export function moveCallback(
  callback: Callback,
  event: CallbackEvent,
  { nowMs, zone }: { readonly nowMs: number; readonly zone: string },
): Callback {
  if (!(event.type in CALLBACK_TABLE[callback.state])) return callback;
  const ofAnother = 'callId' in event && callback.inCall !== null && event.callId !== callback.inCall;
  if (ofAnother && event.type !== 'calledIn') return callback;
  const enter = (state: CallbackState, change: Partial<Callback> = {}): Callback => ({
    ...callback,
    inCall: null,
    leasedUntilMs: null,
    dueMs: null,
    ...change,
    state,
    seq: callback.seq + 1,
    endedMs: isOver(state) ? nowMs : null,
  });
  switch (event.type) {
    case 'matched':
      return enter('dialling', { inCall: event.callId, leasedUntilMs: nowMs + LEASE_MS });
    case 'quiet':
      return enter('resting', { dueMs: diallableMs(callback, nowMs, zone) });
    case 'reached':
      return enter('fulfilled', { attempts: callback.attempts + 1, lastOutcome: 'reached' });
    case 'notReached':
      return afterTry(callback, event.outcome, enter, { nowMs, zone });
    case 'agentAway':
    case 'leaseOver':
    case 'hungUp':
    case 'due':
      return enter('waiting');
    case 'calledIn':
      return enter('onLine', { inCall: event.callId });
    case 'gotThrough':
    case 'cancel':
      return enter('cancelled');
    case 'expire':
      return enter('expired');
    default:
      return event satisfies never;
  }
}

function afterTry(
  callback: Callback,
  outcome: DialOutcome,
  enter: (state: CallbackState, change?: Partial<Callback>) => Callback,
  { nowMs, zone }: { readonly nowMs: number; readonly zone: string },
): Callback {
  const { counts, againAfterMs } = DIAL_OUTCOMES[outcome];
  const attempts = callback.attempts + (counts ? 1 : 0);
  const tried = { attempts, lastOutcome: outcome };
  if (attempts >= callback.rule.attempts) return enter('failed', tried);
  const dueMs = diallableMs(callback, nowMs + againAfterMs, zone);
  // The next try would come too late: better known now than then.
  return dueMs >= callback.validUntilMs ? enter('failed', tried) : enter('resting', { ...tried, dueMs });
}
