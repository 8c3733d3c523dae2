import type { TicketMove, TicketState } from '../transitions.ts';

/**
 * What a move of the ticket takes back of its parts: all when the ticket ends; when it goes to another unit what lay
 * within the one before. An assisting unit goes on helping whoever leads.
 */
export type PartsEnded = 'all' | 'withinLead' | 'none';

const ENDS: readonly TicketState[] = ['closed', 'withdrawn', 'archived'];

export function partsEndedBy(move: TicketMove, to: TicketState): PartsEnded {
  if (ENDS.includes(to)) return 'all';
  return move === 'acceptReturn' || move === 'handOver' ? 'withinLead' : 'none';
}

/** The same for a ticket that is forced: what lay within a unit ends when another gets it. */
export function partsEndedByForce(otherUnit: boolean, to: TicketState): PartsEnded {
  if (ENDS.includes(to)) return 'all';
  return otherUnit ? 'withinLead' : 'none';
}
