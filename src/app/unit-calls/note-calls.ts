import { movesAfterCall } from '../../domain/tickets/contact-proof.ts';
import { OWN_REASONS } from '../../domain/tickets/own-reasons.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import type { Database } from '../ports/transaction.ts';
import type { EndedUnitCall, UnitCallBook } from '../ports/unit-calls.ts';
import { type MoveTicketDeps, moveTicketInside } from '../tickets/move-ticket.ts';

/**
 * Puts each call of a unit to a citizen that is over on its ticket's time line (H26: who, when, from which telephone, how long;
 * never the citizen's number), and moves the ticket to contact where the talk stands for that. One call a transaction, each
 * once. Returns how many.
 */
export function noteUnitCalls(
  deps: MoveTicketDeps & { readonly database: Database; readonly unitCalls: UnitCallBook },
) {
  const move = moveTicketInside(deps);
  const noteOne = (): Promise<boolean> =>
    deps.database.transact(async (tx) => {
      const call = await deps.unitCalls.takeEnded(tx);
      if (call === null) return false;
      const { callId, ticketId, accountId, unitCode } = call;
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
      if (ticket === null) throw new Error(`the ticket of call ${callId} is gone`);
      const now = deps.now();
      const note = { at: now, actorId: accountId, reason: '' } as const;
      const id = deps.newId();
      await deps.ticketMoves.note(
        ticketId,
        { ...note, id, type: 'citizenCalled', body: { ...bodyOf(call) } },
        tx,
      );
      // By who talked, and while he may see it: a ticket that went to another unit meanwhile, or is kept to a list that he
      // is not on, he moves no more. That he talked stands.
      const actor: Actor = { accountId, roles: ['unit'], unitCode };
      const sees = (await deps.ticketMoves.lock(ticketId, sightOf(actor), tx)) !== null;
      const moves = sees ? movesAfterCall(ticket.state, call.talkMs, ticket) : [];
      for (const one of moves) {
        await move(
          { id: ticketId, move: one, version: null, reason: OWN_REASONS.calledThroughUs, details: {}, actor },
          tx,
        );
      }
      await deps.unitCalls.noted(callId, now, moves.includes('contact'), tx);
      return true;
    });
  return async (): Promise<number> => {
    let noted = 0;
    while (await noteOne()) noted += 1;
    return noted;
  };
}

const bodyOf = ({ callId, askedAt, endedAt, outcome, talkMs, phoneLabel, unitCode }: EndedUnitCall) => ({
  callId,
  unitCode,
  phone: phoneLabel,
  askedAt: new Date(askedAt).toISOString(),
  endedAt: new Date(endedAt).toISOString(),
  outcome,
  talkMs,
});
