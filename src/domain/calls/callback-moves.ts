import { offerDueMs } from '../hotlines/callback-rule.ts';
import { betterOf } from '../routing/rank.ts';
import type { Call, Waiting } from './call.ts';
import type { CallContext } from './call-context.ts';
import type { CallEvent } from './call-event.ts';
import type { CallState } from './call-table.ts';
import { lastWords } from './ending.ts';
import type { CallFact } from './facts.ts';
import { saidWaiting } from './notice-moves.ts';
import { playing, type Step, stopping } from './steps.ts';
import { leftFacts, standsOf } from './waiting.ts';

// "Press 1 to be called back": offered to who waits, where the queue's rule says so and his number can be called. The
// key counts from the first offer on, until an agent's telephone rings for him.

export const CALLBACK_KEY = '1';

/** When the offer is to be said next; null: not to this citizen, or not as things stand. */
export function callbackDueMs(call: Call, context: CallContext): number | null {
  const { waiting } = call;
  if (waiting === null) return null;
  const rule = context.callbackRule?.(call, waiting.queue) ?? null;
  if (rule === null) return null;
  const { sinceMs, offeredMs = null } = waiting;
  const estimate = context.inLine?.(call.id)?.estimate;
  const estimateMs = estimate?.kind === 'credible' ? estimate.waitMs : null;
  return offerDueMs(rule, { sinceMs, offeredMs, estimateMs }, context.nowMs);
}

/** The offer in the place of the comfort announcement. */
export function offering(call: Call, { nowMs }: CallContext) {
  const { change, command } = playing(call, ['callback-offer'], true);
  const waits: Partial<Waiting> = { offeredMs: nowMs, comfortedMs: nowMs };
  const first = call.waiting?.offeredMs === undefined;
  const facts: CallFact[] = first ? [{ type: 'callbackOffered', queue: call.waiting?.queue ?? '' }] : [];
  return { change, command, waits, facts };
}

/** The citizen wants it: the place stays, he goes. Other keys, and the key before it was offered, mean nothing here. */
export function callbackWanted(call: Call, digit: string, context: CallContext): Step<'goodbye'> | null {
  const { waiting } = call;
  if (digit !== CALLBACK_KEY || waiting?.offeredMs === undefined) return null;
  // Since the offer the rule, or a restriction of his number, may have come to say otherwise.
  if ((context.callbackRule?.(call, waiting.queue) ?? null) === null) return null;
  const { queue, priority, sinceMs } = waiting;
  const bye = lastWords(call, ['callback-promised', 'goodbye']);
  return {
    ...bye,
    change: { ...bye.change, waiting: null, promised: true },
    commands: [
      ...stopping(call),
      { kind: 'leaveQueue' },
      { kind: 'promiseCallback', queue, priority, sinceMs, stands: standsOf(call, waiting, context) },
      ...(bye.commands ?? []),
    ],
    facts: [
      ...saidWaiting(call, 'cancelled', context.nowMs).facts,
      { type: 'callbackPromised', queue },
      ...leftFacts(waiting, context, 'callback'),
    ],
  };
}

/** F-18: a callback to this number stood in this queue: the citizen joined in its place, and now knows it too. */
export function placeKept<S extends CallState>(
  call: Call & { readonly state: S },
  event: Extract<CallEvent, { readonly type: 'placeKept' }>,
): Step<S> | null {
  const { waiting } = call;
  if (waiting === null || waiting.queue !== event.queue) return null;
  const place = betterOf(waiting, event);
  return {
    to: call.state,
    stays: true,
    change: { waiting: { ...waiting, ...place } },
    facts: [{ type: 'placeKept', callback: event.callback, sinceMs: place.sinceMs }],
  };
}
