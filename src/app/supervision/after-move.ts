import { triggerOf } from '../../domain/tickets/supervision.ts';
import type { TicketMove } from '../../domain/tickets/transitions.ts';
import type { Transaction } from '../ports/transaction.ts';
import { issueByRule, type SupervisionDeps } from './issue-order.ts';

/** The same citizen with the same matter again, and a unit has it. */
const REPEATED = { what: 'repeated', counted: null } as const;
const RETURNED = { what: 'returned', counted: 'returnTicket' } as const;
const REWORKED = { what: 'rework', counted: 'rework' } as const;

/** After which moves the rules of supervision are asked, and which moves of the ticket they count. */
const ASKED: Partial<
  Record<
    TicketMove,
    {
      readonly what: 'returned' | 'rework' | 'repeated';
      readonly counted: TicketMove | null;
      /** Beside those counted: what the move itself says. */
      readonly more?: number;
    }
  >
> = {
  // To whoever has it now: three units have said that it is not theirs, and somebody must end that.
  acceptReturn: RETURNED,
  refuseReturn: RETURNED,
  rework: REWORKED,
  // It was done again once, and he is not content again: whoever looks at it, the unit is supervised from now on.
  dispute: { ...REWORKED, more: 1 },
  dispatch: REPEATED,
  coordinateAnyway: REPEATED,
  signFor: REPEATED,
  handle: REPEATED,
};

/** What the rules of supervision make of a move, in its transaction, whichever way it came. Null: no order. */
export function superviseAfter(deps: SupervisionDeps) {
  const supervise = issueByRule(deps);
  return async (ticketId: string, move: TicketMove, tx: Transaction): Promise<{ number: string } | null> => {
    const asked = ASKED[move];
    if (asked === undefined) return null;
    const { counted, more = 0 } = asked;
    const times =
      counted === null
        ? await deps.supervision.repeats(ticketId, tx)
        : await deps.ticketMoves.times(ticketId, counted, tx);
    const trigger = triggerOf({ what: asked.what, times: times + more });
    return trigger === null ? null : supervise(ticketId, trigger, tx);
  };
}
