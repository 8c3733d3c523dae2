import { triggerOf } from '../../domain/tickets/supervision.ts';
import type { TicketMove } from '../../domain/tickets/transitions.ts';
import type { Transaction } from '../ports/transaction.ts';
import { issueByRule, type SupervisionDeps } from './issue-order.ts';

const RETURNED = { what: 'returned', counted: 'returnTicket' } as const;

/** After which moves the rules of supervision are asked, and which moves of the ticket they count. */
const ASKED: Partial<
  Record<TicketMove, { readonly what: 'returned' | 'rework'; readonly counted: TicketMove }>
> = {
  // To whoever has it now: three units have said that it is not theirs, and somebody must end that.
  acceptReturn: RETURNED,
  refuseReturn: RETURNED,
  rework: { what: 'rework', counted: 'rework' },
};

/** What the rules of supervision make of a move, in its transaction, whichever way it came. Null: no order. */
export function superviseAfter(deps: SupervisionDeps) {
  const supervise = issueByRule(deps);
  return async (ticketId: string, move: TicketMove, tx: Transaction): Promise<{ number: string } | null> => {
    const asked = ASKED[move];
    if (asked === undefined) return null;
    const times = await deps.ticketMoves.times(ticketId, asked.counted, tx);
    const trigger = triggerOf({ what: asked.what, times });
    return trigger === null ? null : supervise(ticketId, trigger, tx);
  };
}
