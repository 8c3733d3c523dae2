import { type Pace, recent } from './pace.ts';

/** What the pace of a line depends on beside what was seen of it. */
export interface Standing {
  /** Signed in and not on a break, whatever they do. */
  readonly atWork: number;
  /** He asks for what only some of the desk's agents can do: the line's pace is not his. */
  readonly particular: boolean;
  /** Of the first in line. */
  readonly longestWaitMs: number;
}

export const NOT_CREDIBLE = ['nobodyAtWork', 'particular', 'tooFewServed', 'spreadTooLarge'] as const;
export type NotCredible = (typeof NOT_CREDIBLE)[number];
/** How often one of the line goes to an agent, or why that cannot be said. */
export type Cadence =
  | { readonly kind: 'credible'; readonly everyMs: number }
  | { readonly kind: 'notCredible'; readonly why: NotCredible };

/** Fewer callers than these are an anecdote. */
export const LEAST_SERVED = 5;
/** Up to this share the mean may be wrong (its standard error) and still be told. */
export const MEAN_WITHIN = 0.4;

export function cadenceOf(
  pace: Pace,
  { atWork, particular, longestWaitMs }: Standing,
  nowMs: number,
): Cadence {
  if (atWork === 0) return { kind: 'notCredible', why: 'nobodyAtWork' };
  if (particular) return { kind: 'notCredible', why: 'particular' };
  const seen = recent(pace.handOvers, nowMs);
  if (seen.length < LEAST_SERVED) return { kind: 'notCredible', why: 'tooFewServed' };
  const mean = seen.reduce((sum, { agentMs }) => sum + agentMs, 0) / seen.length;
  const variance = seen.reduce((sum, { agentMs }) => sum + (agentMs - mean) ** 2, 0) / (seen.length - 1);
  if (Math.sqrt(variance / seen.length) > MEAN_WITHIN * mean) {
    return { kind: 'notCredible', why: 'spreadTooLarge' };
  }
  // Nobody has been served for longer than usual: the line may stand still, and what came before no longer holds.
  const sinceLatestMs = Math.min(nowMs - (pace.latestMs ?? nowMs), longestWaitMs);
  const stalled = Math.max(0, sinceLatestMs * atWork - mean);
  return { kind: 'credible', everyMs: (mean + stalled / seen.length) / atWork };
}
