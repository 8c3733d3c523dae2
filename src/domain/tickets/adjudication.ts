import type { TicketMove, TicketState } from './transitions.ts';

/** How a decision on whose a ticket is reaches the ticket; `stay`: it is where it belongs. */
export type DecisionMove = Extract<TicketMove, 'acceptReturn' | 'refuseReturn' | 'handOver'> | 'stay';

/** While a unit works on it a ticket can be given to another. */
const HELD: readonly TicketState[] = ['dispatched', 'signedFor', 'inContact', 'handling', 'longTerm'];

/** Null: nothing is to be decided of a ticket in this state. */
export function decisionMove(
  ticket: { readonly state: TicketState; readonly unitCode: string | null },
  leadUnit: string,
): DecisionMove | null {
  const same = ticket.unitCode === leadUnit;
  if (ticket.state === 'returned') return same ? 'refuseReturn' : 'acceptReturn';
  if (!HELD.includes(ticket.state)) return null;
  return same ? 'stay' : 'handOver';
}
