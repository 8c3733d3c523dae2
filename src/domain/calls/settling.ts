import { announcingTimeoutMs } from './announce-moves.ts';
import type { Call, Decision } from './call.ts';
import type { CallContext } from './call-context.ts';
import { CALL_TABLE, type CallState } from './call-table.ts';
import { cameToPerson, leaveHour } from './caller-hour.ts';
import { talkTimeoutMs } from './conversation/timing.ts';
import { easesAtMs } from './easing.ts';
import { recordingTimeoutMs } from './message-moves.ts';
import { keepMuted } from './mute-moves.ts';
import { outboundTimeoutMs } from './outbound-moves.ts';
import { wordsDueMs } from './queue-words.ts';
import { keepTalkedTo, ratingTimeoutMs } from './rating-moves.ts';
import { keepPause } from './recording-moves.ts';
import { keepSegments } from './segment-moves.ts';
import { RING_GRACE_MS, type Step } from './steps.ts';
import { surveyTimeoutMs } from './survey-moves.ts';
import { dueMs } from './waiting.ts';
import { keepWhy } from './why-waits.ts';

/** A step becomes the next call, with the timer of where it has come to. */
export function settle(call: Call, step: Step<CallState>, context: CallContext): Decision {
  const stays = step.stays === true;
  const next: Call = {
    ...call,
    ...step.change,
    state: step.to,
    sinceMs: stays || step.to === call.state ? call.sinceMs : context.nowMs,
    epoch: stays ? call.epoch : call.epoch + 1,
    ...(cameToPerson(call, step.to) ? { cameToPerson: true } : {}),
  };
  const afterMs = stays ? null : timeoutOf(next, context);
  const decision: Decision = {
    call: next,
    commands: [
      ...(step.commands ?? []),
      ...leaveHour(next),
      ...(afterMs === null ? [] : [{ kind: 'timer', epoch: next.epoch, afterMs } as const]),
    ],
    facts: step.facts ?? [],
  };
  return keepWhy(keepTalkedTo(keepMuted(keepSegments(keepPause(decision)))), context);
}

/** Every state but the last ends at the latest after this. */
export function timeoutOf(call: Call, context: CallContext): number | null {
  const { state, waiting } = call;
  if (state === 'ended') return null;
  if (state === 'queued') {
    if (waiting === null) return 0;
    const due = Math.min(
      dueMs(waiting, context),
      easesAtMs(call, waiting, context),
      wordsDueMs(call, waiting, context),
    );
    return Math.max(0, due - context.nowMs);
  }
  if (state === 'ringingAgent' && call.leg?.kind === 'agent') return call.leg.ringTimeoutMs + RING_GRACE_MS;
  if (state === 'talking') return talkTimeoutMs(call, context);
  if (state === 'menu') return call.menu?.timeoutMs ?? 0;
  if (state === 'recording') return recordingTimeoutMs(call, context.nowMs);
  if (state === 'surveying') return surveyTimeoutMs(call);
  if (state === 'rating') return call.rating == null ? 0 : ratingTimeoutMs(call.rating);
  if (state === 'announcing') return call.announcing == null ? 0 : announcingTimeoutMs(call.announcing);
  if (state === 'ringingOutside' && 'ringTimeoutMs' in call.plan.destination) {
    return call.plan.destination.ringTimeoutMs + RING_GRACE_MS;
  }
  return outboundTimeoutMs(call) ?? (CALL_TABLE[state].timeoutMs || RING_GRACE_MS);
}
