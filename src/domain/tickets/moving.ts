import { conductRefusal } from './conduct.ts';
import type { Actor } from './ticket.ts';
import type { TicketEvent } from './time-line.ts';
import { type Edge, edgeOf, type TicketMove, type TicketState, TRANSITIONS } from './transitions.ts';

export type MoveRefusal =
  /** No such edge: the ticket is in a state from which this move does not exist. */
  | 'ticket.moveImpossible'
  /** The actor's roles do not allow it. */
  | 'ticket.moveForbidden'
  /** Invariant 9: a handling unit never reviews, return-visits or scores itself. */
  | 'ticket.ownUnit'
  /** Only the unit that has the ticket may do this. */
  | 'ticket.otherUnit'
  | 'ticket.reasonMissing';

export type MoveDecision =
  | { readonly kind: 'moved'; readonly event: TicketEvent & { readonly toState: TicketState } }
  | { readonly kind: 'refused'; readonly code: MoveRefusal };

/** The only way a ticket's state changes (invariant 6). `unitCode`: the unit that has the ticket now. */
export function decideMove(input: {
  readonly move: TicketMove;
  readonly from: TicketState | null;
  readonly actor: Actor;
  readonly unitCode: string | null;
  readonly now: number;
  readonly reason: string;
  readonly body?: Readonly<Record<string, unknown>>;
}): MoveDecision {
  const { move, from, actor, unitCode } = input;
  const refused = (code: MoveRefusal): MoveDecision => ({ kind: 'refused', code });
  const edge = edgeOf(move, from);
  if (edge === null) return refused('ticket.moveImpossible');
  const barrier = barrierOf(edge, actor, unitCode);
  if (barrier !== null) return refused(barrier);
  const reason = input.reason.trim();
  if (edge.reason === 'required' && reason === '') return refused('ticket.reasonMissing');
  return {
    kind: 'moved',
    event: {
      at: input.now,
      actorId: actor.accountId,
      fromState: from,
      toState: edge.to,
      type: move,
      reason,
      body: input.body ?? {},
    },
  };
}

/** Why this actor may not take this edge, or null. */
export function barrierOf(
  edge: Pick<Edge, 'by' | 'side'>,
  actor: Actor,
  unitCode: string | null,
): 'ticket.moveForbidden' | 'ticket.ownUnit' | 'ticket.otherUnit' | null {
  if (!actor.roles.some((role) => edge.by.includes(role))) return 'ticket.moveForbidden';
  const isSystem = actor.roles.includes('system');
  const isOwnUnit = unitCode !== null && actor.unitCode === unitCode;
  if (edge.side === 'hotline' && isOwnUnit) return 'ticket.ownUnit';
  return edge.side === 'unit' && !isSystem && !isOwnUnit ? 'ticket.otherUnit' : null;
}

/** The moves that stand open to this actor now, for a screen that offers no others. */
export function openMoves(
  ticket: {
    readonly state: TicketState;
    readonly unitCode: string | null;
    readonly accusedUnits?: readonly string[];
  },
  actor: Actor,
): readonly Edge[] {
  return TRANSITIONS.filter(
    (edge) =>
      edge.from === ticket.state &&
      barrierOf(edge, actor, ticket.unitCode) === null &&
      conductRefusal(edge, ticket, actor, null) === null,
  );
}
