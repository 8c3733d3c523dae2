import type { Actor, Role } from './ticket.ts';
import type { TicketState } from './transitions.ts';

/** A unit that is urged every minute reads none of it. */
export const URGE_PAUSE_MS = 2 * 3_600_000;
const URGED_IN: readonly TicketState[] = ['dispatched', 'signedFor', 'inContact', 'handling', 'longTerm'];
/** A unit has it in hand, or ought to. */
export const isWithUnit = (state: TicketState): boolean => URGED_IN.includes(state);
const URGERS: readonly Role[] = ['dispatcher', 'operator', 'lead', 'supervisor'];

export type UrgeRefusal = 'urge.forbidden' | 'urge.notWithUnit' | 'urge.lately' | 'ticket.reasonMissing';

/** 催办: the hotline presses the unit that has a ticket; nothing moves, and no unit urges itself. Null: it may. */
export function urgeRefusal(
  ticket: {
    readonly state: TicketState;
    readonly unitCode: string | null;
    readonly lastUrgedAt: number | null;
  },
  actor: Actor,
  reason: string,
  now: number,
): UrgeRefusal | null {
  if (actor.unitCode !== null || !actor.roles.some((role) => URGERS.includes(role))) return 'urge.forbidden';
  if (ticket.unitCode === null || !isWithUnit(ticket.state)) return 'urge.notWithUnit';
  if (ticket.lastUrgedAt !== null && now - ticket.lastUrgedAt < URGE_PAUSE_MS) return 'urge.lately';
  return reason.trim() === '' ? 'ticket.reasonMissing' : null;
}
