import type { Actor, Role } from './ticket.ts';

/** A move of one of the smaller tables beside the ticket's own: orders, instructions, exclusions. */
export interface RoleEdge<State extends string> {
  readonly move: string;
  /** null: it does not exist yet. */
  readonly from: State | null;
  readonly to: State;
  readonly by: readonly Role[];
}

/** The edge that this actor may take from here; or why not: there is none, or it is not his. */
export function edgeFor<Edge extends RoleEdge<string>>(
  edges: readonly Edge[],
  wanted: { readonly move: string; readonly from: string | null; readonly actor: Actor },
): Edge | 'moveImpossible' | 'moveForbidden' {
  const edge = edges.find(({ move, from }) => move === wanted.move && from === wanted.from);
  if (edge === undefined) return 'moveImpossible';
  return wanted.actor.roles.some((role) => edge.by.includes(role)) ? edge : 'moveForbidden';
}
