import { reached } from './lint/queues.ts';
import type { Queue } from './queue.ts';

/** What takes a waiting call to the next desk before its time. */
export type Sooner = Pick<Queue, 'overflowWaiting' | 'overflowLongestMs' | 'overflowUnstaffed'>;

export interface OverflowDesk {
  readonly queue: string;
  /** Its code where the rules know no such queue. */
  readonly name: string;
  /** Counted from the entry into the first desk: at the latest then this one is asked as well. */
  readonly atMs: number;
  /** Agents who serve it, signed in or not. */
  readonly seats: number;
  /** null: of the first. */
  readonly sooner: Sooner | null;
}

/**
 * What a citizen who enters a queue waits through (C4): the desks in their order, what he is offered meanwhile, and where
 * it all ends. Callback and last resort are those of the queue that he entered, and count from there.
 */
export interface OverflowLine {
  readonly desks: readonly OverflowDesk[];
  readonly callback: Pick<NonNullable<Queue['callback']>, 'afterWaitMs' | 'aboveEstimateMs'> | null;
  /** When he is asked for a message instead; null: he waits on. */
  readonly messageAtMs: number | null;
  readonly ends: OverflowEnd;
}

/** `nobody`: no desk of the chain has an agent, and nothing else is offered. The linter refuses to publish it. */
export const OVERFLOW_ENDS = ['person', 'callback', 'message', 'nobody'] as const;
type OverflowEnd = (typeof OVERFLOW_ENDS)[number];

/** `seats`: how many agents serve a queue. */
export function overflowLine(
  code: string,
  queues: ReadonlyMap<string, Queue>,
  seats: (queue: string) => number,
): OverflowLine {
  const desks: OverflowDesk[] = [];
  let before: Queue | undefined;
  let atMs = 0;
  for (const queue of reached(code, queues)) {
    atMs += before?.overflowAfterMs ?? 0;
    const here = queues.get(queue);
    desks.push({ queue, name: here?.name ?? queue, atMs, seats: seats(queue), sooner: soonerOf(before) });
    before = here;
  }
  const home = queues.get(code);
  const callback = offeredBy(home);
  const messageAtMs = home?.lastResort === 'message' ? home.lastResortAfterMs : null;
  const isStaffed = desks.some((desk) => desk.seats > 0);
  const ends: OverflowEnd = isStaffed
    ? 'person'
    : callback !== null
      ? 'callback'
      : messageAtMs !== null
        ? 'message'
        : 'nobody';
  return { desks, callback, messageAtMs, ends };
}

function soonerOf(queue: Queue | undefined): Sooner | null {
  if (queue === undefined) return null;
  const { overflowWaiting, overflowLongestMs, overflowUnstaffed } = queue;
  return { overflowWaiting, overflowLongestMs, overflowUnstaffed };
}

function offeredBy(queue: Queue | undefined): OverflowLine['callback'] {
  if (queue?.callback == null) return null;
  const { afterWaitMs, aboveEstimateMs } = queue.callback;
  return { afterWaitMs, aboveEstimateMs };
}
