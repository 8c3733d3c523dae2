import type { TicketMove, TicketState } from './transitions.ts';

/** Shorter, nobody has spoken about anything: a call that is put down at once is no contact. */
export const CONTACT_TALK_MS = 5_000;

/** Where a unit may call the citizen: while the matter is with it, and to explain what it reported. */
const WITH_UNIT: readonly TicketState[] = [
  'dispatched',
  'signedFor',
  'inContact',
  'handling',
  'longTerm',
  'reportedDone',
];
export const isWithUnit = (state: TicketState): boolean => WITH_UNIT.includes(state);

/** The first contact, as far as it is proven. */
export interface ContactFacts {
  /** When the unit that has the ticket was shown to have spoken with its citizen; null or absent: not yet. */
  readonly contactedAt?: number | null;
  /** Nobody can be called: the citizen left no number, or is not to be known. Absent: somebody can. */
  readonly unreachable?: boolean;
}

/** The unit still has to speak with the citizen (H10): neither work begun nor work done stands for it. */
export const owesContact = ({ contactedAt = null, unreachable = false }: ContactFacts): boolean =>
  contactedAt === null && !unreachable;

/** What a move makes of the proof: a contact is one; another unit has to speak with the citizen itself. */
export function contactedAfter(
  move: TicketMove,
  { contactedAt = null }: ContactFacts,
  otherUnit: boolean,
  now: number,
): number | null {
  if (otherUnit) return null;
  return move === 'contact' ? (contactedAt ?? now) : contactedAt;
}

/**
 * What a call through the platform shows (H26): the unit has spoken with the citizen. It stands for the first contact where that
 * is still open, with the signature where that is; no screenshot needs to be believed. Empty: there is nothing to move.
 */
export function movesAfterCall(
  state: TicketState,
  talkMs: number | null,
  facts: ContactFacts,
): readonly TicketMove[] {
  if (talkMs === null || talkMs < CONTACT_TALK_MS) return [];
  switch (state) {
    case 'dispatched':
      return ['signFor', 'contact'];
    case 'signedFor':
      return ['contact'];
    case 'handling':
    case 'longTerm':
    case 'reportedDone':
      return owesContact(facts) ? ['contact'] : [];
    default:
      return [];
  }
}
