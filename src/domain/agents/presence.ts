import type { LeadAtTalk } from './lead-at-talk.ts';
import type { Intention, PresenceState, SignOutOrder } from './presence-table.ts';
import type { Trial } from './trial.ts';

export type { Intention, PresenceState, SignOutOrder } from './presence-table.ts';

/** A telephone that registers from another address is away for the moments until the switch has asked it there. */
export const PHONE_BLINK_MS = 1_000;
/** A page that is loaded again or a cable that is moved is back by then. */
export const PHONE_GRACE_MS = 15_000;
/**
 * A phone that restarts, or registers again after the switch did, is back by then, and its agent has not left the desk.
 * Later nobody knows who still sits there: the agent says so.
 */
export const PHONE_RETURN_MS = 5 * 60_000;

/**
 * `intended` is what the agent wants once the present call lets go of him. The phone's reachability is kept apart: a
 * ready agent whose phone blinks stays ready and is merely not called; one whose phone stays away (`phoneLost`, after
 * PHONE_GRACE_MS) is not ready, and ready again by itself if the phone is back within PHONE_RETURN_MS. While it rings
 * nobody waits that long: a citizen does; but a blink (PHONE_BLINK_MS) ends no ringing either.
 */
export interface Presence {
  readonly agentId: string;
  readonly state: PresenceState;
  /** NOT_READY: a code of the catalogue or a system reason. SIGNED_OUT: why, null for who was never there. */
  readonly reason: string | null;
  readonly sinceMs: number;
  /** Start of the present idleness, by which the longest idle is found; an offer that was withdrawn does not end it. */
  readonly idleSinceMs: number;
  readonly intended: Intention;
  /** The call that rings, is talked on or wrapped up: also the agent's one reservation. */
  readonly callId: string | null;
  /** Offers in a row that were not taken. */
  readonly misses: number;
  /** The latest offer that was not taken, with the misses before it; absent or null: none since. */
  readonly missed?: { readonly callId: string; readonly misses: number } | null;
  /** Why an agent is not ready without having done anything, and when he is offered calls again; absent or null: none. */
  readonly trial?: Trial | null;
  readonly wrapUp: WrapUp | null;
  /** SIGNED_OUT: by whose order. */
  readonly signOut: SignOutOrder | null;
  /** Registered and answering, as far as the switch has proven it. */
  readonly phoneReachable: boolean;
  /** Channels on the phone that are not ours: the fallback queue, a direct call. */
  readonly foreignChannels: number;
  /** Of the persistent leg of the phone in use; null or absent: the phone is rung for each call. */
  readonly leg?: PhoneLeg | null;
  /** The call that a lead listens to: his ear is reserved for it, as another's for the call he has. Gone with a restart. */
  readonly listensTo?: string | null;
  /** The latest offer was answered in the moment in which another took it: whose it is now. Until the next move. */
  readonly taken?: { readonly callId: string; readonly by: string | null; readonly atMs: number } | null;
  /** Absent or null: none. */
  readonly lead?: LeadAtTalk | null;
}

/** `down`: nobody has taken it up (again) yet, so that no call can arrive on it. */
export type PhoneLeg = 'down' | 'ringing' | 'up';

/** `untilMs` grows by extension, from `regularMs` to `latestMs` at most. */
export interface WrapUp {
  readonly regularMs: number;
  readonly untilMs: number;
  readonly latestMs: number;
}

export function signedOut(agentId: string, nowMs: number): Presence {
  return {
    agentId,
    state: 'SIGNED_OUT',
    reason: null,
    sinceMs: nowMs,
    idleSinceMs: nowMs,
    intended: { to: 'READY' },
    callId: null,
    misses: 0,
    wrapUp: null,
    signOut: null,
    phoneReachable: false,
    foreignChannels: 0,
  };
}

export const inCall = ({ state }: Pick<Presence, 'state'>): boolean =>
  state === 'RINGING' || state === 'TALKING';

/** Ordered from above: neither the agent's words nor a sign of life undo it. */
export const mustLeave = ({ intended }: Pick<Presence, 'intended'>): boolean =>
  intended.to === 'SIGNED_OUT' && (intended.order.reason === 'forced' || intended.order.reason === 'removed');

/** Who was removed during a call and is configured again before its end wants what was wanted before. */
export function orderWithdrawn(presence: Presence): Presence {
  const { intended } = presence;
  const removed = intended.to === 'SIGNED_OUT' && intended.order.reason === 'removed';
  return removed ? { ...presence, intended: intended.instead } : presence;
}
