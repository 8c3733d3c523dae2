import type { RatingWay } from '../rating/grades.ts';
import type { CallbackRule } from './callback-rule.ts';

/** What becomes of a citizen for whom the whole chain of desks has nobody. `wait`: he waits on. */
export const LAST_RESORTS = ['wait', 'message'] as const;
export type LastResort = (typeof LAST_RESORTS)[number];

/** Kept for one agent no longer than this (C9): whoever knows him is worth a short wait, and not a place at the end of the line. */
export const OWNER_FIRST_AT_MOST_MS = 20_000;

/**
 * A desk and how calls wait for it. Overflowing desks make a chain: a call that overflowed into another desk waits there
 * by that desk's rules, counted from its entry, and keeps its place in every desk that it was in before.
 */
export interface Queue {
  readonly code: string;
  readonly name: string;
  /** Where the call also looks for an agent, at the latest after `overflowAfterMs`; null for the general desk itself. */
  readonly overflowQueue: string | null;
  readonly overflowAfterMs: number | null;
  /** Sooner: at once when so many wait before it, */
  readonly overflowWaiting: number | null;
  /** or when the first in line has waited that long, */
  readonly overflowLongestMs: number | null;
  /** or while nobody is signed in who can do what he asks for. */
  readonly overflowUnstaffed: boolean;
  readonly ringTimeoutMs: number;
  readonly wrapUpMs: number;
  /** Whether who talked with this desk is asked how it was. Off unless the rules say otherwise. */
  readonly rating: RatingWay;
  /** 1, the most urgent, to 9; see `routing/rank.ts`. */
  readonly priority: number;
  /** What its agents must, and should, be able to do: `en:2, wu?`; see `skills/skills.ts`. null: anybody of the desk. */
  readonly skills: string | null;
  /** How long a citizen is kept for the agent who has his case, or talked with him last; 0: not at all. Versions of an earlier release may say more. */
  readonly ownerFirstMs: number;
  /** Whether the place in line and the wait are said, where they can be told. */
  readonly tellsPlace: boolean;
  /** At the soonest so long after the last time, and only what is new. */
  readonly placeEveryMs: number;
  readonly lastResort: LastResort;
  /** Since the beginning of the wait; null with `wait` only. */
  readonly lastResortAfterMs: number | null;
  /** When waiting citizens are offered to be called back; null: never. */
  readonly callback: CallbackRule | null;
}

type Room = Omit<Queue, 'code' | 'name'>;
/** What came after the first release, with what its absence meant. */
export const QUEUE_BEFORE = {
  overflowWaiting: null,
  overflowLongestMs: null,
  overflowUnstaffed: false,
  rating: 'off',
  priority: 5,
  skills: null,
  ownerFirstMs: 0,
  tellsPlace: false,
  placeEveryMs: 60_000,
  lastResort: 'wait',
  lastResortAfterMs: null,
  callback: null,
} as const satisfies Partial<Room>;
export type LaterQueueField = keyof typeof QUEUE_BEFORE;

/** What a new queue has unless somebody says otherwise. */
export const USUAL_QUEUE: Room = {
  ...QUEUE_BEFORE,
  overflowQueue: null,
  overflowAfterMs: null,
  ringTimeoutMs: 15_000,
  wrapUpMs: 30_000,
  ownerFirstMs: OWNER_FIRST_AT_MOST_MS,
  tellsPlace: true,
};

/** The desks that a call of this one gets to, this one first; a circle is walked once. */
export function chainFrom(
  code: string,
  queues: { get(code: string): Pick<Queue, 'overflowQueue'> | undefined },
): readonly string[] {
  const chain = [code];
  for (let next = queues.get(code)?.overflowQueue ?? null; next !== null && !chain.includes(next); ) {
    chain.push(next);
    next = queues.get(next)?.overflowQueue ?? null;
  }
  return chain;
}
