import type { Intention, PresenceState, SystemReason } from './presence-table.ts';

/**
 * Nothing the agent did: a switch that was too busy to connect, a phone that could not be reached for a moment. He is
 * tried again by himself; a machine that was overloaded for a minute would otherwise leave a whole centre not ready
 * while citizens wait, until each agent noticed. A phone that stays broken is tried more and more seldom.
 */
const NOBODYS_FAULT: ReadonlySet<SystemReason> = new Set([
  'connectFailed',
  'undelivered',
  'phoneUnreachable',
]);
const FIRST_TRIAL_MS = 10_000;
const SELDOMEST_MS = 5 * 60_000;

/** The next offer that is risked by itself, at a phone that is there by then; `number` counts since the agent last talked or said that he is ready. */
export interface Trial {
  readonly number: number;
  readonly atMs: number;
}

/** Null when it is for the agent to say that he is there. */
export function nextTrial(reason: SystemReason, last: Trial | null, nowMs: number): Trial | null {
  if (!NOBODYS_FAULT.has(reason)) return null;
  const number = (last?.number ?? 0) + 1;
  return { number, atMs: nowMs + Math.min(SELDOMEST_MS, FIRST_TRIAL_MS * 2 ** (number - 1)) };
}

interface Tried {
  readonly state: PresenceState;
  readonly intended: Intention;
  readonly trial?: Trial | null;
}

/** When this agent becomes ready by himself, if he does and his phone is there: not once a break, or the end of the shift, was asked for. */
export function trialOf({ state, intended, trial = null }: Tried): Trial | null {
  return state === 'NOT_READY' && intended.to === 'READY' ? trial : null;
}
