import { PLAYING_AT_MOST_MS } from '../ivr/recording-check.ts';
import type { Call, Waiting } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallContext } from './call-context.ts';
import { callbackDueMs, offering } from './callback-moves.ts';
import type { CallFact } from './facts.ts';
import { noticeDueMs, saidWaiting, telling } from './notice-moves.ts';
import { lookAtPlace, placeDueMs } from './place-words.ts';
import { COMFORT_EVERY_MS, playing, stopping } from './steps.ts';

// What a waiting citizen is told, one thing at a time: an incident before the offer of a callback, that before his place
// in line, and the comfort announcement when there is nothing else. Nothing of it holds up an offer: whoever answers cuts
// it short.

/** When something is to be said, at the latest; while something is being said only its end, lost, would be. */
export function wordsDueMs(call: Call, waiting: Waiting, context: CallContext): number {
  if (call.playback !== null) return comfortDueMs(waiting);
  const dues = [
    noticeDueMs(call, context),
    callbackDueMs(call, context),
    placeDueMs(waiting, context.queueRules(waiting.queue)),
  ];
  return Math.min(comfortDueMs(waiting), ...dues.filter((due) => due !== null));
}

/** An announcement of an incident may last longer than comfort waits. */
function comfortDueMs({ noticing, comfortedMs }: Waiting): number {
  return noticing?.phase === 'playing'
    ? noticing.sinceMs + PLAYING_AT_MOST_MS
    : comfortedMs + COMFORT_EVERY_MS;
}

interface Words {
  /** His place among it. */
  readonly change: Partial<Call>;
  readonly commands: readonly CallCommand[];
  readonly facts: readonly CallFact[];
}

/** Says what is due, if anything is. `place`: where he stands now. */
export function sayDue(before: Call, place: Waiting, context: CallContext): Words {
  const { nowMs } = context;
  const comforts = nowMs >= comfortDueMs(place);
  if (before.playback !== null && !comforts) return { change: { waiting: place }, commands: [], facts: [] };
  // What is being said at that time has been for longer than it is: its end was lost, and the music has not come back.
  const lost =
    before.playback === null ? null : saidWaiting({ ...before, waiting: place }, 'timedOut', nowMs);
  const call: Call = { ...before, waiting: place, ...lost?.change };
  const waiting = call.waiting ?? place;
  const isDue = (dueMs: number | null): boolean => dueMs !== null && nowMs >= dueMs;
  const looked = isDue(placeDueMs(waiting, context.queueRules(waiting.queue)))
    ? lookAtPlace(call, waiting, context)
    : null;
  const words =
    telling(call, context) ??
    (isDue(callbackDueMs(call, context)) ? offering(call, context) : null) ??
    (looked !== null && looked.prompts.length > 0
      ? saying(call, looked.prompts, { place: looked.place, comfortedMs: nowMs })
      : null) ??
    (comforts ? saying(call, ['please-wait'], { comfortedMs: nowMs }) : null);
  // What is new of his place and is not said, because something else is, is said when that is over.
  const silent = looked !== null && looked.prompts.length === 0 ? { place: looked.place } : {};
  return {
    change: { ...lost?.change, ...words?.change, waiting: { ...waiting, ...silent, ...words?.waits } },
    commands: [...(lost === null ? [] : stopping(before)), ...(words === null ? [] : [words.command])],
    facts: [...(lost?.facts ?? []), ...(words?.facts ?? [])],
  };
}

function saying(call: Call, prompts: readonly string[], waits: Partial<Waiting>) {
  const facts: readonly CallFact[] = [];
  return { ...playing(call, prompts), waits, facts };
}
