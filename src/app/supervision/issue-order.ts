import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { orderDue } from '../../domain/tickets/order-time.ts';
import {
  decideOrderMove,
  formFault,
  type Instrument,
  type SupervisionRule,
  TRIGGER_NAMES,
  type Trigger,
} from '../../domain/tickets/supervision.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { calendarsFor, limitsOf } from '../deadlines/counting.ts';
import { AppError } from '../errors.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import { matterRow } from '../ports/oversight-jobs.ts';
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
  /** The same for the same request of a person; what a rule orders is recognised by its rule. */
  readonly id?: string;
  readonly ticketId: string;
  readonly instrument: Instrument;
  readonly demand: string;
  /** null: as the limits say that the ticket was accepted under. */
  readonly workingDays: number | null;
  readonly trigger: Trigger;
  readonly actor: Actor;
  readonly document?: Readonly<Record<string, string>>;
  /** The order that was not answered in time. */
  readonly escalates?: string;
  /** Whom it goes to, where that is not the unit that has the ticket. */
  readonly unitCode?: string;
}

/**
 * Issues an order to the unit that has the ticket, with a line on the ticket's time line, in one transaction. Null: a
 * rule's order stands already. Refuses with `ticket.unknown`, `supervision.noUnit`, `supervision.formFault` and what `decideOrderMove` refuses.
 */
export function issueInside(deps: SupervisionDeps) {
  return async (request: OrderRequest, tx: Transaction): Promise<{ id: string; number: string } | null> => {
    const { ticketId, instrument, trigger, actor, demand } = request;
    const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
    if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
    const id = request.id ?? deps.newId();
    // Written by a process that died before it could answer: the order stands under this very id.
    const earlier = request.id === undefined ? null : await deps.supervision.lock(id, sightOf(actor), tx);
    if (earlier !== null) return { id, number: earlier.number };
    const unitCode = request.unitCode ?? ticket.unitCode;
    if (unitCode === null) throw new AppError('supervision.noUnit', { state: ticket.state });
    const decided = decideOrderMove({ move: 'issue', from: null, unitCode, actor, reason: demand });
    if ('refusal' in decided) throw new AppError(decided.refusal);
    const document = request.document ?? {};
    const fault = formFault(instrument, 'document', document);
    if (fault !== null) throw new AppError('supervision.formFault', { ...fault, instrument });
    const settings = await deps.calendar.load(tx);
    const { numberPrefix, calendar } = settings;
    const now = deps.now();
    const workingDays = request.workingDays ?? limitsOf(settings, ticket.acceptedAt).superviseWorkingDays;
    const { centre } = calendarsFor(settings, null, ticket);
    const { dueAt, warnAt, explanation } = orderDue(now, workingDays, centre);
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
        ...{ warnAt, explanation },
        document,
        escalates: request.escalates ?? null,
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
        type: 'supervisionIssued',
        reason: demand.trim(),
        body: { order: issued.number, instrument, trigger, unitCode, dueAt: new Date(dueAt).toISOString() },
      },
      tx,
    );
    await deps.ticketMoves.tell(matterRow({ kind: 'order', id }), tx);
    return { id, number: issued.number };
  };
}

export function issueOrder(deps: SupervisionDeps & { readonly database: Database }) {
  const inside = issueInside(deps);
  return async (
    request: Omit<OrderRequest, 'trigger'> & { readonly id: string },
  ): Promise<{ id: string; number: string }> => {
    const issued = await deps.database.transact((tx) => inside({ ...request, trigger: 'person' }, tx));
    if (issued === null) throw new Error('an order that a person writes is no second of a rule');
    return issued;
  };
}

/** What a rule demands: by the program, in writing, within the time that the limits give; once while it stands. */
export function issueByRule(deps: SupervisionDeps) {
  const inside = issueInside(deps);
  return (ticketId: string, trigger: SupervisionRule, tx: Transaction) =>
    inside(
      {
        ticketId,
        instrument: 'written',
        demand: `${TRIGGER_NAMES[trigger]}：请查明原因，限期办结并书面反馈。`,
        workingDays: null,
        trigger,
        actor: SYSTEM,
      },
      tx,
    );
}

/** A task of a meeting that was not reported in its time: to the unit that took it, whoever has the ticket (I4). */
export function issueForTask(deps: SupervisionDeps) {
  const inside = issueInside(deps);
  return (
    task: {
      readonly meetingNumber: string;
      readonly number: string;
      readonly unitCode: string;
      readonly task: string;
      readonly ticketIds: readonly string[];
    },
    tx: Transaction,
  ) => {
    const [ticketId] = task.ticketIds;
    if (ticketId === undefined) throw new Error('a task hangs on a ticket');
    const { number, unitCode } = task;
    const demand = `${TRIGGER_NAMES.meetingTask}：任务${number}（会议${task.meetingNumber}）${task.task}。请查明原因，限期办结并书面反馈。`;
    return inside(
      {
        ticketId,
        unitCode,
        instrument: 'written',
        demand,
        workingDays: null,
        trigger: 'meetingTask',
        actor: SYSTEM,
      },
      tx,
    );
  };
}

/** What follows an order, or comes in its place, is answered at once. */
export const ESCALATED_WORKING_DAYS = 1;
