import type { Clock } from '../deadlines/clocks.ts';
import type { TicketMove } from './transitions.ts';

/**
 * What a move does to a clock beyond what its new state says (`deadline-firing.ts` says where each ends).
 *
 *   start   counted anew from this instant, the whole limit: another unit, or a matter that begins again
 *   resume  goes on to the time it had: what ended it did not count
 *
 * The citizen's clock is never started twice and never paused (invariant 7): it only goes on.
 */
export type ClockEffect = 'start' | 'resume' | 'none';
type Effects = Readonly<Record<Clock, ClockEffect>>;

const NONE: Effects = { citizen: 'none', unit: 'none' };
const UNIT_STARTS: Effects = { citizen: 'none', unit: 'start' };
const BEGINS_AGAIN: Effects = { citizen: 'resume', unit: 'start' };

const EFFECTS: Partial<Record<TicketMove, Effects>> = {
  dispatch: UNIT_STARTS,
  coordinateAnyway: BEGINS_AGAIN,
  acceptReturn: UNIT_STARTS,
  handOver: UNIT_STARTS,
  // A reply that is refused was none: the unit's time never ended.
  refuseReply: { citizen: 'none', unit: 'resume' },
  // What was closed and then disputed goes on here and not with the dispute: until a person has looked, it was done in time.
  rework: BEGINS_AGAIN,
  resubmit: { citizen: 'resume', unit: 'none' },
  reopen: BEGINS_AGAIN,
};

export function clockEffectsOf(move: TicketMove): Effects {
  return EFFECTS[move] ?? NONE;
}
