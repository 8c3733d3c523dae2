import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { dueAfterWorkingDays } from '../../domain/deadlines/due.ts';
import { localDateOf } from '../../domain/deadlines/local-time.ts';
import {
  decideOrderMove,
  type Instrument,
  ORDER_WORKING_DAYS,
  type SupervisionRule,
  TRIGGER_NAMES,
  type Trigger,
} from '../../domain/tickets/supervision.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

export interface SupervisionDeps {
  readonly supervision: SupervisionBook;
  readonly ticketMoves: TicketMoves;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}

interface OrderRequest {
  readonly ticketId: string;
  readonly instrument: Instrument;
  readonly demand: string;
  readonly workingDays: number;
  readonly trigger: Trigger;
  readonly actor: Actor;
}

/**
 * Issues an order to the unit that has the ticket, with a line on the ticket's time line, in one transaction. Null: a
 * rule's order stands already. Refuses with `ticket.unknown`, `supervision.noUnit` and what `decideOrderMove` refuses.
 */
function issueInside(deps: SupervisionDeps) {
  return async (request: OrderRequest, tx: Transaction): Promise<{ id: string; number: string } | null> => {
    const { ticketId, instrument, trigger, actor, demand } = request;
    const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
    if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
    if (ticket.unitCode === null) throw new AppError('supervision.noUnit', { state: ticket.state });
    const { unitCode } = ticket;
    const decided = decideOrderMove({ move: 'issue', from: null, unitCode, actor, reason: demand });
    if ('refusal' in decided) throw new AppError(decided.refusal);
    const { numberPrefix, calendar } = await deps.calendar.load();
    const now = deps.now();
    const { dueAt } = dueAfterWorkingDays(now, request.workingDays, chinaCalendar(calendar));
    const id = deps.newId();
    const issued = await deps.supervision.issue(
      {
        id,
        ticketId,
        unitCode,
        instrument,
        trigger,
        demand: demand.trim(),
        issuedAt: now,
        issuedBy: actor.accountId,
        dueAt,
      },
      numberPrefix,
      localDateOf(now, calendar.zone),
      tx,
    );
    if (issued === null) return null;
    await deps.ticketMoves.note(
      ticketId,
      {
        id: deps.newId(),
        at: now,
        actorId: actor.accountId,
        fromState: null,
        toState: null,
        type: 'supervisionIssued',
        reason: demand.trim(),
        body: { order: issued.number, instrument, trigger, unitCode, dueAt: new Date(dueAt).toISOString() },
      },
      tx,
    );
    return { id, number: issued.number };
  };
}

export function issueOrder(deps: SupervisionDeps & { readonly database: Database }) {
  const inside = issueInside(deps);
  return async (request: Omit<OrderRequest, 'trigger'>): Promise<{ id: string; number: string }> => {
    const issued = await deps.database.transact((tx) => inside({ ...request, trigger: 'person' }, tx));
    if (issued === null) throw new Error('an order that a person writes is no second of a rule');
    return issued;
  };
}

/** What a rule demands: by the program, in writing, within three working days; once while it stands. */
export function issueByRule(deps: SupervisionDeps) {
  const inside = issueInside(deps);
  return (ticketId: string, trigger: SupervisionRule, tx: Transaction) =>
    inside(
      {
        ticketId,
        instrument: 'written',
        demand: `${TRIGGER_NAMES[trigger]}：请查明原因，限期办结并书面反馈。`,
        workingDays: ORDER_WORKING_DAYS,
        trigger,
        actor: SYSTEM,
      },
      tx,
    );
}
