import { type Appeal, decideOpening, ticketNumber, tidyAppeal } from '../../domain/tickets/opening.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import { calendarsFor, limitsOf } from '../deadlines/counting.ts';
import { AppError } from '../errors.ts';
import type { TicketNotice } from '../live/notices.ts';
import type { OpeningFacts, TicketBook } from '../ports/tickets.ts';
import type { Database } from '../ports/transaction.ts';

export interface OpenTicketRequest {
  readonly appeal: Appeal;
  /** The call it comes from; null for a ticket from elsewhere. */
  readonly callId: string | null;
  readonly actor: Actor;
}

export interface OpenedTicket {
  readonly id: string;
  readonly number: string;
  readonly state: TicketState;
  /** ISO 8601, UTC. */
  readonly acceptedAt: string;
  readonly citizenDueAt: string;
  readonly unitDueAt: string | null;
  /** Years without a calendar: the due time is provisional until somebody enters them. Usually empty. */
  readonly missingCalendarYears: readonly number[];
}

export interface OpenTicketDeps {
  readonly database: Database;
  readonly tickets: TicketBook;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Ticket, time line, deadlines of both clocks, outbox row and the call's outcome in ONE transaction.
 *
 * Refuses with `ticket.typeUnknown`, `ticket.textMissing`, `ticket.textTooLong`, `ticket.categoryUnknown`,
 * `ticket.unitUnknown`, `ticket.moveForbidden`, `call.unknown`, `call.notAnswered`, `call.outcomeExists`.
 */
export function openTicket(deps: OpenTicketDeps) {
  return async (request: OpenTicketRequest): Promise<OpenedTicket> => {
    const tidy = tidyAppeal(request.appeal);
    if ('fault' in tidy) throw new AppError(tidy.fault.code, tidy.fault.data);
    const { categoryCode, unitCode } = tidy.appeal;
    const { callId } = request;

    return deps.database.transact(async (tx) => {
      const facts = await deps.tickets.openingFacts({ unitCode, categoryCode, callId }, tx);
      refuseUnknown(facts, request);
      const { settings, call } = facts;
      const now = deps.now();
      const limits = limitsOf(settings, now);
      const decided = decideOpening({
        appeal: { ...tidy.appeal, citizenNumber: tidy.appeal.citizenNumber || (call?.callerNumber ?? '') },
        actor: request.actor,
        now,
        id: deps.newId(),
        number: ticketNumber(settings.numberPrefix, now, settings.calendar.zone, facts.sequence),
        call,
        limits,
        calendars: calendarsFor(settings, unitCode),
      });
      if ('refusal' in decided) throw new AppError(decided.refusal, { move: 'register' });
      const { ticket, events, marks, missingYears } = decided.opening;
      const notice: TicketNotice = {
        kind: 'ticketOpened',
        ticketId: ticket.id,
        ticketNumber: ticket.number,
        unitCode: ticket.unitCode,
        atMs: now,
        clock: null,
        level: null,
      };
      const written = await deps.tickets.insert(
        {
          ticket,
          events: events.map((event) => ({ ...event, id: deps.newId() })),
          marks: marks.map((mark) => ({ ...mark, id: deps.newId() })),
          limits: limits.code,
          calendarEdition: settings.calendarEdition,
          outbox: { topic: 'ticketOpened', key: ticket.id, body: notice },
        },
        tx,
      );
      // Another clerk was quicker between our look and our write; the whole transaction goes back.
      if (written === 'outcomeExists') throw new AppError('call.outcomeExists', { callId });
      const due = (clock: 'citizen' | 'unit'): string | null => {
        const mark = marks.find((one) => one.clock === clock && one.kind === 'overdue');
        return mark === undefined ? null : new Date(mark.dueAt).toISOString();
      };
      return {
        id: ticket.id,
        number: ticket.number,
        state: ticket.state,
        acceptedAt: new Date(now).toISOString(),
        citizenDueAt: due('citizen') ?? '',
        unitDueAt: due('unit'),
        missingCalendarYears: missingYears,
      };
    });
  };
}

function refuseUnknown(facts: OpeningFacts, { appeal, callId }: OpenTicketRequest): void {
  if (!facts.categoryKnown) throw new AppError('ticket.categoryUnknown', { category: appeal.categoryCode });
  if (!facts.unitKnown) throw new AppError('ticket.unitUnknown', { unit: appeal.unitCode });
  if (callId === null) return;
  const { call } = facts;
  if (call === null) throw new AppError('call.unknown', { callId });
  if (!call.answered && !call.messageLeft) throw new AppError('call.notAnswered', { callId });
  if (call.outcome !== null) throw new AppError('call.outcomeExists', { callId, ...call.outcome });
}
