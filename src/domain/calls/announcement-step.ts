import type { Call } from './call.ts';
import type { CallFact } from './facts.ts';
import { playing, type Step } from './steps.ts';

/** People press when the voice has stopped. */
export const KEY_AFTER_MS = 3_000;

/** The announcement at this place of the plan begins; null when there is none there. */
export function announcementStep(
  call: Call,
  at: number,
  before: readonly CallFact[],
): Step<'announcing'> | null {
  const announcement = call.plan.announcements[at];
  if (announcement === undefined) return null;
  // Its words may not be spoken yet: the offer of its key alone, or that it cannot be offered, would be of nothing.
  const { change, command } = playing(call, announcement.prompts, true);
  return {
    to: 'announcing',
    change: { ...change, announcing: { at, phase: 'playing' } },
    commands: [command],
    facts: before,
  };
}
