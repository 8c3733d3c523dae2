import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Account } from '../../app/ports/accounts.ts';
import type { LiveSight } from './shapes/live-sight.ts';

/** Fastify with types that follow from the schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

// A leader opens the wall: to whom nothing was shown of it, it said that nobody waited and nobody worked.
const OVERSEERS = ['lead', 'operator', 'supervisor', 'returnVisitor', 'leader', 'admin'] as const;

/** Whose things an account sees: an agent's own, a unit's own, an employer's people's, or everybody's. */
export function boardSightOf(account: Account): LiveSight {
  return {
    id: account.id,
    // Whoever belongs to a unit sees as that unit, whatever else he is.
    seesAll: account.unitCode === null && OVERSEERS.some((role) => account.roles.includes(role)),
    employer: account.employer ?? null,
  };
}
