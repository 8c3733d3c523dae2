import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Account } from '../../app/ports/accounts.ts';

/** Fastify with types that follow from the schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

const OVERSEERS = ['lead', 'operator', 'supervisor', 'returnVisitor', 'admin'] as const;

/** Whose things an account sees: an agent's own, a unit's own, or everybody's. */
export function boardSightOf(account: Account): { readonly id: string; readonly seesAll: boolean } {
  return { id: account.id, seesAll: OVERSEERS.some((role) => account.roles.includes(role)) };
}
