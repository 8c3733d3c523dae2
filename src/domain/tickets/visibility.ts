import type { Actor, Role } from './ticket.ts';

const SEES_CONFIDENTIAL: readonly Role[] = [
  'lead',
  'operator',
  'reviewer',
  'dispatcher',
  'adjudicator',
  'supervisor',
];
const SEES_ALL: readonly Role[] = [...SEES_CONFIDENTIAL, 'agent', 'returnVisitor'];

/**
 * Which tickets an actor may read. The hotline's people see all, a unit's only its own. A confidential ticket is read
 * by those who must, by the one who opened it, and by its unit (H20: need to know).
 */
export interface Sight {
  readonly scope: 'all' | 'unit' | 'none';
  readonly unitCode: string | null;
  readonly confidential: 'all' | 'own';
  readonly accountId: string | null;
}

export function sightOf(actor: Actor): Sight {
  const has = (roles: readonly Role[]): boolean => actor.roles.some((role) => roles.includes(role));
  // Whoever belongs to a unit sees as that unit, whatever else the account may do (invariant 9).
  if (actor.roles.includes('system')) {
    return { scope: 'all', unitCode: null, confidential: 'all', accountId: null };
  }
  const scope = actor.unitCode !== null ? 'unit' : has(SEES_ALL) ? 'all' : 'none';
  return {
    scope,
    unitCode: actor.unitCode,
    confidential: has(SEES_CONFIDENTIAL) ? 'all' : 'own',
    accountId: actor.accountId,
  };
}
