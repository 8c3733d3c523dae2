import { decideIncident } from '../../domain/incidents/incident.ts';
import { decideSpecialReport } from '../../domain/incidents/special-report.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { HandOverLine } from '../ports/incident-hand-overs.ts';
import type { IncidentRow } from '../ports/incidents.ts';
import type { Transaction } from '../ports/transaction.ts';
import { decideInside } from '../tickets/move-ticket.ts';
import { carryHandOver, type HandOverDeps } from './carry-hand-over.ts';
import { incidentBy, type TicketLine } from './membership.ts';

export interface HandOverRequest {
  readonly id: string;
  /** The same for the same request. */
  readonly reportId: string;
  /** `version` of the incident as the actor saw it. */
  readonly version: number;
  readonly unitCode: string;
  readonly assistUnits: readonly string[];
  /** What is to be done at once. */
  readonly demand: string;
  readonly actor: Actor & { readonly accountId: string };
}

export interface HandedOver {
  /** Of the special report, which is drafted when no line waits any more. */
  readonly reportId: string;
  readonly version: number;
  readonly lines: readonly HandOverLine[];
}

/** Of an appeal that another has, or that cannot be dispatched as it lies. */
const IS_ELSEWHERE = 'ticket.moveImpossible';

/** Most incidents are handed over within it; of a large one the worker does the rest. */
const AT_ONCE_MS = 3_000;

/**
 * A burst of appeals in one act (HM-13): its tickets go to the units in question as urgent ones, and a special report on it is
 * drafted from the books. What was only suspected is confirmed by it. The decision stands first, by itself; then each ticket
 * goes on it (`carryHandOver`), and one that cannot go is told line by line. What this unit has already, and what is over, is
 * not touched and not told. Who joins from here on goes the same way. When none can go, nothing is done.
 *
 * Refuses with `incident.unknown`, `incident.movedMeanwhile`, `incident.notOpen`, `incident.empty`, `incident.noneDispatched`,
 * `incident.unitHasAll`, `incident.handOverUnderWay`, `ticket.unitUnknown`, `part.sameUnit`, and what `decideIncident` and
 * `decideSpecialReport` refuse.
 */
export function handOverAtOnce(deps: HandOverDeps) {
  const carryOn = carryHandOver(deps);
  const decide = decideHandOver(deps);
  return async (
    asked: HandOverRequest,
    stumbled: (error: unknown, ticketId: string) => void,
  ): Promise<HandedOver> => {
    const { reportId } = asked;
    const version = await deps.database.transact((tx) => decide(asked, tx));
    const untilMs = deps.now() + AT_ONCE_MS;
    await carryOn(reportId, () => deps.now() < untilMs, stumbled);
    return { reportId, version, lines: await deps.incidentHandOvers.lines(reportId) };
  };
}

/** Who, what, to which units, and which appeals: the incident's version after it. */
function decideHandOver(deps: HandOverDeps) {
  const refusalOf = dispatchRefusal(deps);
  return async (asked: HandOverRequest, tx: Transaction): Promise<number> => {
    const { id, reportId, unitCode, assistUnits, actor } = asked;
    const demand = asked.demand.trim();
    const written = decideSpecialReport({ move: 'write', from: null, actor });
    if ('refusal' in written) throw new AppError(written.refusal);
    const incident = await incidentBy(deps, id, tx);
    // Decided by a process that died before it could answer: it stands under this very id, and is carried on.
    if ((await deps.incidentHandOvers.find(reportId, tx)) !== null) return incident.version;
    if (incident.version !== asked.version) {
      throw new AppError('incident.movedMeanwhile', { version: incident.version, state: incident.state });
    }
    if (await deps.incidentHandOvers.isUnderWay(id, tx)) {
      throw new AppError('incident.handOverUnderWay', { id });
    }
    if (assistUnits.includes(unitCode)) throw new AppError('part.sameUnit', { unitCode });
    for (const unit of [unitCode, ...assistUnits]) {
      if (!(await deps.ticketMoves.unitKnown(unit, tx))) throw new AppError('ticket.unitUnknown', { unit });
    }
    const members = await deps.incidents.members(id, tx);
    if (members.length === 0) throw new AppError('incident.empty', { id });
    const open = await opened(deps, incident, demand, actor, tx);
    const appeals = await deps.incidentHandOvers.toGive({ incidentId: id, unitCode }, tx);
    if (appeals.length === 0) throw new AppError('incident.unitHasAll', { unitCode });
    const lines: TicketLine[] = [];
    // Who has one already need not be asked: of an incident that goes once more that is nearly all of them.
    for (const { ticketId, waits } of appeals) {
      const code = waits ? await refusalOf(ticketId, { unitCode, demand, actor }, tx) : IS_ELSEWHERE;
      if (code === null) break;
      lines.push({ ticketId, outcome: 'refused', code });
    }
    if (lines.length === appeals.length) throw new AppError('incident.noneDispatched', { lines });
    const version = open.version + 1;
    await deps.incidents.save({ ...open, unitCode, version }, null, tx);
    const by = { decidedAt: deps.now(), decidedBy: actor.accountId, decidedAs: actor.roles };
    const order = {
      id: reportId,
      incidentId: id,
      unitCode,
      assistUnits,
      demand,
      formerUnit: incident.unitCode,
    };
    const given = appeals.map(({ ticketId }) => ticketId);
    await deps.incidentHandOvers.add({ ...order, ...by }, given, tx);
    return version;
  };
}

/** Why a ticket could not go now; null: it can. Nothing is written. */
function dispatchRefusal(deps: HandOverDeps) {
  const decide = decideInside(deps);
  return async (
    id: string,
    { unitCode, demand: reason, actor }: Pick<HandOverRequest, 'unitCode' | 'demand' | 'actor'>,
    tx: Transaction,
  ): Promise<string | null> => {
    try {
      await decide({ id, move: 'dispatch', version: null, reason, details: { unitCode }, actor }, tx);
      return null;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return error.code;
    }
  };
}

/** Whoever hands it over has looked: what the program suspected is an incident. */
async function opened(
  { incidents, now }: HandOverDeps,
  incident: IncidentRow,
  reason: string,
  actor: Actor,
  tx: Transaction,
): Promise<IncidentRow> {
  const { state } = incident;
  if (state === 'open') return incident;
  if (state !== 'suspected') throw new AppError('incident.notOpen', { state });
  const decided = decideIncident({ move: 'confirm', from: state, actor, reason, openMembers: 0 });
  if (decided.kind === 'refused') throw new AppError(decided.code, { move: 'confirm', state });
  const next = { ...incident, state: decided.to, version: incident.version + 1 };
  const step = {
    move: 'confirm',
    from: state,
    to: decided.to,
    at: now(),
    by: actor.accountId,
    reason,
  } as const;
  await incidents.save(next, step, tx);
  return next;
}
