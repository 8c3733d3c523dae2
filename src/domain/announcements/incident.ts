import type { Announcement } from './announcement.ts';
import {
  type AnnouncementMove,
  type AnnouncementRole,
  type AnnouncementState,
  announcementEdge,
} from './life.ts';

/** An announcement on the books: what is said, by whom it was made, and where it stands. */
export interface Incident extends Announcement {
  /** Spoken, zh-CN. */
  readonly text: string;
  readonly state: AnnouncementState;
  readonly authorId: string;
  readonly createdMs: number;
  /** Said to those on the list when it is over or withdrawn; null while it is neither. */
  readonly ending: string | null;
}

export interface IncidentEvent {
  readonly incidentId: string;
  readonly atMs: number;
  readonly actorId: string;
  readonly move: AnnouncementMove;
  readonly from: AnnouncementState | null;
  readonly to: AnnouncementState;
  readonly reason: string;
}

export interface IncidentContext {
  readonly actor: { readonly id: string; readonly roles: readonly AnnouncementRole[] };
  readonly nowMs: number;
  readonly reason: string;
}

export type IncidentRefusal =
  | {
      readonly code: 'announcement.moveImpossible';
      readonly move: AnnouncementMove;
      readonly state: AnnouncementState | null;
    }
  | { readonly code: 'announcement.moveForbidden' }
  | { readonly code: 'announcement.reasonMissing' }
  | { readonly code: 'announcement.untilPast' }
  | { readonly code: 'announcement.untilTooFar'; readonly daysAtMost: number };

export type IncidentDecision =
  | { readonly kind: 'moved'; readonly incident: Incident; readonly event: IncidentEvent }
  | { readonly kind: 'refused'; readonly refusal: IncidentRefusal };

/** Nobody means an incident to be told of for longer; a lasting notice belongs into the greeting. */
export const LASTS_AT_MOST_DAYS = 30;
const DAY_MS = 86_400_000;

const refused = (refusal: IncidentRefusal): IncidentDecision => ({ kind: 'refused', refusal });

/** Walks one edge of the table, or says why not. */
export function moveIncident(
  incident: Incident,
  from: AnnouncementState | null,
  move: AnnouncementMove,
  change: Partial<Incident>,
  { actor, nowMs, reason }: IncidentContext,
): IncidentDecision {
  const edge = announcementEdge(move, from);
  if (edge === null) return refused({ code: 'announcement.moveImpossible', move, state: from });
  if (!actor.roles.some((role) => edge.by.includes(role)))
    return refused({ code: 'announcement.moveForbidden' });
  const why = reason.trim();
  if (edge.reason === 'required' && why === '') return refused({ code: 'announcement.reasonMissing' });
  const next: Incident = { ...incident, ...change, state: edge.to };
  if (edge.to === 'live') {
    if (next.untilMs <= nowMs || next.untilMs <= next.fromMs)
      return refused({ code: 'announcement.untilPast' });
    if (next.untilMs - nowMs > LASTS_AT_MOST_DAYS * DAY_MS) {
      return refused({ code: 'announcement.untilTooFar', daysAtMost: LASTS_AT_MOST_DAYS });
    }
  }
  const event = {
    incidentId: incident.id,
    atMs: nowMs,
    actorId: actor.id,
    move,
    from,
    to: edge.to,
    reason: why,
  };
  return { kind: 'moved', incident: next, event };
}

/** What is said to those who asked, unless the operator says it better. */
export function usualEnding(move: 'close' | 'withdraw', title: string): string {
  return move === 'close'
    ? `您关注的“${title}”已恢复正常。12345`
    : `您关注的“${title}”通知已撤回，如仍有问题请拨打12345。`;
}

/** Its end has come by itself. */
export function expire(incident: Incident, nowMs: number): IncidentDecision {
  const context = { actor: { id: 'system', roles: ['system'] as const }, nowMs, reason: '' };
  if (nowMs < incident.untilMs) {
    return refused({ code: 'announcement.moveImpossible', move: 'expire', state: incident.state });
  }
  return moveIncident(incident, incident.state, 'expire', {}, context);
}
