/**
 * Presence of an agent as a table. Modes:
 *   signed out -> not ready -> ready -> ringing -> talking -> wrap-up -> ready (or what the agent asked for meanwhile)
 * What is asked for during a call is kept apart from `state` as the intention and comes true when the call, and the
 * wrap-up that belongs to it, let go of the agent; until then it can be withdrawn, but for a lead's sign-out.
 */
export const PRESENCE_TABLE = {
  SIGNED_OUT: {
    signIn: ['NOT_READY'],
    // Nobody is signed out who talks with a citizen: what was kept of the shift, or of the call, was not the latest.
    adopted: ['TALKING'],
  },
  NOT_READY: {
    ready: ['READY'],
    notReady: ['NOT_READY'],
    signOut: ['SIGNED_OUT'],
    callsOut: ['RINGING'],
    adopted: ['TALKING'],
    phoneBack: ['READY', 'NOT_READY'],
    trialDue: ['READY', 'NOT_READY'],
    taken: ['READY', 'NOT_READY'],
  },
  READY: {
    notReady: ['NOT_READY'],
    signOut: ['SIGNED_OUT'],
    offered: ['RINGING'],
    callsOut: ['RINGING'],
    adopted: ['TALKING'],
    phoneLost: ['NOT_READY'],
    legLost: ['NOT_READY'],
    taken: ['READY'],
  },
  RINGING: {
    ready: ['RINGING'],
    notReady: ['RINGING'],
    signOut: ['RINGING'],
    requestWithdrawn: ['RINGING'],
    heard: ['RINGING'],
    answered: ['TALKING'],
    withdrawn: ['READY', 'NOT_READY', 'SIGNED_OUT'],
    failed: ['READY', 'NOT_READY', 'SIGNED_OUT'],
    adopted: ['TALKING'],
    legLost: ['RINGING'],
  },
  TALKING: {
    ready: ['TALKING'],
    notReady: ['TALKING'],
    signOut: ['TALKING'],
    requestWithdrawn: ['TALKING'],
    heard: ['TALKING'],
    callOver: ['WRAP_UP', 'READY', 'NOT_READY', 'SIGNED_OUT'],
    failed: ['NOT_READY', 'SIGNED_OUT'],
    adopted: ['TALKING'],
    legLost: ['TALKING'],
  },
  WRAP_UP: {
    ready: ['READY', 'SIGNED_OUT'],
    notReady: ['NOT_READY', 'SIGNED_OUT'],
    // Who fell silent leaves when the wrap-up is over, everybody else at once.
    signOut: ['SIGNED_OUT', 'WRAP_UP'],
    requestWithdrawn: ['WRAP_UP'],
    heard: ['WRAP_UP'],
    extendWrapUp: ['WRAP_UP'],
    callsOut: ['RINGING'],
    wrapUpOver: ['READY', 'NOT_READY', 'SIGNED_OUT'],
    // The same call only: a transfer that nobody took comes back.
    offered: ['RINGING'],
    adopted: ['TALKING'],
    legLost: ['WRAP_UP'],
  },
} as const;

export type PresenceState = keyof typeof PRESENCE_TABLE;

/** Reasons of being not ready that call control gives on its own; an agent's come from the catalogue. */
export const SYSTEM_REASONS = [
  'signedIn',
  'missed',
  'rejected',
  'phoneUnreachable',
  'connectFailed',
  'undelivered',
  'legDown',
  'noticeUnread',
] as const;
export type SystemReason = (typeof SYSTEM_REASONS)[number];

/** `silent`: no sign of life of the desk; `removed`: no longer in the configuration. */
export const SIGN_OUT_REASONS = ['asked', 'forced', 'silent', 'removed'] as const;
export type SignOutReason = (typeof SIGN_OUT_REASONS)[number];

/** Why somebody is, or will be, signed out. `by` and `note`: who ordered it and in which words; forced only. */
export interface SignOutOrder {
  readonly reason: SignOutReason;
  readonly by: { readonly accountId: string; readonly name: string } | null;
  readonly note: string | null;
}

export const signOutOrder = (reason: Exclude<SignOutReason, 'forced'>): SignOutOrder => ({
  reason,
  by: null,
  note: null,
});

type Staying =
  | { readonly to: 'READY' }
  /** A code of the catalogue, or a system reason. */
  | { readonly to: 'NOT_READY'; readonly reason: string };
export type Intention =
  | Staying
  /** `instead`: what was wanted before, and is again if the order falls away. */
  | { readonly to: 'SIGNED_OUT'; readonly order: SignOutOrder; readonly instead: Staying };

/** Who is found talking after he had left leaves after it; who was never there says himself what he wants. */
export const wishOfFound = (left: SignOutOrder | null): Intention =>
  left === null
    ? { to: 'NOT_READY', reason: 'signedIn' }
    : { to: 'SIGNED_OUT', order: left, instead: { to: 'READY' } };
