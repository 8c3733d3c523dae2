import type { Announcement } from '../hotlines/call-plan.ts';
import { KEY_AFTER_MS } from './announcement-step.ts';
import type { Call, Waiting } from './call.ts';
import type { CallContext } from './call-context.ts';
import type { CallFact } from './facts.ts';
import { playing, type Step, said, stopping } from './steps.ts';

// An incident that begins while citizens wait is told to those whom it concerns, once each. Its key counts as in the
// greeting; as the offer that was heard last it goes before the key of the callback.

/** Words that could not be said are tried again, so often and no more: whoever speaks them may be mending it. */
const RETRY_MS = 60_000;
const TRIES = 3;

/** When the next of them is to be told; null: there is none. */
export function noticeDueMs(call: Call, context: CallContext): number | null {
  return next(call, context) === null ? null : Math.max(context.nowMs, call.waiting?.noticeFailedMs ?? 0);
}

/** Whether one of these would be said to him at once, were he looked after. */
export const canBeTold = (call: Call, due: readonly Announcement[], nowMs: number): boolean =>
  call.state === 'queued' &&
  call.playback === null &&
  nowMs >= (call.waiting?.noticeFailedMs ?? 0) &&
  untold(call, due) !== null;

const next = (call: Call, context: CallContext): Announcement | null =>
  untold(call, context.noticesFor?.(call) ?? []);
const untold = (call: Call, due: readonly Announcement[]): Announcement | null =>
  due.find(({ id }) => triesOf(call, id) < TRIES) ?? null;
const triesOf = ({ noticesFailed = [] }: Call, id: string): number =>
  noticesFailed.filter((one) => one === id).length;

export function telling(call: Call, context: CallContext) {
  const { nowMs } = context;
  const announcement = next(call, context);
  if (announcement === null || nowMs < (call.waiting?.noticeFailedMs ?? 0)) return null;
  const { id, prompts, subscribeKey } = announcement;
  const { change, command } = playing(call, prompts, true);
  const noticing = { announcement: id, subscribeKey, phase: 'playing', sinceMs: nowMs } as const;
  return { change, command, waits: { noticing, comfortedMs: nowMs } satisfies Partial<Waiting>, facts: [] };
}

/** What of an announcement is on record of the call: heard, or a try that failed. */
export function noticeHeard(call: Call, id: string, end: string): Partial<Call> {
  if (end !== 'failed') return { noticesHeard: [...new Set([...(call.noticesHeard ?? []), id])] };
  return { noticesFailed: [...(call.noticesFailed ?? []), id] };
}

/** What was said to a waiting citizen is over, however: its facts, and what his call keeps of it. */
export function saidWaiting(
  call: Call,
  end: string,
  nowMs: number,
): { readonly change: Partial<Call>; readonly facts: readonly CallFact[] } {
  const { waiting } = call;
  const facts = call.playback === null ? [] : said(call, end === CUT ? 'cancelled' : end);
  const noticing = waiting?.noticing ?? null;
  if (waiting === null || noticing === null) return { change: { playback: null }, facts };
  if (noticing.phase !== 'playing') {
    const rest = noticing.phase === 'awaiting' ? noticing : null;
    return { change: { playback: null, waiting: { ...waiting, noticing: rest } }, facts };
  }
  const { announcement, subscribeKey } = noticing;
  const awaits = end === 'finished' && subscribeKey !== null;
  return {
    change: {
      playback: null,
      // Who was called away in the middle has not heard it: he is talking now, or hears it when that comes to nothing.
      ...(end === CUT ? {} : noticeHeard(call, announcement, end)),
      waiting: {
        ...waiting,
        noticing: awaits ? { ...noticing, phase: 'awaiting', sinceMs: nowMs } : null,
        ...(end === 'failed' ? { noticeFailedMs: nowMs + RETRY_MS } : {}),
      },
    },
    facts: [...facts, { type: 'noticePlayed', announcement, end }],
  };
}

/** By the agent's answer, or by the last resort. */
const CUT = 'cut';
export const cutShort = (call: Call) => saidWaiting(call, CUT, 0);

/** The citizen wants to be told when it is over; null: no such key is asked for now. */
export function noticeKey<S extends 'queued' | 'ringingAgent'>(
  call: Call & { readonly state: S },
  digit: string,
  { nowMs }: CallContext,
): Step<S> | null {
  const { waiting } = call;
  const noticing = waiting?.noticing ?? null;
  if (waiting === null || noticing === null || digit !== noticing.subscribeKey) return null;
  const { announcement, phase, sinceMs } = noticing;
  if (phase === 'awaiting' && nowMs >= sinceMs + KEY_AFTER_MS) return null;
  // Pressed twice it is one wish, and no callback.
  if (phase === 'confirming') return { to: call.state, stays: true };
  const over = saidWaiting(call, 'cancelled', nowMs);
  const { change, command } = playing(call, ['notice-subscribed']);
  const confirming = { ...noticing, phase: 'confirming', sinceMs: nowMs } as const;
  return {
    to: call.state,
    stays: true,
    change: { ...over.change, ...change, waiting: { ...waiting, noticing: confirming, comfortedMs: nowMs } },
    commands: [...stopping(call), command],
    facts: [...over.facts, { type: 'noticeSubscribed', announcement }],
  };
}

/** He hangs up while it is on: he is counted among those who heard it, and gave up waiting all the same. */
export function hungUpNoticing({ waiting }: Call): CallFact[] {
  const noticing = waiting?.noticing ?? null;
  return noticing?.phase === 'playing'
    ? [{ type: 'noticePlayed', announcement: noticing.announcement, end: 'hungUp' }]
    : [];
}
