import {
  FORCE_EXPIRES_AFTER_MS,
  type ForceDecision,
  type ForceState,
  forceBarrier,
  forcedChange,
  forceFault,
} from '../../domain/tickets/forced-move.ts';
import { OWN_REASONS } from '../../domain/tickets/own-reasons.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import type { TimeLineNote } from '../../domain/tickets/time-line.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { calendarsFor, limitsOf } from '../deadlines/counting.ts';
import { AppError } from '../errors.ts';
import type { ForcedMove, ForcedMoveBook } from '../ports/forced-moves.ts';
import type { LockedTicket } from '../ports/ticket-moves.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import type { MoveTicketDeps } from './move-ticket.ts';

export interface ForceDeps extends MoveTicketDeps {
  readonly database: Database;
  readonly forcedMoves: ForcedMoveBook;
}

const NOTES = {
  refuse: 'forceRefused',
  withdraw: 'forceWithdrawn',
  expire: 'forceExpired',
} as const satisfies Record<string, TimeLineNote>;

/**
 * Asks that a ticket be put where no move leads. It stays where it is until somebody else agrees.
 *
 * Refuses with `ticket.unknown`, `ticket.movedMeanwhile`, `ticket.unitUnknown`, `force.stands`, and what `forceBarrier`
 * and `forceFault` refuse.
 */
