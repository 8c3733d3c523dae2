import type { Actor, Role } from './ticket.ts';
import type { TicketState } from './transitions.ts';

// 现场照片 (HM-12): what was found at the place and what it looks like now. They stay with the ticket as they were taken; each is a
// line of its time line with the hash of its bytes, so that nobody puts another in its place.

export const PHOTO_TYPES = ['image/png', 'image/jpeg'] as const;
export type PhotoType = (typeof PHOTO_TYPES)[number];
export const isPhoto = (mediaType: string | null): mediaType is PhotoType =>
  PHOTO_TYPES.some((one) => one === mediaType);
/** More nobody looks through. */
export const PHOTOS_MOST = 20;
export const PHOTO_NAME_MAX = 120;

const HOTLINE: readonly Role[] = ['agent', 'lead', 'operator', 'reviewer', 'supervisor', 'returnVisitor'];
/** While the work is the unit's, and while it explains what it reported. */
const OF_UNIT: readonly TicketState[] = ['signedFor', 'inContact', 'handling', 'longTerm', 'reportedDone'];
const OVER: readonly TicketState[] = ['closed', 'archived', 'withdrawn'];

export type PhotoRefusal = 'ticket.moveForbidden' | 'ticket.otherUnit' | 'photo.notNow' | 'photo.tooMany';

/** Why this actor cannot add one now; null: he can. `there`: how many the ticket has. */
export function photoRefusal(
  ticket: { readonly state: TicketState; readonly unitCode: string | null },
  there: number,
  actor: Actor,
): PhotoRefusal | null {
  const ofUnit = actor.unitCode !== null;
  if (ofUnit && actor.unitCode !== ticket.unitCode) return 'ticket.otherUnit';
  const may = ofUnit ? actor.roles.includes('unit') : actor.roles.some((role) => HOTLINE.includes(role));
  if (!may) return 'ticket.moveForbidden';
  if (ofUnit ? !OF_UNIT.includes(ticket.state) : OVER.includes(ticket.state)) return 'photo.notNow';
  return there >= PHOTOS_MOST ? 'photo.tooMany' : null;
}
