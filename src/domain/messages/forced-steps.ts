import { clockEnds } from '../tickets/deadline-firing.ts';
import { TICKET_STATE_NAMES, TICKET_STATES, type TicketState } from '../tickets/transitions.ts';

/** A line by which a ticket was put where no move leads, as far as somebody must be told of it. */
export interface ForcedLine {
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  /** Who had the ticket before; null: no unit. */
  readonly formerUnit: string | null;
}

const stateOf = (name: string | null): TicketState | null =>
  TICKET_STATES.find((state) => state === name) ?? null;

/** Which unit has it by this; null: none. */
function holderOf({ toState, body }: ForcedLine): string | null {
  const to = stateOf(toState);
  return to !== null && !clockEnds('unit', to) && typeof body.unitCode === 'string' ? body.unitCode : null;
}

/** Whose work ended with it: its time runs no more, and it would go on. Null: nobody's. */
export function forcedOff(line: ForcedLine): string | null {
  const from = stateOf(line.fromState);
  const worked = from !== null && !clockEnds('unit', from) ? line.formerUnit : null;
  return worked === holderOf(line) ? null : worked;
}

/** What who has it by this is told; null: no unit has it. */
export function forcedTo(line: ForcedLine): 'given' | { readonly stage: string } | null {
  const [from, to] = [stateOf(line.fromState), stateOf(line.toState)];
  const holder = holderOf(line);
  if (holder === null || to === null) return null;
  // It has the ticket still, and must know where it stands: what it reported is taken back, or it need not sign.
  const had = holder === line.formerUnit && from !== null;
  return had ? { stage: TICKET_STATE_NAMES[to] } : 'given';
}

/** As it is told of a move; the words differ, for what was forced was asked by no citizen and held against nothing. */
export type ForcedStep =
  | 'ticketDispatched'
  | 'ticketReworked'
  | 'ticketClosed'
  | 'ticketWithdrawn'
  | 'ticketAdvised'
  | 'ticketReplied';

/** Where a ticket ends, or goes on to its citizen, by force. */
const ENDS_OF: Partial<Record<TicketState, ForcedStep>> = {
  closed: 'ticketClosed',
  withdrawn: 'ticketWithdrawn',
  outOfScope: 'ticketAdvised',
  returnVisit: 'ticketReplied',
};

/**
 * What its citizen learns: who has it now, that it is worked on again, that it ended, or that he will be asked. Null: nothing
 * that he would ask about.
 */
export function forcedStep(line: ForcedLine): ForcedStep | null {
  const [from, to] = [stateOf(line.fromState), stateOf(line.toState)];
  if (from === null || to === null) return null;
  // What had ended and goes to the archive ended before.
  if (to === 'archived') return clockEnds('citizen', from) ? null : 'ticketClosed';
  const end = ENDS_OF[to];
  if (end !== undefined) return end;
  const holder = holderOf(line);
  if (holder === null) return null;
  if (clockEnds('citizen', from)) return 'ticketReworked';
  return holder === line.formerUnit ? null : 'ticketDispatched';
}