export function askForce(deps: ForceDeps) {
  return (request: {
    readonly ticketId: string;
    readonly to: TicketState;
    readonly unitCode: string | null;
    readonly version: number;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<{ readonly id: string; readonly expiresAt: string }> =>
    deps.database.transact(async (tx) => {
      const { ticketId, to, unitCode, version, reason, actor } = request;
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      const refusal = forceBarrier('ask', null, actor) ?? forceFault(ticket, to, unitCode);
      if (refusal !== null) throw new AppError(refusal, { state: ticket.state, to });
      const { lastMove } = ticket;
      if (lastMove.seq > version) {
        throw new AppError('ticket.movedMeanwhile', { ...lastMove, state: ticket.state });
      }
      if (unitCode !== null && !(await deps.ticketMoves.unitKnown(unitCode, tx))) {
        throw new AppError('ticket.unitUnknown', { unit: unitCode });
      }
      if (actor.accountId === null) throw new Error('only a person asks');
      const now = deps.now();
      const id = deps.newId();
      const expiresAt = now + FORCE_EXPIRES_AFTER_MS;
      const added = await deps.forcedMoves.add(
        {
          ...{ id, ticketId, from: ticket.state, to, unitCode, reason, askedBy: actor.accountId },
          ...{ askedAt: now, expiresAt, state: 'asked' },
        },
        tx,
      );
      if (added === 'stands') throw new AppError('force.stands', { id: ticketId });
      await note(deps, ticketId, 'forceAsked', actor, reason, { force: id, to, unitCode }, tx);
      return { id, expiresAt: new Date(expiresAt).toISOString() };
    });
}

/**
 * Agrees to it, which does it, or ends it otherwise. A ticket that moved since it was asked is not the one that was
 * spoken of: the request expires. Refuses with `force.unknown` and what `forceBarrier` refuses.
 */
export function decideForce(deps: ForceDeps) {
  return async (request: {
    readonly id: string;
    readonly move: ForceDecision | 'expire';
    readonly words: string;
    readonly actor: Actor;
  }): Promise<{ readonly id: string; readonly state: ForceState; readonly ticketState: TicketState }> => {
    const { id, move, words, actor } = request;
    const done = await deps.database.transact(async (tx) => {
      const known = await deps.forcedMoves.find(id, tx);
      const ticket = known === null ? null : await deps.ticketMoves.lock(known.ticketId, sightOf(actor), tx);
      // Read again under the ticket's lock: of two who decide at once the later one is told.
      const force = await deps.forcedMoves.find(id, tx);
      if (ticket === null || force === null) throw new AppError('force.unknown', { id });
      const refusal = forceBarrier(move, force, actor);
      if (refusal !== null) throw new AppError(refusal, { state: force.state });
      const now = deps.now();
      const late = now >= force.expiresAt;
      // In the same state it may be another unit's by now, or have gone and come back.
      const moved = ticket.lastMove.seq > force.askedSeq;
      const ends = move === 'approve' && (late || moved) ? 'expire' : move;
      const state = ends === 'approve' ? 'done' : STATES[ends];
      const by = ends === 'expire' ? null : actor.accountId;
      await deps.forcedMoves.decide(id, { state, by, at: now, words }, tx);
      if (ends === 'approve') {
        await put(deps, ticket, force, actor, now, tx);
        return { kind: 'ended', state, ticketState: force.to } as const;
      }
      await note(
        deps,
        force.ticketId,
        NOTES[ends],
        ends === 'expire' ? SYSTEM : actor,
        words,
        { force: id },
        tx,
      );
      if (ends === move) return { kind: 'ended', state, ticketState: ticket.state } as const;
      return {
        kind: 'tooLate',
        code: late ? 'force.expired' : 'force.ticketMoved',
        state: ticket.state,
      } as const;
    });
    // Thrown after the commit: that it expired stands.
    if (done.kind === 'tooLate') throw new AppError(done.code, { state: done.state });
    return { id, state: done.state, ticketState: done.ticketState };
  };
}

const STATES = { refuse: 'refused', withdraw: 'withdrawn', expire: 'expired' } as const;

async function put(
  deps: ForceDeps,
  ticket: LockedTicket,
  force: ForcedMove,
  actor: Actor,
  now: number,
  tx: Transaction,
): Promise<void> {
  if (actor.accountId === null) throw new Error('only a person agrees');
  const settings = await deps.calendar.load(tx);
  const limits = limitsOf(settings, ticket.acceptedAt);
  const change = forcedChange({
    ...{ ticket, to: force.to, unitCode: force.unitCode, reason: force.reason },
    ...{ askedBy: force.askedBy, approvedBy: actor.accountId, now, limits },
    calendars: calendarsFor(settings, force.unitCode ?? ticket.unitCode, ticket),
  });
  await deps.ticketMoves.write(
    {
      id: force.ticketId,
      change,
      eventId: deps.newId(),
      marks: change.marks.map((mark) => ({ ...mark, id: deps.newId() })),
      limits: limits.code,
      outbox: {
        topic: 'ticketMoved',
        key: force.ticketId,
        body: {
          ...{ kind: 'ticketMoved', ticketId: force.ticketId, ticketNumber: ticket.number },
          ...{ unitCode: change.unitCode, atMs: now, clock: null, level: null },
        },
      },
    },
    tx,
  );
}

async function note(
  deps: ForceDeps,
  ticketId: string,
  type: TimeLineNote,
  actor: Actor,
  reason: string,
  body: Readonly<Record<string, unknown>>,
  tx: Transaction,
): Promise<void> {
  const line = { id: deps.newId(), at: deps.now(), actorId: actor.accountId };
  await deps.ticketMoves.note(ticketId, { ...line, type, reason, body }, tx);
}

const EXPIRED_AT_ONCE = 100;

/** Requests to which nobody agreed in time. Returns how many. */
export function expireForces(deps: ForceDeps) {
  const decide = decideForce(deps);
  return async (): Promise<number> => {
    const expired = await deps.forcedMoves.expired(deps.now(), EXPIRED_AT_ONCE);
    for (const { id } of expired) {
      await decide({ id, move: 'expire', words: OWN_REASONS.forceLapsed, actor: SYSTEM }).catch(
        (error: unknown) => {
          // Decided in this very moment is as good.
          if (!(error instanceof AppError) || error.code !== 'force.moveImpossible') throw error;
        },
      );
    }
    return expired.length;
  };
}
