import { CALL_REASONS } from './call-reasons.ts';
import type { CallFact } from './facts.ts';

/** The dialplan's own queue, for the time when call control is away. */
export const FALLBACK_QUEUE = 'fallback';

/** The dialplan answered the call itself and put it in its own queue. */
export function enteredFallback(): readonly CallFact[] {
  return [
    { type: 'callAnswered' },
    { type: 'queueEntered', queue: FALLBACK_QUEUE, reason: CALL_REASONS.fallback().zh },
  ];
}
