import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { callerOf } from './guard.ts';

/** The asking account as the tickets' rules know it. */
export function actorOf(request: FastifyRequest): Actor {
  const { id, roles, unitCode } = callerOf(request);
  return { accountId: id, roles, unitCode };
}
