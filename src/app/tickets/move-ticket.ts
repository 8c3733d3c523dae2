import { triedSoFar, wasHeard } from '../../domain/callbacks/visit-attempts.ts';
import type { MoveDetails } from '../../domain/tickets/move-details.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { decideTicketMove } from '../../domain/tickets/ticket-move.ts';
import type { TicketMove, TicketState } from '../../domain/tickets/transitions.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { calendarsFor, limitsOf } from '../deadlines/counting.ts';
import { AppError } from '../errors.ts';
import type { TicketNotice } from '../live/notices.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { superviseAfter } from '../supervision/after-move.ts';

export interface MoveTicketRequest {
  readonly id: string;
  readonly move: TicketMove;
  /** `version` of the ticket as the actor saw it; null for the program, which looks at the ticket as it is. */
  readonly version: number | null;
  readonly reason: string;
  readonly details: MoveDetails;
  readonly actor: Actor;
}

export interface MovedTicket {
  readonly id: string;
  readonly number: string;
  readonly state: TicketState;
  readonly version: number;
}

export interface MoveTicketDeps {
  readonly ticketMoves: TicketMoves;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Moves a ticket along the table: the new state, the line of the time line, the clocks and the outbox row in ONE
 * transaction (invariant 6). The ticket's row is locked first, so of two who move at once the later one is told.
 *
 * Refuses with `ticket.unknown`, `ticket.movedMeanwhile`, `ticket.unitUnknown`, and all that `decideTicketMove` refuses.
 */
export function moveTicket(
  deps: MoveTicketDeps & { readonly database: Database; readonly supervision: SupervisionBook },
) {
  const inside = moveTicketInside(deps);
  const supervise = superviseAfter(deps);
  return (request: MoveTicketRequest): Promise<MovedTicket> =>
    deps.database.transact(async (tx) => {
      const moved = await inside(request, tx);
      await supervise(request.id, request.move, tx);
      return moved;
    });
}

/** What would come of a move, with its ticket held and nothing written. Refuses as `moveTicket` does. */
export function decideInside(deps: Pick<MoveTicketDeps, 'ticketMoves' | 'calendar' | 'now'>) {
  return async ({ id, move, version, actor, reason, details }: MoveTicketRequest, tx: Transaction) => {
    const settings = await deps.calendar.load(tx);
    const ticket = await deps.ticketMoves.lock(id, sightOf(actor), tx);
    if (ticket === null) throw new AppError('ticket.unknown', { id });
    const { lastMove } = ticket;
    if (version !== null && lastMove.seq > version) {
      throw new AppError('ticket.movedMeanwhile', { ...lastMove, state: ticket.state });
    }
    const now = deps.now();
    const limits = limitsOf(settings, ticket.acceptedAt);
    const decision = decideTicketMove({
      move,
      ticket: {
        ...ticket,
        tried: triedSoFar(ticket.visitAttempts, settings.calendar.zone),
        heard: wasHeard(ticket.visitAttempts),
      },
      actor,
      reason,
      details,
      now,
      limits,
      calendars: calendarsFor(settings, details.unitCode ?? ticket.unitCode, ticket),
    });
    if (decision.kind === 'refused') throw new AppError(decision.code, decision.data);
    const named = details.unitCode ?? details.suggestedUnitCode;
    if (named !== undefined && !(await deps.ticketMoves.unitKnown(named, tx))) {
      throw new AppError('ticket.unitUnknown', { unit: named });
    }
    return { change: decision.change, number: ticket.number, limits, now };
  };
}

/** The same within a transaction of somebody who has more to write. */
export function moveTicketInside(deps: MoveTicketDeps) {
  const decide = decideInside(deps);
  return async (request: MoveTicketRequest, tx: Transaction): Promise<MovedTicket> => {
    const { id } = request;
    const { change, number, limits, now } = await decide(request, tx);
    const notice: TicketNotice = {
      kind: 'ticketMoved',
      ticketId: id,
      ticketNumber: number,
      unitCode: change.unitCode,
      atMs: now,
      clock: null,
      level: null,
    };
    const moved = await deps.ticketMoves.write(
      {
        id,
        change,
        eventId: deps.newId(),
        marks: change.marks.map((mark) => ({ ...mark, id: deps.newId() })),
        limits: limits.code,
        outbox: { topic: 'ticketMoved', key: id, body: notice },
      },
      tx,
    );
    return { id, number, state: change.state, version: moved.version };
  };
}
