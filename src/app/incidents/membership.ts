import { ASSIST_ACCUSED, HAND_OVER_HOLDS_MS } from '../../domain/incidents/hand-over.ts';
import { type JoinRefusal, joinRefusal, joinsDispatched } from '../../domain/incidents/incident.ts';
import { isUnderWay } from '../../domain/incidents/incident-table.ts';
import { OWN_FRAMES } from '../../domain/tickets/own-reasons.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { IncidentHandOverBook } from '../ports/incident-hand-overs.ts';
import type { IncidentRow } from '../ports/incidents.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { Transaction } from '../ports/transaction.ts';
import { moveTicketInside } from '../tickets/move-ticket.ts';
import { type UrgentDispatchDeps, urgentDispatch } from './urgent-dispatch.ts';
import { writeTo } from './write-to.ts';

export interface IncidentDeps extends UrgentDispatchDeps {
  readonly incidentHandOvers: IncidentHandOverBook;
  readonly messages: MessageBook;
}

/** What came of one ticket among many. */
export interface TicketLine {
  readonly ticketId: string;
  readonly outcome: 'done' | 'already' | 'refused';
  /** Of a refusal; of one that is done, what was left out. */
  readonly code: string | null;
}

/** Locks the incident. Code: incident.unknown. */
export async function incidentBy(
  deps: Pick<IncidentDeps, 'incidents'>,
  id: string,
  tx: Transaction,
): Promise<IncidentRow> {
  const incident = await deps.incidents.lock(id, tx);
  if (incident === null) throw new AppError('incident.unknown', { id });
  return incident;
}

/**
 * One ticket joins, in the transaction of who holds the incident: it stays a ticket with its own clock and its own citizen,
 * goes to the unit that has the others (with those that assist, and as urgent, when they were handed over at once), and its citizen
 * gets the last thing that the others were told. Where that unit is no more it waits for a person. By nobody: the program.
 */
export function joinInside(deps: IncidentDeps) {
  const move = moveTicketInside(deps);
  const urgently = urgentDispatch(deps);
  const write = writeTo(deps);
  return async (
    incident: IncidentRow,
    ticketId: string,
    { actor, reason }: { readonly actor: Actor; readonly reason: string },
    tx: Transaction,
  ): Promise<TicketLine> => {
    const line = (outcome: TicketLine['outcome'], code: string | null = null): TicketLine => ({
      ticketId,
      outcome,
      code,
    });
    const locked = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
    const ticket = locked === null ? null : await deps.incidents.standing(ticketId, tx);
    if (ticket === null) return line('refused', 'ticket.unknown');
    if (ticket.incidentId === incident.id) return line('already');
    const refusal: JoinRefusal | null = joinRefusal(incident, ticket);
    if (refusal !== null) return line('refused', refusal);
    const at = deps.now();
    const { id: incidentId, number, unitCode } = incident;
    const by = actor.accountId;
    await deps.incidents.join({ id: deps.newId(), incidentId, ticketId, at, by, reason }, tx);
    const body = { incidentId, number };
    const event = {
      id: deps.newId(),
      at,
      actorId: by,
      type: 'incidentJoined',
      reason,
      body,
    } as const;
    await deps.ticketMoves.note(ticketId, event, tx);
    // HM-16: a complaint about the unit that has the others is not for it; somebody says to whom it goes.
    const unit = unitCode === null ? null : await deps.incidentHandOvers.unitNow(unitCode, tx);
    const accused = unit !== null && locked?.accusedUnits?.includes(unit) === true;
    let without: string | null = null;
    if (joinsDispatched(incident, ticket) && unitCode !== null && unit !== null && !accused) {
      const as = mayDispatch(actor) ? actor : { ...SYSTEM, ...LEAD };
      const follows = OWN_FRAMES.joined(number);
      const sinceMs = at - HAND_OVER_HOLDS_MS;
      const order =
        incident.state === 'open'
          ? await deps.incidentHandOvers.lastTo({ incidentId, unitCode, sinceMs }, tx)
          : null;
      if (order !== null) {
        const leftOut = await urgently(
          ticketId,
          { ...order, unitCode: unit },
          { actor: as, reason: follows },
          tx,
        );
        if (leftOut.length > 0) without = ASSIST_ACCUSED;
      } else {
        const asked = { id: ticketId, move: 'dispatch', version: null, reason: follows } as const;
        await move({ ...asked, details: { unitCode: unit }, actor: as }, tx);
      }
    }
    const last = await deps.incidents.lastBroadcast(incidentId, tx);
    if (last !== null) await write(incidentId, last, [ticket.citizen], tx);
    return line('done', without);
  };
}

/** The incident was dispatched by who may; a late comer follows on that word, whoever lets it in. */
const LEAD = { roles: ['system', 'lead'] } as const;
const mayDispatch = ({ roles }: Actor): boolean =>
  roles.some((role) => role === 'operator' || role === 'lead' || role === 'dispatcher');

interface Joining {
  readonly id: string;
  readonly ticketIds: readonly string[];
  readonly reason: string;
  readonly actor: Actor;
}

/**
 * Tickets join an incident and leave it, each on record on its own time line and none destroyed; one that left keeps whatever
 * was done for it. What cannot join is told line by line, and the others join.
 */
export function membership(deps: IncidentDeps) {
  const join = joinInside(deps);
  /** Each by itself: over one that the dispatch refuses the others are not undone. */
  const joinEach = async (asked: Joining): Promise<readonly TicketLine[]> => {
    const lines: TicketLine[] = [];
    await deps.database.transact((tx) => incidentBy(deps, asked.id, tx));
    for (const ticketId of [...new Set(asked.ticketIds)].sort()) {
      try {
        const joinOne = async (tx: Transaction) =>
          join(await incidentBy(deps, asked.id, tx), ticketId, asked, tx);
        lines.push(await deps.database.transact(joinOne));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        lines.push({ ticketId, outcome: 'refused', code: error.code });
      }
    }
    return lines;
  };
  return {
    /** Refuses with `incident.unknown`. Of a ticket: `ticket.unknown`, `incident.*`. */
    join: joinEach,

    /** Refuses with `incident.unknown`, `incident.over`, `ticket.unknown`, `incident.notMember`. */
    leave: (asked: {
      readonly id: string;
      readonly ticketId: string;
      readonly reason: string;
      readonly actor: Actor;
    }): Promise<void> =>
      deps.database.transact(async (tx) => {
        const incident = await incidentBy(deps, asked.id, tx);
        if (!isUnderWay(incident.state)) throw new AppError('incident.over', { state: incident.state });
        await leaveInside(deps)(incident, asked.ticketId, asked, tx);
      }),
  };
}

export function leaveInside(deps: Pick<IncidentDeps, 'incidents' | 'ticketMoves' | 'now' | 'newId'>) {
  return async (
    { id: incidentId, number }: IncidentRow,
    ticketId: string,
    { actor, reason }: { readonly actor: Actor; readonly reason: string },
    tx: Transaction,
  ): Promise<void> => {
    if ((await deps.ticketMoves.lock(ticketId, sightOf(actor), tx)) === null) {
      throw new AppError('ticket.unknown', { id: ticketId });
    }
    const at = deps.now();
    const end = { at, by: actor.accountId, reason };
    if (!(await deps.incidents.leave({ incidentId, ticketId }, end, tx))) {
      throw new AppError('incident.notMember', { id: ticketId });
    }
    await deps.ticketMoves.note(
      ticketId,
      {
        id: deps.newId(),
        at,
        actorId: actor.accountId,
        type: 'incidentLeft',
        reason,
        body: { incidentId, number },
      },
      tx,
    );
  };
}
