import type { Actor } from './ticket.ts';
import type { Edge } from './transitions.ts';

// 作风类诉求 (HM-16): an appeal about how a unit's own people behaved. The unit complained of may help, with a part, to say what
// happened; it never has the ticket by itself, never reports it done and never judges it. It goes to who supervises that unit.

/** `accusedUnits`: the unit complained of and all that lies within it. Absent or empty: no unit is. */
export interface Accused {
  readonly unitCode: string | null;
  readonly accusedUnits?: readonly string[];
}

const isAccused = ({ accusedUnits = [] }: Accused, unitCode: string | null | undefined): boolean =>
  unitCode != null && accusedUnits.includes(unitCode);

export type ConductRefusal =
  /** It would be handled by nobody but the unit complained of. */
  | 'ticket.accusedUnit'
  /** Invariant 9, wider: whoever belongs to it does nothing that is the hotline's, whichever unit has the ticket. */
  | 'ticket.accusedJudges';

/** Taken, nobody would have looked into the matter but the unit that has it. */
const isItsOwnWord = ({ move, from }: Pick<Edge, 'move' | 'from'>): boolean =>
  move === 'reportDone' ||
  ((move === 'visit' || move === 'closeUnvisited') && (from === 'reportedDone' || from === 'replyReview'));

/** A rule over every edge of the table, `named`: the unit to which a move gives the ticket. Null: nothing stands against it. */
export function conductRefusal(
  edge: Pick<Edge, 'move' | 'from' | 'side'>,
  ticket: Accused,
  actor: Actor,
  named: string | null,
): ConductRefusal | null {
  if (edge.side === 'hotline' && isAccused(ticket, actor.unitCode)) return 'ticket.accusedJudges';
  if (isAccused(ticket, named)) return 'ticket.accusedUnit';
  // It had the ticket before it was known of whom the citizen complains: it gives it back or is relieved of it. What it had
  // reported goes no further: back to work it may, from where it is handed over.
  return isItsOwnWord(edge) && isAccused(ticket, ticket.unitCode) ? 'ticket.accusedUnit' : null;
}
