import type { Call } from './call.ts';
import type { CallContext } from './call-context.ts';
import { CALL_REASONS } from './call-reasons.ts';
import type { CallState } from './call-table.ts';
import { easing } from './easing.ts';
import { askForMessage } from './message-moves.ts';
import { cutShort, saidWaiting } from './notice-moves.ts';
import { sayDue } from './queue-words.ts';
import { homeQueue, type Step, stopping } from './steps.ts';
import { enterQueue, hopsOf, joining, leftFacts, overflowing } from './waiting.ts';

/** For who has waited to the last resort; as long as a message after the menu's. */
const LAST_MESSAGE_AT_MOST_MS = 120_000;

/** What was said to him is over: it had taken the place of the music. */
export function comforted(call: Call, end: string, { nowMs }: CallContext) {
  const { change, facts } = saidWaiting(call, end, nowMs);
  return { change, commands: [{ kind: 'startMusic' }], facts } as const;
}

/** Begun once more, it has a seam; the other way round he might stand in silence. */
export function musicAgain<S extends CallState>({ state, playback }: Call & { readonly state: S }) {
  return playback === null ? ({ to: state, stays: true, commands: [{ kind: 'startMusic' }] } as const) : null;
}

/** A waiting citizen is looked after at each due time, and when something about his queue has changed. */
export function lookAfter(call: Call, context: CallContext): Step<'queued' | 'askingMessage'> {
  const { waiting } = call;
  if (waiting === null) {
    return enterQueue(call, context, {
      queue: homeQueue(call, context),
      priority: 'cutOff',
      reason: CALL_REASONS.placeLost().zh,
    });
  }
  const { lastResort, lastResortAfterMs } = context.queueRules(waiting.queue);
  const over = lastResortAfterMs !== null && context.nowMs >= waiting.sinceMs + lastResortAfterMs;
  if (lastResort === 'message' && over) return lastMessage(call, context);
  const { kept } = waiting;
  const letGo = kept != null && (context.nowMs >= kept.untilMs || !context.withinReach(kept.agentId));
  const looked = letGo ? { ...waiting, kept: null } : waiting;
  const on = overflowing(call, looked, context, false);
  const ease = easing(call, on.waiting, context);
  const words = sayDue(call, ease?.waiting ?? on.waiting, context);
  return {
    to: 'queued',
    change: words.change,
    commands: [
      ...words.commands,
      ...(ease === null ? joining(call, looked, context) : ease.commands),
      ...on.commands,
      ...(letGo ? [{ kind: 'openToAll' } as const] : []),
    ],
    facts: [...words.facts, ...on.facts, ...(ease?.facts ?? [])],
  };
}

/** The whole chain had nobody for him: he may say what it is about. */
function lastMessage(call: Call, context: CallContext): Step<'askingMessage'> {
  const queue = call.waiting?.queue ?? context.generalQueue;
  const asked = askForMessage(call, {
    prompts: ['queue-message'],
    queue,
    maxMs: LAST_MESSAGE_AT_MOST_MS,
  });
  return {
    ...asked,
    change: { ...asked.change, waiting: null },
    commands: [{ kind: 'leaveQueue' }, ...stopping(call), { kind: 'stopMusic' }, ...(asked.commands ?? [])],
    facts: [...cutShort(call).facts, ...leftFacts(call.waiting, context, 'moved'), ...(asked.facts ?? [])],
  };
}

/** A new configuration no longer has his queue: he stands in the other one where he stood. */
export function queueGone(call: Call, to: string, context: CallContext): Step<'queued'> | null {
  const { waiting } = call;
  if (waiting === null || waiting.queue === to) return null;
  const entered = hopsOf(waiting, context).find(({ queue }) => queue === to);
  // What he was told of his place was of the other queue, and whom he waits for there is looked at anew.
  const { place: _place, eased: _eased, ...kept } = waiting;
  const moved = {
    ...kept,
    queue: to,
    hops: [{ queue: to, sinceMs: entered?.sinceMs ?? waiting.sinceMs }],
    comfortedMs: context.nowMs,
  };
  return {
    to: 'queued',
    change: { waiting: moved },
    commands: [{ kind: 'leaveQueue' }, ...joining(call, moved, context)],
    facts: [
      ...leftFacts(waiting, context, 'moved'),
      { type: 'queueEntered', queue: to, reason: CALL_REASONS.deskGone(waiting.queue).zh },
    ],
  };
}
