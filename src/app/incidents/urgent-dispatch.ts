import type { HandOverOrder } from '../../domain/incidents/hand-over.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import type { IncidentBook } from '../ports/incidents.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import type { TicketParts } from '../ports/ticket-parts.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { superviseAfter } from '../supervision/after-move.ts';
import { type MoveTicketDeps, moveTicketInside } from '../tickets/move-ticket.ts';
import { addPartInside } from '../tickets/parts/part-acts.ts';

export interface UrgentDispatchDeps extends MoveTicketDeps {
  readonly database: Database;
  readonly incidents: IncidentBook;
  readonly supervision: SupervisionBook;
  readonly ticketParts: TicketParts;
}

/**
 * One ticket that is locked: urgent from now on, with the unit, and with those that assist. Of whose people the citizen complains
 * does not assist (HM-16): returns whom it left out. What refuses leaves the transaction half done, to be undone by whoever
 * began it: with what `moveTicketInside` and `addPartInside` refuse.
 */
export function urgentDispatch(deps: UrgentDispatchDeps) {
  const move = moveTicketInside(deps);
  const supervise = superviseAfter(deps);
  const add = addPartInside(deps);
  return async (
    ticketId: string,
    { unitCode, assistUnits, demand }: HandOverOrder,
    { actor, reason }: { readonly actor: Actor; readonly reason: string },
    tx: Transaction,
  ): Promise<readonly string[]> => {
    const accused = (await deps.ticketMoves.lock(ticketId, sightOf(actor), tx))?.accusedUnits ?? [];
    // Its times begin with the dispatch: short ones, so it is urgent before.
    const was = await deps.incidents.setUrgency(ticketId, 'urgent', tx);
    await move({ id: ticketId, move: 'dispatch', version: null, reason, details: { unitCode }, actor }, tx);
    if (was === 'normal') {
      const line = {
        id: deps.newId(),
        at: deps.now(),
        actorId: actor.accountId,
        type: 'madeUrgent',
      } as const;
      await deps.ticketMoves.note(ticketId, { ...line, reason: demand, body: {} }, tx);
    }
    const leftOut = assistUnits.filter((unit) => accused.includes(unit));
    for (const unit of assistUnits) {
      if (leftOut.includes(unit)) continue;
      const part = { ticketId, id: deps.newId(), kind: 'assist', parentId: null, unitCode: unit } as const;
      await add({ ...part, task: demand, workingDays: null, actor }, tx);
    }
    await supervise(ticketId, 'dispatch', tx);
    return leftOut;
  };
}
