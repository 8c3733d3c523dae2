import { afterQuietHours, type QuietHours } from '../deadlines/quiet-hours.ts';
import { MESSAGE_KINDS, type MessageKind } from './kinds.ts';

export interface SendingRules {
  readonly quietHours: QuietHours;
  readonly zone: string;
}

/** The earliest moment at which a message may go out. */
export function sendableAt(kind: MessageKind, wantedAt: number, { quietHours, zone }: SendingRules): number {
  return MESSAGE_KINDS[kind].urgent ? wantedAt : afterQuietHours(wantedAt, quietHours, zone);
}

export type SendingDecision =
  | { readonly kind: 'send' }
  /** Its hour has not come, or the quiet hours were moved since. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'stale' };

/** Asked again by whoever holds the claim, just before the side effect. */
export function decideSending(
  message: { readonly kind: MessageKind; readonly wantedAt: number; readonly notBefore: number },
  now: number,
  rules: SendingRules,
): SendingDecision {
  const { staleAfterMs } = MESSAGE_KINDS[message.kind];
  const until = sendableAt(message.kind, Math.max(now, message.notBefore), rules);
  // A night's wait is not the message's fault: it is fresh at the morning it was put off to.
  const freshUntil = sendableAt(message.kind, message.wantedAt + staleAfterMs, rules);
  if (until > freshUntil) return { kind: 'stale' };
  return until > now ? { kind: 'wait', until } : { kind: 'send' };
}

/** What a driver says of one attempt. */
export type Attempt =
  | { readonly kind: 'taken'; readonly proof: string }
  /** Trying again may help; `retryAfterMs`: the gateway's own word for when. */
  | { readonly kind: 'later'; readonly why: string; readonly retryAfterMs: number | null }
  /** Trying again will never help. */
  | { readonly kind: 'refused'; readonly why: string };

const MINUTE_MS = 60_000;
/** Pauses after the first, second … failure; after the last failure a person must look. */
export const BACK_OFF_MS = [1, 2, 5, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS);
/** A gateway that asks for more patience than this is asked again all the same. */
const PATIENCE_MS = 6 * 60 * MINUTE_MS;

export type AfterAttempt =
  | { readonly move: 'deliver'; readonly proof: string }
  | { readonly move: 'putBack'; readonly at: number; readonly why: string }
  | { readonly move: 'fail'; readonly why: string };

/** `failures`: how often it failed before this attempt, since it was queued or retried. */
export function afterAttempt(attempt: Attempt, failures: number, now: number): AfterAttempt {
  switch (attempt.kind) {
    case 'taken':
      return { move: 'deliver', proof: attempt.proof };
    case 'refused':
      return { move: 'fail', why: attempt.why };
    case 'later': {
      const pause = BACK_OFF_MS[failures];
      if (pause === undefined) return { move: 'fail', why: attempt.why };
      const asked = Math.min(attempt.retryAfterMs ?? 0, PATIENCE_MS);
      return { move: 'putBack', at: now + Math.max(pause, asked), why: attempt.why };
    }
    default:
      return attempt satisfies never;
  }
}
