import { type Pace, recent } from './pace.ts';

/** What a caller's wait depends on beside the pace of the line. */
export interface Standing {
  /** Callers before him. */
  readonly ahead: number;
  /** Signed in and not on a break, whatever they do. */
  readonly atWork: number;
  /** He asks for what only some of the desk's agents can do: the line's pace is not his. */
  readonly particular: boolean;
  /** Of the first in line. */
  readonly longestWaitMs: number;
}

export const NOT_CREDIBLE = ['nobodyAtWork', 'particular', 'tooFewServed', 'spreadTooLarge'] as const;
export type NotCredible = (typeof NOT_CREDIBLE)[number];
export type Estimate =
  | { readonly kind: 'credible'; readonly waitMs: number }
  | { readonly kind: 'notCredible'; readonly why: NotCredible };

/** Where somebody stands in line, and how long he will. */
export interface InLine {
  readonly ahead: number;
  readonly estimate: Estimate;
}

/** Fewer callers than these are an anecdote. */
export const LEAST_SERVED = 5;
/** Up to this share the mean may be wrong (its standard error) and still be told. */
export const MEAN_WITHIN = 0.4;

/** How long he still waits, from now; what he has waited already is behind him. */
export function estimateWait(pace: Pace, standing: Standing, nowMs: number): Estimate {
  const { ahead, atWork, particular, longestWaitMs } = standing;
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
  const each = mean + stalled / seen.length;
  return { kind: 'credible', waitMs: ((ahead + 1) * each) / atWork };
}

/** At several desks whichever is soonest; where no desk can be believed, why not the own one. The own desk first. */
export function soonest(estimates: readonly Estimate[]): Estimate {
  const [own = { kind: 'notCredible', why: 'nobodyAtWork' } as const] = estimates;
  return estimates.reduce((best, one) => {
    if (one.kind === 'notCredible') return best;
    return best.kind === 'notCredible' || one.waitMs < best.waitMs ? one : best;
  }, own);
}
