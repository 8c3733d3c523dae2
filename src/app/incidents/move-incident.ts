import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { decideIncident, incidentNumber } from '../../domain/incidents/incident.ts';
import type { IncidentMove, IncidentState } from '../../domain/incidents/incident-table.ts';
import { areaOf } from '../../domain/incidents/place.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { endAnnouncement } from '../announcements/close-announcement.ts';
import type { AnnouncementDeps } from '../announcements/incident-change.ts';
import { AppError } from '../errors.ts';
import type { IncidentRow } from '../ports/incidents.ts';
import type { Transaction } from '../ports/transaction.ts';
import type { RuleActor } from '../rules/rule-change.ts';
import { type IncidentDeps, incidentBy, joinInside, leaveInside, type TicketLine } from './membership.ts';
import { writeTo } from './write-to.ts';

export interface ReportedIncident {
  readonly id: string;
  readonly number: string;
  readonly state: IncidentState;
  readonly version: number;
  readonly lines: readonly TicketLine[];
}

interface Report {
  readonly id: string;
  readonly move: Extract<IncidentMove, 'report' | 'suspect'>;
  readonly title: string;
  readonly categoryCode: string;
  readonly area: string;
  readonly ticketIds: readonly string[];
  readonly reason: string;
  readonly actor: Actor;
}

/**
 * An incident is reported with the appeals that are of it (or suspected, by the program). Refuses with `ticket.categoryUnknown`,
 * `incident.moveForbidden`; what cannot join is told line by line.
 */
export function reportIncident(deps: IncidentDeps) {
  const join = joinInside(deps);
  const joined = async (incident: IncidentRow, { ticketIds, ...why }: Report, tx: Transaction) => {
    const lines: TicketLine[] = [];
    for (const ticketId of [...new Set(ticketIds)].sort()) {
      lines.push(await join(incident, ticketId, why, tx));
    }
    return lines;
  };
  /** Who was taken out since is not put back by a request that was made before. */
  const stoodIn = async (
    { id }: IncidentRow,
    ticketIds: readonly string[],
    tx: Transaction,
  ): Promise<readonly TicketLine[]> => {
    const ever = new Set(await deps.incidents.everMembers(id, tx));
    return [...new Set(ticketIds)]
      .sort()
      .map((ticketId) =>
        ever.has(ticketId)
          ? { ticketId, outcome: 'already', code: null }
          : { ticketId, outcome: 'refused', code: 'incident.notMember' },
      );
  };
  const answer = ({ id, number, state, version }: IncidentRow, lines: readonly TicketLine[]) => ({
    ...{ id, number, state, version },
    lines,
  });
  const inside = async (asked: Report, tx: Transaction): Promise<ReportedIncident> => {
    const { id, move, title, categoryCode, area, reason, actor } = asked;
    const decided = decideIncident({ move, from: null, actor, reason, openMembers: 0 });
    if (decided.kind === 'refused') throw new AppError(decided.code, { move });
    const branchCode = await deps.incidents.branchOf(categoryCode, tx);
    if (branchCode === null) throw new AppError('ticket.categoryUnknown', { category: categoryCode });
    // Reported by a process that died before it could answer: it stands under this very id, with whoever could join then.
    const earlier = await deps.incidents.lock(id, tx);
    if (earlier !== null) return answer(earlier, await stoodIn(earlier, asked.ticketIds, tx));
    const { calendar } = await deps.calendar.load(tx);
    const at = deps.now();
    const incident: IncidentRow = {
      id,
      number: incidentNumber(localDateOf(at, calendar.zone), await deps.incidents.nextNumber(tx)),
      title: title.trim(),
      categoryCode,
      branchCode,
      area: areaOf(area) || area.trim(),
      state: decided.to,
      unitCode: null,
      announcementId: null,
      openedAt: at,
      version: 1,
    };
    const step = { move, from: null, to: decided.to, at, by: actor.accountId, reason };
    await deps.incidents.add(incident, step, tx);
    return answer(incident, await joined(incident, asked, tx));
  };
  return {
    inside,
    alone: (asked: Parameters<typeof inside>[0]) => deps.database.transact((tx) => inside(asked, tx)),
  };
}

