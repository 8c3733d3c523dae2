/** Nobody is called by us more often within a day than this, whichever unit or desk it is for (G11, 多头回访). */
export const CONTACTS_A_DAY = 2;
/** How long one clerk has a citizen to himself: to read, to ring, to talk and to write down. */
export const CONTACT_LEASE_MS = 30 * 60_000;

export interface ContactHeld {
  readonly heldBy: string | null;
  readonly untilMs: number;
}

export type ContactDecision =
  | { readonly kind: 'granted'; readonly untilMs: number }
  | {
      readonly kind: 'refused';
      /** `held`: another has him. `tooOften`: he was called enough; a reason goes before it. `outcomeMissing`: of the last. */
      readonly code: 'contact.held' | 'contact.tooOften' | 'contact.outcomeMissing';
    };

/** Whether this clerk may have the citizen's contact now. Asked again by its holder it is prolonged. */
export function decideContact(asked: {
  readonly accountId: string;
  readonly nowMs: number;
  readonly held: ContactHeld | null;
  /** A call of another contact of this clerk, of which nobody has written down what it came to. */
  readonly owes: boolean;
  readonly callsToday: number;
  readonly reason: string;
}): ContactDecision {
  const { accountId, nowMs, held, owes, callsToday, reason } = asked;
  const isMine = held !== null && held.heldBy === accountId;
  if (held !== null && held.untilMs > nowMs && !isMine) return { kind: 'refused', code: 'contact.held' };
  if (owes) return { kind: 'refused', code: 'contact.outcomeMissing' };
  if (callsToday >= CONTACTS_A_DAY && reason.trim() === '' && !isMine) {
    return { kind: 'refused', code: 'contact.tooOften' };
  }
  return { kind: 'granted', untilMs: nowMs + CONTACT_LEASE_MS };
}

/**
 * Whether a unit may ring the citizen of its ticket now. What nobody answered disturbed nobody: only talks are counted. Null: it may.
 */
export function unitContactRefusal(asked: {
  readonly nowMs: number;
  readonly held: ContactHeld | null;
  readonly reachedToday: number;
  readonly reason: string;
}): 'contact.held' | 'contact.tooOften' | null {
  const { nowMs, held, reachedToday, reason } = asked;
  if (held !== null && held.untilMs > nowMs) return 'contact.held';
  return reachedToday >= CONTACTS_A_DAY && reason.trim() === '' ? 'contact.tooOften' : null;
}
