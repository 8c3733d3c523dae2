import type { Actor, TicketType } from '../tickets/ticket.ts';
import type { TicketMove, TicketState } from '../tickets/transitions.ts';
import { INCIDENT_TRANSITIONS, type IncidentMove, type IncidentState, isUnderWay } from './incident-table.ts';

export type IncidentRefusal =
  | 'incident.moveImpossible'
  | 'incident.moveForbidden'
  | 'incident.reasonMissing'
  /** Some of its appeals have not come to their end. */
  | 'incident.membersOpen';

export type IncidentDecision =
  | { readonly kind: 'moved'; readonly to: IncidentState }
  | { readonly kind: 'refused'; readonly code: IncidentRefusal };

/** The only way an incident's state changes. `openMembers`: appeals of it that are not closed, archived or withdrawn. */
export function decideIncident(input: {
  readonly move: IncidentMove;
  readonly from: IncidentState | null;
  readonly actor: Actor;
  readonly reason: string;
  readonly openMembers: number;
}): IncidentDecision {
  const { move, from, actor, reason, openMembers } = input;
  const refused = (code: IncidentRefusal): IncidentDecision => ({ kind: 'refused', code });
  const edge = INCIDENT_TRANSITIONS.find((one) => one.move === move && one.from === from);
  if (edge === undefined) return refused('incident.moveImpossible');
  // A unit says of its own work that it is done, and never that its citizens have no more to say (invariant 9).
  const may = actor.unitCode === null && actor.roles.some((role) => edge.by.includes(role));
  if (!may) return refused('incident.moveForbidden');
  if (edge.reason === 'required' && reason.trim() === '') return refused('incident.reasonMissing');
  if (edge.to === 'closed' && openMembers > 0) return refused('incident.membersOpen');
  return { kind: 'moved', to: edge.to };
}

export type JoinRefusal =
  | 'incident.over'
  /** Thanks are no appeals (F-7): they would count a recovery as a grievance. */
  | 'incident.praise'
  | 'incident.elsewhere'
  | 'incident.ticketOver';

const OVER: readonly TicketState[] = ['closed', 'archived', 'withdrawn'];
export const isTicketOver = (state: TicketState): boolean => OVER.includes(state);

/** Why an appeal cannot join; null: it can. One that is in it already is not asked about. */
export function joinRefusal(
  incident: { readonly id: string; readonly state: IncidentState },
  ticket: { readonly type: TicketType; readonly state: TicketState; readonly incidentId: string | null },
): JoinRefusal | null {
  if (!isUnderWay(incident.state)) return 'incident.over';
  if (ticket.type === 'PRAISE') return 'incident.praise';
  if (ticket.incidentId !== null) return 'incident.elsewhere';
  return isTicketOver(ticket.state) ? 'incident.ticketOver' : null;
}

/**
 * What is done once for all its appeals. Closing is not among it, nor rework nor withdrawal: each citizen is asked, and each
 * appeal ends, by itself.
 */
export const CASCADES = [
  'submit',
  'dispatch',
  'signFor',
  'returnTicket',
  'acceptReturn',
  'refuseReturn',
  'contact',
  'handle',
  'reportDone',
  'reviewReply',
  'refuseReply',
  'visit',
] as const satisfies readonly TicketMove[];
export type CascadeMove = (typeof CASCADES)[number];

/**
 * A late comer goes where the others went: once the incident is with a unit, it is dispatched there as it joins. What lies
 * with a reviewer stays with him: whoever joins it to an incident has not looked at it in his place.
 */
export const joinsDispatched = (
  incident: { readonly unitCode: string | null },
  ticket: { readonly state: TicketState; readonly unitCode: string | null },
): boolean => incident.unitCode !== null && ticket.unitCode === null && ticket.state === 'registered';

/** `SJ20261125-0007`: day of the first appeal, running number. */
export const incidentNumber = (day: string, sequence: number): string =>
  `SJ${day.replaceAll('-', '')}-${String(sequence).padStart(4, '0')}`;
