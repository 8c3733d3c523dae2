import type { GivenAnswers } from '../../domain/callbacks/survey/dialogue.ts';
import { saidInWords, type VisitAnswers, verdictOf } from '../../domain/callbacks/visit-answers.ts';
import {
  ENOUGH,
  triedSoFar,
  VISIT_OUTCOME_NAMES,
  type VisitOutcome,
} from '../../domain/callbacks/visit-attempts.ts';
import { decideMove } from '../../domain/tickets/moving.ts';
import { ASKED_BY, OWN_FRAMES } from '../../domain/tickets/own-reasons.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import type { TicketMove } from '../../domain/tickets/transitions.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import type { VisitBook } from '../ports/visits.ts';
import { superviseAfter } from '../supervision/after-move.ts';
import type { SupervisionDeps } from '../supervision/issue-order.ts';
import { type MovedTicket, moveTicketInside } from '../tickets/move-ticket.ts';

export interface VisitRequest {
  /** All that the citizen was asked about in this one call. */
  readonly tickets: readonly {
    readonly id: string;
    readonly version: number;
    /** Exactly when the citizen answered. */
    readonly answers: VisitAnswers | null;
    /** `brokenOff` and `toPerson` only: what he had answered by then. */
    readonly given?: GivenAnswers;
  }[];
  readonly outcome: VisitOutcome;
  /** `callLater` only: when the citizen asked to be called. */
  readonly callAgainAt: number | null;
  readonly actor: Actor;
  /** The call in which he was asked, where the machine made it. */
  readonly callId?: string;
  /** The link under which he answered himself: nobody asked. */
  readonly linkId?: string;
}

export type RecordVisitDeps = SupervisionDeps & { readonly database: Database; readonly visits: VisitBook };

export interface Visited extends MovedTicket {
  /** The supervision order that a second dissatisfaction brought about. */
  readonly order: string | null;
}

/** Which outcomes end a visit, and by which move; an answer moves by what was said. */
const ENDS: Partial<Record<VisitOutcome, TicketMove>> = { refused: 'close', givenUp: 'closeUnvisited' };

/**
 * What one call to a citizen came to, for all the tickets it was about, in ONE transaction: the attempt, and the move
 * that it leads to. Refuses with `visit.ticketTwice`, `visit.answersMissing`, `visit.answersOutOfPlace`, `visit.notDue`,
 * `visit.tooFewAttempts`, `visit.timeMissing` and all that moving a ticket refuses.
 */
export function recordVisit(deps: RecordVisitDeps) {
  const inside = recordVisitInside(deps);
  return (request: VisitRequest): Promise<readonly Visited[]> =>
    deps.database.transact((tx) => inside(request, tx));
}

/** The same within a transaction of somebody who has more to write. */
export function recordVisitInside(deps: RecordVisitDeps) {
  const move = moveTicketInside(deps);
  const supervise = superviseAfter(deps);
  const onTicket = async (
    { id, version, answers, given = {} }: VisitRequest['tickets'][number],
    request: VisitRequest,
    tx: Transaction,
  ): Promise<Visited> => {
    const { outcome, callAgainAt, actor } = request;
    const callId = request.callId ?? null;
    const ticket = await deps.ticketMoves.lock(id, sightOf(actor), tx);
    if (ticket === null) throw new AppError('ticket.unknown', { id });
    if (ticket.lastMove.seq > version) {
      throw new AppError('ticket.movedMeanwhile', { ...ticket.lastMove, state: ticket.state, id });
    }
    if (ticket.state !== 'returnVisit') throw new AppError('visit.notDue', { id, state: ticket.state });
    const now = deps.now();
    // Who may not end the visit makes no try at it either: tries are what lets it be given up (invariant 9).
    const { state: from, unitCode } = ticket;
    const mayEnd = decideMove({ move: 'close', from, actor, unitCode, now, reason: outcome });
    if (mayEnd.kind === 'refused') throw new AppError(mayEnd.code, { id, state: from });
    if (outcome === 'givenUp') {
      const { calendar } = await deps.calendar.load(tx);
      const tried = triedSoFar(await deps.visits.attempts(id, tx), calendar.zone);
      if (!tried.enough) throw new AppError('visit.tooFewAttempts', { ...tried, needed: ENOUGH });
    }
    await deps.visits.add(
      {
        id: deps.newId(),
        ticketId: id,
        at: now,
        by: actor.accountId,
        outcome,
        unitCode,
        given: answers ?? given,
        words: answers?.words ?? '',
        callAgainAt,
        callId,
        linkId: request.linkId ?? null,
      },
      tx,
    );
    const leadsTo = answers === null ? ENDS[outcome] : verdictOf(answers);
    const said = answers === null ? VISIT_OUTCOME_NAMES[outcome] : saidInWords(answers);
    const by = request.linkId !== undefined ? 'link' : actor.accountId === null ? 'machine' : 'person';
    const reason = OWN_FRAMES.more(OWN_FRAMES.said(ASKED_BY[by], said), answers?.words ?? '');
    const givenSome = Object.keys(given).length > 0;
    if (leadsTo === undefined) {
      const event = {
        type: 'visitAttempt',
        reason,
        body: { outcome, ...(callId === null ? {} : { callId }), ...(givenSome ? { given } : {}) },
      } as const;
      await deps.ticketMoves.note(id, { ...event, id: deps.newId(), at: now, actorId: actor.accountId }, tx);
      const { number, state, lastMove } = ticket;
      return { id, number, state, version: lastMove.seq, order: null };
    }
    const moved = await move({ id, move: leadsTo, version: null, reason, details: {}, actor }, tx);
    const order = await supervise(id, leadsTo, tx);
    return { ...moved, order: order?.number ?? null };
  };

  return async (request: VisitRequest, tx: Transaction): Promise<readonly Visited[]> => {
    const named = new Set<string>();
    for (const { id, answers, given = {} } of request.tickets) {
      if (named.has(id)) throw new AppError('visit.ticketTwice', { id });
      named.add(id);
      if (request.outcome === 'answered' && answers === null) {
        throw new AppError('visit.answersMissing', { id });
      }
      if (request.outcome !== 'answered' && answers !== null) {
        throw new AppError('visit.answersOutOfPlace', { id });
      }
      const partly = request.outcome === 'brokenOff' || request.outcome === 'toPerson';
      if (!partly && Object.keys(given).length > 0) throw new AppError('visit.answersOutOfPlace', { id });
    }
    if (request.outcome === 'callLater' && request.callAgainAt === null) {
      throw new AppError('visit.timeMissing');
    }
    const visited: Visited[] = [];
    // In one order for everybody: two visitors with the same tickets wait for each other and never both.
    const inOrder = [...request.tickets].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const ticket of inOrder) visited.push(await onTicket(ticket, request, tx));
    return visited;
  };
}
