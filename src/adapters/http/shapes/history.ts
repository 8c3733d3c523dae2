import { Type } from '@fastify/type-provider-typebox';
import { exactly, Instant, nullable } from './elements.ts';

/** The moves of a thing that has a table of states: who, when, from where to where, why. */
export const HistoryShape = Type.Array(
  exactly({
    at: Instant,
    by: exactly({ id: Type.String(), name: Type.String() }),
    move: Type.String(),
    from: nullable(Type.String()),
    to: Type.String(),
    reason: Type.String(),
  }),
);

interface Moved {
  readonly atMs: number;
  readonly actorId: string;
  readonly actorName: string;
  readonly move: string;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
}

export const historySeen = (events: readonly Moved[]) =>
  events.map(({ atMs, actorId, actorName, move, from, to, reason }) => ({
    at: new Date(atMs).toISOString(),
    by: { id: actorId, name: actorName },
    move,
    from,
    to,
    reason,
  }));
