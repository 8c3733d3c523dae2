import { type Appeal, decideOpening, ticketNumber, tidyAppeal } from '../../domain/tickets/opening.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import { acceptedDaySeconds, type CompressedSwitch, calendarsFor, limitsOf } from '../deadlines/counting.ts';
import { AppError } from '../errors.ts';
import type { TicketNotice } from '../live/notices.ts';
import type { IdempotencyClaim, IdempotentRequest, StoredAnswer } from '../ports/idempotency.ts';
import type { NewTicket, OpeningFacts, TicketBook } from '../ports/tickets.ts';
import type { Transaction } from '../ports/transaction.ts';
import { refuseUnknownClass } from './classification.ts';
import { filledForm } from './forms/filled-form.ts';

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

export interface OpenTicketDeps extends CompressedSwitch {
  readonly tickets: Pick<TicketBook, 'openingFacts' | 'insert'>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** A request that may come twice: its key, the id that the ticket has then, and how its answer is written. */
export interface UnderKey {
  readonly key: IdempotentRequest;
  readonly ticketId: string;
  readonly answerOf: (opened: OpenedTicket) => StoredAnswer;
}

export type OpenedOnce =
  | { readonly kind: 'opened'; readonly answer: StoredAnswer; readonly id: string }
  /** The ticket stands under its id, and nobody knows the answer any more: its key was forgotten. */
  | { readonly kind: 'openedBefore'; readonly id: string }
  | Exclude<IdempotencyClaim, { readonly kind: 'fresh' }>;

/**
 * Ticket, time line, deadlines of both clocks, outbox row and the call's outcome in ONE transaction, which is one statement.
 *
 * Refuses with `ticket.typeUnknown`, `ticket.textMissing`, `ticket.textTooLong`, what `refuseUnknownClass` refuses,
 * what `filledForm` refuses, `ticket.unitUnknown`, `ticket.moveForbidden`, `ticket.accusedUnit`, `call.unknown`, `call.notAnswered`, `call.outcomeExists`.
 */
export function openTicket(deps: OpenTicketDeps) {
  return async (request: OpenTicketRequest, tx?: Transaction): Promise<OpenedTicket> => {
    const appeal = tidied(request.appeal);
    const facts = await deps.tickets.openingFacts({ ...asked(request), key: null }, tx);
    const { opened, ticket } = prepared(deps, { ...request, appeal }, facts, deps.newId());
    const written = await deps.tickets.insert({ ...ticket, kept: null }, tx);
    if (written !== 'inserted') throw refusedInsert(written, request.callId);
    return opened;
  };
}

/**
 * The same under a key: what is answered is kept in the transaction that opens the ticket, so that there is never the one
 * without the other. Of many requests with one key at once one opens it; the others wait for it and hear its answer.
 */
export function openTicketOnce(deps: OpenTicketDeps) {
  return async (request: OpenTicketRequest, once: UnderKey): Promise<OpenedOnce> => {
    const appeal = tidied(request.appeal);
    for (let looks = 0; looks < LOOKS; looks += 1) {
      const facts = await deps.tickets.openingFacts({ ...asked(request), key: once.key });
      if (facts.key.kind !== 'fresh') return facts.key;
      if (facts.call?.outcome?.ticketId === once.ticketId) return { kind: 'openedBefore', id: once.ticketId };
      const { opened, ticket } = prepared(deps, { ...request, appeal }, facts, once.ticketId);
      const answer = once.answerOf(opened);
      const written = await deps.tickets.insert({ ...ticket, kept: { key: once.key, answer } });
      switch (written) {
        case 'inserted':
          return { kind: 'opened', answer, id: opened.id };
        case 'idTaken':
          return { kind: 'openedBefore', id: opened.id };
        case 'keyTaken':
          // Between our look and our write; its answer stands there now.
          continue;
        case 'outcomeExists':
          throw refusedInsert(written, request.callId);
        default:
          return written satisfies never;
      }
    }
    return { kind: 'underWay' };
  };
}

/** A key that is taken at each look although it was free: somebody is at it. */
const LOOKS = 3;

function tidied(appeal: Appeal): Appeal {
  const tidy = tidyAppeal(appeal);
  if ('fault' in tidy) throw new AppError(tidy.fault.code, tidy.fault.data);
  return tidy.appeal;
}

const asked = ({ appeal, callId }: OpenTicketRequest) => ({
  unitCode: appeal.unitCode,
  accusedUnitCode: appeal.accusedUnitCode ?? null,
  ...classOf(appeal),
  form: appeal.form ?? null,
  callId,
});

const classOf = ({ type, categoryCode, subtypeCode = null, tags = [] }: Appeal) => ({
  ...{ type, categoryCode, subtypeCode, tags },
});

/** What will be written, and what its answer says; decided, not done. */
function prepared(
  { now: clock, newId, ...mode }: OpenTicketDeps,
  request: OpenTicketRequest,
  facts: OpeningFacts,
  id: string,
): { readonly opened: OpenedTicket; readonly ticket: Omit<NewTicket, 'kept'> } {
  refuseUnknown(facts, request);
  const { appeal, actor } = request;
  const { settings, call } = facts;
  const form = filledForm(appeal.form ?? null, { inUse: facts.formInUse, asked: facts.formAsked });
  const now = clock();
  const limits = limitsOf(settings, now);
  const { categoryCode } = appeal;
  const daySeconds = acceptedDaySeconds(mode, limits, { acceptedAt: now, categoryCode });
  const decided = decideOpening({
    appeal: { ...appeal, form, citizenNumber: appeal.citizenNumber || (call?.callerNumber ?? '') },
    actor,
    now,
    id,
    number: ticketNumber(settings.numberPrefix, now, settings.calendar.zone, facts.sequence),
    call,
    limits,
    calendars: calendarsFor(settings, appeal.unitCode, { daySeconds }),
    accusedUnits: facts.accusedUnits,
  });
  if ('refusal' in decided) throw new AppError(decided.refusal, { move: 'register', unit: appeal.unitCode });
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
  const due = (clock: 'citizen' | 'unit'): string | null => {
    const mark = marks.find((one) => one.clock === clock && one.kind === 'overdue');
    return mark === undefined ? null : new Date(mark.dueAt).toISOString();
  };
  return {
    opened: {
      id: ticket.id,
      number: ticket.number,
      state: ticket.state,
      acceptedAt: new Date(now).toISOString(),
      citizenDueAt: due('citizen') ?? '',
      unitDueAt: due('unit'),
      missingCalendarYears: missingYears,
    },
    ticket: {
      ticket,
      events: events.map((event) => ({ ...event, id: newId() })),
      marks: marks.map((mark) => ({ ...mark, id: newId() })),
      limits: limits.code,
      calendarEdition: settings.calendarEdition,
      daySeconds,
      outbox: { topic: 'ticketOpened', key: ticket.id, body: notice },
    },
  };
}

function refuseUnknown(facts: OpeningFacts, { appeal, callId }: OpenTicketRequest): void {
  refuseUnknownClass(facts, classOf(appeal));
  if (!facts.unitKnown) throw new AppError('ticket.unitUnknown', { unit: appeal.unitCode });
  if (!facts.accusedKnown) throw new AppError('ticket.unitUnknown', { unit: appeal.accusedUnitCode });
  if (callId === null) return;
  const { call } = facts;
  if (call === null) throw new AppError('call.unknown', { callId });
  if (!call.answered && !call.messageLeft) throw new AppError('call.notAnswered', { callId });
  if (call.outcome !== null) throw new AppError('call.outcomeExists', { callId, ...call.outcome });
}

/** Another clerk was quicker between our look and our write; nothing of ours was written. */
function refusedInsert(why: 'outcomeExists' | 'keyTaken' | 'idTaken', callId: string | null): Error {
  if (why === 'outcomeExists') return new AppError('call.outcomeExists', { callId });
  return new Error(`a new id, and no key: it cannot be ${why}`);
}
