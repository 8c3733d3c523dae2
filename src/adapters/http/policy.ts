import type { Role } from '../../app/ports/accounts.ts';
import { CALLS_POLICY } from './policy/calls.ts';
import { CODES_POLICY } from './policy/codes.ts';
import { DISPATCH_POLICY } from './policy/dispatch.ts';
import { HOUSE_POLICY } from './policy/house.ts';
import { INTAKE_POLICY } from './policy/intake.ts';
import { KNOWLEDGE_POLICY } from './policy/knowledge.ts';
import { NOTICES_POLICY } from './policy/notices.ts';
import { PLACES_POLICY } from './policy/places.ts';
import { RULES_POLICY } from './policy/rules.ts';
import { SUPERVISION_POLICY } from './policy/supervision.ts';
import { TICKETS_POLICY } from './policy/tickets.ts';
import { VISITS_POLICY } from './policy/visits.ts';

/** `public`: without a session. `signedIn`: any account. A list: one of these roles. */
export type Access = 'public' | 'signedIn' | readonly Role[];

/** One table an area; an operation stands in its own, and in no other. */
export const POLICY_TABLES = [
  CALLS_POLICY,
  INTAKE_POLICY,
  TICKETS_POLICY,
  VISITS_POLICY,
  SUPERVISION_POLICY,
  DISPATCH_POLICY,
  CODES_POLICY,
  RULES_POLICY,
  NOTICES_POLICY,
  KNOWLEDGE_POLICY,
  HOUSE_POLICY,
  PLACES_POLICY,
] as const;

/** Every operation of the API and who may ask for it. What depends on the thing itself (own call, own unit) is refused in its route. */
export const POLICY = {
  ...CALLS_POLICY,
  ...INTAKE_POLICY,
  ...TICKETS_POLICY,
  ...VISITS_POLICY,
  ...SUPERVISION_POLICY,
  ...DISPATCH_POLICY,
  ...CODES_POLICY,
  ...RULES_POLICY,
  ...NOTICES_POLICY,
  ...KNOWLEDGE_POLICY,
  ...HOUSE_POLICY,
  ...PLACES_POLICY,
} as const satisfies Readonly<Record<string, Access>>;

export type OperationId = keyof typeof POLICY;

export function isOperationId(id: string | undefined): id is OperationId {
  return id !== undefined && Object.hasOwn(POLICY, id);
}

export function mayUse(access: Access, roles: readonly Role[]): boolean {
  if (access === 'public' || access === 'signedIn') return true;
  return access.some((role) => roles.includes(role));
}
