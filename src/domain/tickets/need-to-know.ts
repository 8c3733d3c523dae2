import { maskedNumber, maskedWords } from '../privacy/masked.ts';
import type { Actor, Role } from './ticket.ts';

/** How long a name and a number stay open to who gave a reason; after that a new reason is needed. */
export const LEASE_MS = 10 * 60_000;

/** Nobody needs to know for longer without being asked again. */
export const GRANT_AT_MOST_DAYS = 90;
const DAY_MS = 86_400_000;

/** Of an anonymous citizen only those learn who he is who answer for the hotline; a unit never does. */
const SEES_ANONYMOUS: readonly Role[] = ['lead', 'operator', 'supervisor'];

export function revealRefusal(
  ticket: { readonly anonymous: boolean },
  actor: Actor,
): 'citizen.anonymous' | null {
  if (!ticket.anonymous) return null;
  const may = actor.unitCode === null && actor.roles.some((role) => SEES_ANONYMOUS.includes(role));
  return may ? null : 'citizen.anonymous';
}

/** What a unit needs of its citizen: who he is and where. It calls him through the platform, and sees no number of his (D14). */
export function neededBy<
  T extends { readonly citizenNumber: string; readonly place: string; readonly content: string },
>(citizen: T, { unitCode }: Pick<Actor, 'unitCode'>): T {
  if (unitCode === null) return citizen;
  return {
    ...citizen,
    citizenNumber: maskedNumber(citizen.citizenNumber),
    place: maskedWords(citizen.place),
    content: maskedWords(citizen.content),
  };
}

export type GrantRefusal =
  | { readonly code: 'grant.notConfidential' }
  | { readonly code: 'grant.toOneself' }
  | { readonly code: 'grant.untilPast' }
  | { readonly code: 'grant.tooLong'; readonly daysAtMost: number };

/** Why this person may not be put on the list of those who need to know; null: he may. Times in epoch milliseconds. */
export function grantRefusal(
  ticket: { readonly confidential: boolean },
  grant: { readonly accountId: string; readonly by: string; readonly untilMs: number },
  nowMs: number,
): GrantRefusal | null {
  if (!ticket.confidential) return { code: 'grant.notConfidential' };
  if (grant.accountId === grant.by) return { code: 'grant.toOneself' };
  if (grant.untilMs <= nowMs) return { code: 'grant.untilPast' };
  return grant.untilMs - nowMs > GRANT_AT_MOST_DAYS * DAY_MS
    ? { code: 'grant.tooLong', daysAtMost: GRANT_AT_MOST_DAYS }
    : null;
}
