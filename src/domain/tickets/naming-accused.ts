import { barrierOf } from './moving.ts';
import type { Actor, Role } from './ticket.ts';
import type { TicketState } from './transitions.ts';

const NAMERS: readonly Role[] = ['agent', 'lead', 'operator', 'reviewer', 'dispatcher', 'supervisor'];
const OVER: readonly TicketState[] = ['closed', 'archived', 'withdrawn'];

export type NamingRefusal =
  | NonNullable<ReturnType<typeof barrierOf>>
  | 'conduct.over'
  | 'ticket.reasonMissing';

/** Why somebody cannot say of whom the citizen complains, or that it is nobody after all; null: he can. Never a unit's own people. */
export function namingRefusal(
  ticket: { readonly state: TicketState; readonly unitCode: string | null },
  reason: string,
  actor: Actor,
): NamingRefusal | null {
  const barrier = barrierOf({ by: NAMERS, side: 'hotline' }, actor, ticket.unitCode);
  if (barrier !== null) return barrier;
  if (actor.unitCode !== null) return 'ticket.moveForbidden';
  if (OVER.includes(ticket.state)) return 'conduct.over';
  return reason.trim() === '' ? 'ticket.reasonMissing' : null;
}
