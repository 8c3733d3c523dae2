import type { Actor, Role } from './ticket.ts';

const SEES_CONFIDENTIAL: readonly Role[] = [
  'lead',
  'operator',
  'reviewer',
  'dispatcher',
  'adjudicator',
  'supervisor',
];
/** A list of those who need to know holds for everybody but who keeps the lists. */
const SEES_LISTED: readonly Role[] = ['lead'];
const SEES_ALL: readonly Role[] = [...SEES_CONFIDENTIAL, 'agent', 'returnVisitor', 'leader'];

/**
 * Which tickets an actor may read. The hotline's people see all, a unit's only its own. A confidential ticket is read
 * by those who must, by the one who opened it, by its unit, and by who was put on its list; one that is kept to its list, by
 * those on it and by a lead alone (H20: need to know).
 */
export interface Sight {
  readonly scope: 'all' | 'unit' | 'none';
  readonly unitCode: string | null;
  readonly confidential: 'all' | 'own';
  /** Of tickets that are kept to a list: all, or those on whose list the account is. */
  readonly listed: 'all' | 'own';
  readonly accountId: string | null;
}

export function sightOf(actor: Actor): Sight {
  const has = (roles: readonly Role[]): boolean => actor.roles.some((role) => roles.includes(role));
  // Whoever belongs to a unit sees as that unit, whatever else the account may do (invariant 9).
  if (actor.roles.includes('system')) {
    return { scope: 'all', unitCode: null, confidential: 'all', listed: 'all', accountId: null };
  }
  const scope = actor.unitCode !== null ? 'unit' : has(SEES_ALL) ? 'all' : 'none';
  return {
    scope,
    unitCode: actor.unitCode,
    confidential: has(SEES_CONFIDENTIAL) ? 'all' : 'own',
    // A lead of a unit keeps no lists of the hotline.
    listed: actor.unitCode === null && has(SEES_LISTED) ? 'all' : 'own',
    accountId: actor.accountId,
  };
}
