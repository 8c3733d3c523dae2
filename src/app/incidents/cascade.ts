import type { CascadeMove } from '../../domain/incidents/incident.ts';
import type { MoveDetails } from '../../domain/tickets/move-details.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import { moveTicket } from '../tickets/move-ticket.ts';
import { type IncidentDeps, incidentBy, type TicketLine } from './membership.ts';

/**
 * One move for all appeals of an incident, each along its own table in a transaction of its own: what one refuses does not hold
 * up the others, and is told line by line. Asked for again it does what was left. A dispatch becomes the incident's own, and
 * whoever joins later goes there.
 *
 * Refuses with `incident.unknown`, `incident.notOpen`, `incident.empty`, `ticket.unitUnknown`.
 */
export function moveAllOf(deps: IncidentDeps) {
  const move = moveTicket(deps);
  return async (asked: {
    readonly id: string;
    readonly move: CascadeMove;
    readonly reason: string;
    readonly details: MoveDetails;
    readonly actor: Actor;
  }): Promise<readonly TicketLine[]> => {
    const { id, actor, reason, details } = asked;
    const ticketIds = await deps.database.transact(async (tx) => {
      const incident = await incidentBy(deps, id, tx);
      if (incident.state === 'suspected' || incident.state === 'dissolved' || incident.state === 'closed') {
        throw new AppError('incident.notOpen', { state: incident.state });
      }
      const { unitCode } = details;
      if (unitCode !== undefined && !(await deps.ticketMoves.unitKnown(unitCode, tx))) {
        throw new AppError('ticket.unitUnknown', { unit: unitCode });
      }
      return deps.incidents.members(id, tx);
    });
    if (ticketIds.length === 0) throw new AppError('incident.empty', { id });
    const lines: TicketLine[] = [];
    for (const ticketId of ticketIds) {
      try {
        await move({ id: ticketId, move: asked.move, version: null, reason, details, actor });
        lines.push({ ticketId, outcome: 'done', code: null });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        // A unit is told of its own appeals, and of nobody else's.
        if (error.code === 'ticket.unknown' && actor.unitCode !== null) continue;
        lines.push({ ticketId, outcome: 'refused', code: error.code });
      }
    }
    if (lines.length === 0) throw new AppError('incident.unknown', { id });
    const { unitCode } = details;
    if (unitCode !== undefined && lines.some(({ outcome }) => outcome === 'done')) {
      await deps.database.transact(async (tx) => {
        const incident = await incidentBy(deps, id, tx);
        await deps.incidents.save({ ...incident, unitCode, version: incident.version + 1 }, null, tx);
      });
    }
    return lines;
  };
}
