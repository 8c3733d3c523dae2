import type { Clock } from '../deadlines/clocks.ts';
import type { TicketState } from './transitions.ts';

/**
 * Where each clock ends. The citizen's runs until the hotline itself is satisfied: a unit's word that it is done does
 * not stop it. The unit's ends with that word; a rework is a new matter for it. A return runs on until it is adjudicated.
 */
const ENDS: Readonly<Record<Clock, readonly TicketState[]>> = {
  citizen: ['withdrawn', 'closed', 'archived'],
  unit: ['outOfScope', 'reportedDone', 'replyReview', 'returnVisit', 'withdrawn', 'closed', 'archived'],
};

export type Firing =
  /** The clock runs and the mark is reached. */
  | { readonly kind: 'fire'; readonly lateMs: number }
  /** The clock has ended: nobody is to be told. */
  | { readonly kind: 'cancel'; readonly reason: 'clockEnded' }
  /** Asked too early (a clock went ahead, a job was promoted): ask again at its time. */
  | { readonly kind: 'wait' };

/** Whether a deadline that was claimed is still due, from the ticket as it is now. */
export function decideFiring(
  deadline: { readonly clock: Clock; readonly dueAt: number },
  ticket: { readonly state: TicketState },
  now: number,
): Firing {
  if (ENDS[deadline.clock].includes(ticket.state)) return { kind: 'cancel', reason: 'clockEnded' };
  if (now < deadline.dueAt) return { kind: 'wait' };
  return { kind: 'fire', lateMs: now - deadline.dueAt };
}
