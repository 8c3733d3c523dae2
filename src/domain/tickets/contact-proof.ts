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

/**
 * What a call through the platform shows (H26): the unit has spoken with the citizen. It stands for the first contact where that
 * is still open, with the signature where that is; no screenshot needs to be believed. Empty: there is nothing to move.
 */
export function movesAfterCall(state: TicketState, talkMs: number | null): readonly TicketMove[] {
  if (talkMs === null || talkMs < CONTACT_TALK_MS) return [];
  switch (state) {
    case 'dispatched':
      return ['signFor', 'contact'];
    case 'signedFor':
      return ['contact'];
    default:
      return [];
  }
}
