import { decideIncident } from '../../domain/incidents/incident.ts';
import { draftSpecialReport } from '../../domain/incidents/report-draft.ts';
import { decideSpecialReport } from '../../domain/incidents/special-report.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { momentWords } from '../documents/moment-words.ts';
import { AppError } from '../errors.ts';
import type { DocumentBook } from '../ports/documents.ts';
import type { IncidentRow } from '../ports/incidents.ts';
import type { SpecialReportBook } from '../ports/special-reports.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import type { TicketParts } from '../ports/ticket-parts.ts';
import type { Transaction } from '../ports/transaction.ts';
import { superviseAfter } from '../supervision/after-move.ts';
import { moveTicketInside } from '../tickets/move-ticket.ts';
import { addPartInside } from '../tickets/parts/part-acts.ts';
import { type IncidentDeps, incidentBy, type TicketLine } from './membership.ts';

export type HandOverDeps = IncidentDeps & {
  readonly supervision: SupervisionBook;
  readonly ticketParts: TicketParts;
  readonly specialReports: SpecialReportBook;
  readonly documents: Pick<DocumentBook, 'unitName'>;
};

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
  readonly reportId: string;
  readonly version: number;
  readonly lines: readonly TicketLine[];
}

/**
 * A burst of appeals in one act (HM-13): its tickets go to the units in question as urgent ones, and a special report on it is
 * drafted from the books; both or neither. What was only suspected is confirmed by it. A ticket that cannot go is told line by line;
 * when none can, nothing is done.
 *
 * Refuses with `incident.unknown`, `incident.movedMeanwhile`, `incident.notOpen`, `incident.empty`, `incident.noneDispatched`,
 * `ticket.unitUnknown`, what `decideIncident` and `decideSpecialReport` refuse, and of the parts of assisting units what
 * `decideAddPart` refuses.
 */
export function handOverAtOnce(deps: HandOverDeps) {
  const dispatch = urgentDispatch(deps);
  return (asked: HandOverRequest): Promise<HandedOver> =>
    deps.database.transact(async (tx) => {
      const { id, reportId, unitCode, assistUnits, actor } = asked;
      const demand = asked.demand.trim();
      const written = decideSpecialReport({ move: 'write', from: null, actor });
      if ('refusal' in written) throw new AppError(written.refusal);
      const incident = await incidentBy(deps, id, tx);
      const members = await deps.incidents.members(id, tx);
      if ((await deps.specialReports.find(reportId, tx)) !== null) {
        // Done by a process that died before it could answer: the report stands under this very id.
        const lines = members.map((ticketId) => ({ ticketId, outcome: 'already', code: null }) as const);
        return { reportId, version: incident.version, lines };
      }
      if (incident.version !== asked.version) {
        throw new AppError('incident.movedMeanwhile', { version: incident.version, state: incident.state });
      }
      for (const unit of [unitCode, ...assistUnits]) {
        if (!(await deps.ticketMoves.unitKnown(unit, tx))) throw new AppError('ticket.unitUnknown', { unit });
      }
      if (members.length === 0) throw new AppError('incident.empty', { id });
      const open = await opened(deps, incident, demand, actor, tx);
      const lines: TicketLine[] = [];
      for (const ticketId of members) lines.push(await dispatch(ticketId, asked, tx));
      const given = lines.filter(({ outcome }) => outcome === 'done').length;
      if (given === 0) throw new AppError('incident.noneDispatched', { lines });
      const version = open.version + 1;
      await deps.incidents.save({ ...open, unitCode, version }, null, tx);
      const at = deps.now();
      const brief = await deps.specialReports.brief(id, tx);
      if (brief === null) throw new Error('an incident that is locked is there');
      const { municipality, zone } = await deps.messages.settings(tx);
      const assists: string[] = [];
      for (const unit of assistUnits) assists.push(await deps.documents.unitName(unit, tx));
      const unit = await deps.documents.unitName(unitCode, tx);
      const ordered = { unit, assists, demand, given, at };
      const text = draftSpecialReport(brief, ordered, municipality, (ms) => momentWords(ms, zone));
      await deps.specialReports.add({ ...text, id: reportId, incidentId: id, by: actor.accountId, at }, tx);
      return { reportId, version, lines };
    });
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

/** One ticket: urgent from now on, with the unit, and with those that assist. */
function urgentDispatch(deps: HandOverDeps) {
  const move = moveTicketInside(deps);
  const supervise = superviseAfter(deps);
  const add = addPartInside(deps);
  return async (
    ticketId: string,
    { unitCode, assistUnits, demand, actor }: HandOverRequest,
    tx: Transaction,
  ): Promise<TicketLine> => {
    const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
    if (ticket === null) return { ticketId, outcome: 'refused', code: 'ticket.unknown' };
    // Its times begin with the dispatch: short ones, so it is urgent before.
    const was = await deps.incidents.setUrgency(ticketId, 'urgent', tx);
    try {
      const details = { unitCode };
      await move(
        { id: ticketId, move: 'dispatch', version: null, reason: demand.trim(), details, actor },
        tx,
      );
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // What cannot go stays as it was, its urgency too.
      await deps.incidents.setUrgency(ticketId, was, tx);
      return { ticketId, outcome: 'refused', code: error.code };
    }
    const line = { id: deps.newId(), at: deps.now(), actorId: actor.accountId, type: 'madeUrgent' } as const;
    if (was === 'normal')
      await deps.ticketMoves.note(ticketId, { ...line, reason: demand.trim(), body: {} }, tx);
    for (const unit of assistUnits) {
      const part = { ticketId, id: deps.newId(), kind: 'assist', parentId: null, unitCode: unit } as const;
      await add({ ...part, task: demand, workingDays: null, actor }, tx);
    }
    await supervise(ticketId, 'dispatch', tx);
    return { ticketId, outcome: 'done', code: null };
  };
}