export interface MovedIncident {
  readonly id: string;
  readonly state: IncidentState;
  readonly version: number;
  /** Of a recovery: to how many it was written, and whose citizens are to be called. */
  readonly queued: number;
  readonly byPhone: readonly string[];
}

/**
 * Moves an incident along its table. Recovered: all its citizens are told, each once, and the announcement that it names is
 * closed with the same words, whose subscribers are told under the same key. Dissolved: every appeal leaves and goes on by itself.
 *
 * Refuses with `incident.unknown`, `incident.movedMeanwhile`, and all that `decideIncident` refuses.
 */
export function moveIncident(deps: IncidentDeps & AnnouncementDeps) {
  const write = writeTo(deps);
  const leave = leaveInside(deps);
  const end = endAnnouncement(deps);
  return async (asked: {
    readonly id: string;
    readonly move: Exclude<IncidentMove, 'suspect' | 'report'>;
    readonly version: number;
    readonly reason: string;
    /** Of a recovery: what the citizens are told. */
    readonly text: string | null;
    readonly actor: Actor & RuleActor;
  }): Promise<MovedIncident> => {
    const { id, move, version, reason, actor } = asked;
    const moved = await deps.database.transact(async (tx) => {
      const incident = await incidentBy(deps, id, tx);
      if (incident.version !== version) {
        throw new AppError('incident.movedMeanwhile', { version: incident.version, state: incident.state });
      }
      const openMembers = await deps.incidents.openMembers(id, tx);
      const decided = decideIncident({ move, from: incident.state, actor, reason, openMembers });
      if (decided.kind === 'refused') {
        throw new AppError(decided.code, { move, state: incident.state, openMembers });
      }
      const at = deps.now();
      const next = { ...incident, state: decided.to, version: version + 1 };
      const by = actor.accountId;
      await deps.incidents.save(next, { move, from: incident.state, to: decided.to, at, by, reason }, tx);
      if (move === 'dissolve') {
        for (const ticketId of await deps.incidents.members(id, tx)) {
          await leave(incident, ticketId, { actor: KEEPER(actor), reason }, tx);
        }
      }
      if (move !== 'recover') return { incident: next, queued: 0, byPhone: [] as readonly string[] };
      const text = asked.text?.trim() || `您反映的“${incident.title}”已恢复正常。12345`;
      // The announcement is over with the first recovery, and its key used up: what came back and went again is told anew.
      const alone = incident.announcementId === null || (await deps.incidents.recoveredBefore(id, tx));
      const key = alone ? `restored:${id}:${at}:` : `restored:${incident.announcementId}:`;
      const told = { kind: 'recovered', text, key } as const;
      const written = await write(id, told, await deps.incidents.citizens(id, tx), tx);
      const broadcast = { id: deps.newId(), incidentId: id, at, by, ...told, ...written };
      await deps.incidents.addBroadcast(broadcast, tx);
      return { incident: next, text, ...written };
    });
    const { announcementId, state } = moved.incident;
    if ('text' in moved && announcementId !== null) {
      await end({ id: announcementId, move: 'close', reason, ending: moved.text ?? null, actor }).catch(
        (error: unknown) => {
          // Closed or withdrawn by somebody already: that is what was wanted.
          if (!(error instanceof AppError && error.code === 'announcement.moveImpossible')) throw error;
        },
      );
    }
    return { id, state, version: moved.incident.version, queued: moved.queued, byPhone: moved.byPhone };
  };
}

/** Who dissolves it lets go of appeals that he may not read, too: they would stay in nothing. */
const KEEPER = ({ accountId }: Actor): Actor => ({ accountId, roles: ['system'], unitCode: null });
