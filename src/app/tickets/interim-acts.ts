import {
  decideInterimAct,
  HAZARD_HOURS,
  type InterimAct,
  WITHOUT_PREJUDICE,
} from '../../domain/tickets/interim.ts';
import { OWN_FRAMES } from '../../domain/tickets/own-reasons.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import type { TicketMove, TicketState } from '../../domain/tickets/transitions.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { Interim, InterimBook } from '../ports/interim.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { type MoveTicketDeps, moveTicketInside } from './move-ticket.ts';

export type InterimDeps = MoveTicketDeps & { readonly database: Database; readonly interim: InterimBook };

const HOUR_MS = 3_600_000;

/** By which move a ticket gets to its interim handler from where it is; null: it is with a unit already. */
const MOVES: Partial<
  Record<TicketState, Extract<TicketMove, 'dispatch' | 'acceptReturn' | 'coordinateAnyway'>>
> = {
  registered: 'dispatch',
  underReview: 'dispatch',
  returned: 'acceptReturn',
  outOfScope: 'coordinateAnyway',
};
const HELD: readonly TicketState[] = ['dispatched', 'signedFor', 'inContact', 'handling'];
const ASSIGNERS = ['dispatcher', 'adjudicator', 'operator', 'lead'] as const;

/**
 * Sends a unit to remove a danger before it is settled whose it is. What it does says nothing about that, and teaches
 * the suggestions nothing. Refuses with `interim.taken`, `interim.unitHasIt`, `interim.notNow`, `ticket.moveForbidden`,
 * and what the move refuses.
 */
export function assignInterim(deps: InterimDeps) {
  const move = moveTicketInside(deps);
  return (request: {
    readonly ticketId: string;
    readonly version: number;
    readonly unitCode: string;
    readonly hazard: string;
    readonly hours: number;
    readonly actor: Actor;
  }): Promise<Interim> =>
    deps.database.transact(async (tx) => {
      const { ticketId, version, unitCode, actor } = request;
      const hazard = request.hazard.trim();
      if (actor.unitCode !== null || !actor.roles.some((role) => ASSIGNERS.some((one) => one === role))) {
        throw new AppError('ticket.moveForbidden', { move: 'assignInterim' });
      }
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      const by = MOVES[ticket.state];
      if (by !== undefined) {
        const reason = OWN_FRAMES.interim(hazard);
        await move({ id: ticketId, move: by, version, reason, details: { unitCode }, actor }, tx);
      } else if (!HELD.includes(ticket.state)) {
        throw new AppError('interim.notNow', { state: ticket.state });
      } else if (ticket.unitCode !== unitCode) {
        throw new AppError('interim.unitHasIt', { unitCode: ticket.unitCode });
      } else if (ticket.lastMove.seq > version) {
        throw new AppError('ticket.movedMeanwhile', { ...ticket.lastMove, state: ticket.state });
      }
      const assignedAt = deps.now();
      const hazardDueAt = assignedAt + request.hours * HOUR_MS;
      const assigned = await deps.interim.assign({ ticketId, unitCode, hazard, hazardDueAt, assignedAt }, tx);
      if (assigned === 'taken') throw new AppError('interim.taken', { id: ticketId });
      await note(
        deps,
        ticketId,
        {
          type: 'interimAssigned',
          reason: hazard,
          body: { of: unitCode, hazardDueAt: new Date(hazardDueAt).toISOString(), terms: WITHOUT_PREJUDICE },
        },
        actor,
        tx,
      );
      return existing(deps, ticketId, tx);
    });
}

/** The hazard is removed, the cause mended, or it is there again; each with evidence, and perhaps what it cost. */
export function actInterim(deps: InterimDeps) {
  return (request: {
    readonly ticketId: string;
    readonly act: InterimAct;
    readonly evidence: string;
    readonly cost: string;
    readonly actor: Actor;
  }): Promise<Interim> =>
    deps.database.transact(async (tx) => {
      const { ticketId, act, actor } = request;
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      const before = await existing(deps, ticketId, tx);
      const evidence = request.evidence.trim();
      const { unitCode } = ticket;
      const decided = decideInterimAct({ act, from: before.state, unitCode, actor, evidence });
      if ('refusal' in decided) throw new AppError(decided.refusal, { act, state: before.state });
      const at = deps.now();
      const hazardDueAt = act === 'recur' ? at + HAZARD_HOURS.usual * HOUR_MS : null;
      await deps.interim.move(ticketId, decided.to, at, hazardDueAt, tx);
      const cost = request.cost.trim();
      const said = cost === '' ? {} : { cost, terms: WITHOUT_PREJUDICE };
      await note(
        deps,
        ticketId,
        { type: 'interimActed', reason: evidence, body: { act, to: decided.to, of: unitCode, ...said } },
        actor,
        tx,
      );
      return existing(deps, ticketId, tx);
    });
}

/** Tells of hazards that are there past their time, once each. Returns how many. */
export function markHazards(deps: Omit<InterimDeps, 'calendar'>) {
  const BATCH = 50;
  return async (): Promise<number> => {
    const late = await deps.interim.late(deps.now(), BATCH);
    for (const ticketId of late) {
      await deps.database.transact(async (tx) => {
        // The ticket first, as everybody locks it.
        const ticket = await deps.ticketMoves.lock(ticketId, ALL, tx);
        if (ticket === null || !(await deps.interim.markLate(ticketId, deps.now(), tx))) return;
        const { hazard, hazardDueAt } = await existing(deps, ticketId, tx);
        const body = { of: ticket.unitCode, hazardDueAt: new Date(hazardDueAt).toISOString() };
        await note(deps, ticketId, { type: 'hazardOverdue', reason: hazard, body }, null, tx);
      });
    }
    return late.length;
  };
}

const ALL = sightOf({ accountId: null, roles: ['system'], unitCode: null });

export async function existing(
  { interim }: Pick<InterimDeps, 'interim'>,
  ticketId: string,
  tx?: Transaction,
): Promise<Interim> {
  const found = await interim.of(ticketId, tx);
  if (found === null) throw new AppError('interim.none', { id: ticketId });
  return found;
}

function note(
  { ticketMoves, newId, now }: Pick<InterimDeps, 'ticketMoves' | 'newId' | 'now'>,
  ticketId: string,
  said: {
    readonly type: 'interimAssigned' | 'interimActed' | 'hazardOverdue';
    readonly reason: string;
    readonly body: Readonly<Record<string, unknown>>;
  },
  actor: Actor | null,
  tx: Transaction,
): Promise<void> {
  const actorId = actor?.accountId ?? null;
  return ticketMoves.note(ticketId, { id: newId(), at: now(), actorId, ...said }, tx);
}
