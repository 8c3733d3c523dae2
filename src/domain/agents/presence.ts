/**
 * Presence of an agent as a table. Modes:
 *   signed out -> not ready -> ready -> ringing -> talking -> wrap-up -> ready (or what the agent asked for meanwhile)
 * `intended` is what the agent wants once the present call lets go of him; it is kept apart from `state`, so that
 * "rest after this call" is neither lost nor acted upon too early. The phone's reachability is kept apart as well:
 * a ready agent whose phone blinks stays ready and is merely not called. One whose phone stays away (`phoneLost`, after
 * PHONE_GRACE_MS) is not ready, and ready again by itself if the phone is back within PHONE_RETURN_MS.
 */
export const PRESENCE_TABLE = {
  SIGNED_OUT: { signIn: ['NOT_READY'] },
  NOT_READY: {
    ready: ['READY'],
    notReady: ['NOT_READY'],
    signOut: ['SIGNED_OUT'],
    adopted: ['TALKING'],
    phoneBack: ['READY', 'NOT_READY'],
  },
  READY: {
    notReady: ['NOT_READY'],
    signOut: ['SIGNED_OUT'],
    offered: ['RINGING'],
    adopted: ['TALKING'],
    phoneLost: ['NOT_READY'],
  },
  RINGING: {
    ready: ['RINGING'],
    notReady: ['RINGING'],
    answered: ['TALKING'],
    withdrawn: ['READY', 'NOT_READY'],
    failed: ['NOT_READY'],
    adopted: ['TALKING'],
  },
  TALKING: {
    ready: ['TALKING'],
    notReady: ['TALKING'],
    callOver: ['WRAP_UP', 'READY', 'NOT_READY'],
    failed: ['NOT_READY'],
  },
  WRAP_UP: {
    ready: ['READY'],
    notReady: ['NOT_READY'],
    signOut: ['SIGNED_OUT'],
    wrapUpOver: ['READY', 'NOT_READY'],
    adopted: ['TALKING'],
  },
} as const;

/** A page that is loaded again or a cable that is moved is back by then. */
export const PHONE_GRACE_MS = 15_000;
/**
 * A phone that restarts, or registers again after the switch did, is back by then, and its agent has not left the desk.
 * Later nobody knows who still sits there: the agent says so.
 */
export const PHONE_RETURN_MS = 5 * 60_000;

export type PresenceState = keyof typeof PRESENCE_TABLE;

/** Reasons that an agent may give. */
export const NOT_READY_REASONS = ['rest', 'meal', 'training', 'meeting', 'paperwork', 'other'] as const;
export type NotReadyReason = (typeof NOT_READY_REASONS)[number];
/** Reasons that call control gives on its own. */
export const SYSTEM_REASONS = [
  'signedIn',
  'missed',
  'rejected',
  'phoneUnreachable',
  'connectFailed',
] as const;
export type SystemReason = (typeof SYSTEM_REASONS)[number];
export type Reason = NotReadyReason | SystemReason;

export function isNotReadyReason(text: string): text is NotReadyReason {
  return NOT_READY_REASONS.some((one) => one === text);
}

export type Intention = { readonly to: 'READY' } | { readonly to: 'NOT_READY'; readonly reason: Reason };

export interface Presence {
  readonly agentId: string;
  readonly state: PresenceState;
  readonly reason: Reason | null;
  readonly sinceMs: number;
  /** Start of the present idleness, by which the longest idle is found; an offer that was withdrawn does not end it. */
  readonly idleSinceMs: number;
  readonly intended: Intention;
  /** The call that rings, is talked on or wrapped up: also the agent's one reservation. */
  readonly callId: string | null;
  /** Registered and answering, as far as the switch has proven it. */
  readonly phoneReachable: boolean;
  /** Channels on the phone that are not ours: the fallback queue, a direct call. */
  readonly foreignChannels: number;
}

export type PresenceEvent =
  | { readonly type: 'signIn' }
  | { readonly type: 'signOut' }
  | { readonly type: 'ready' }
  | { readonly type: 'notReady'; readonly reason: NotReadyReason }
  | { readonly type: 'offered'; readonly callId: string }
  | { readonly type: 'answered'; readonly callId: string }
  /** The caller left, or the offer was taken back: not the agent's doing. */
  | { readonly type: 'withdrawn'; readonly callId: string }
  /** The agent did not take the call, or the phone failed. */
  | { readonly type: 'failed'; readonly callId: string; readonly reason: SystemReason }
  | { readonly type: 'callOver'; readonly callId: string; readonly wrapUpMs: number }
  | { readonly type: 'wrapUpOver'; readonly callId: string | null }
  /** The phone of an agent without a call has been away for PHONE_GRACE_MS. */
  | { readonly type: 'phoneLost' }
  | { readonly type: 'phoneBack' }
  /** After a restart: this agent was found talking. */
  | { readonly type: 'adopted'; readonly callId: string };

export function signedOut(agentId: string, nowMs: number): Presence {
  return {
    agentId,
    state: 'SIGNED_OUT',
    reason: null,
    sinceMs: nowMs,
    idleSinceMs: nowMs,
    intended: { to: 'READY' },
    callId: null,
    phoneReachable: false,
    foreignChannels: 0,
  };
}

/** Offered calls only if ready, the phone provably there, nothing else on it, and no other reservation. */
export function callable(presence: Presence): boolean {
  return (
    presence.state === 'READY' &&
    presence.phoneReachable &&
    presence.foreignChannels === 0 &&
    presence.callId === null
  );
}

/** The next presence; the same object when the event is late, repeated or not for this state. */
export function nextPresence(presence: Presence, event: PresenceEvent, nowMs: number): Presence {
  if (!(event.type in PRESENCE_TABLE[presence.state])) return presence;
  const stranger = 'callId' in event && event.callId !== presence.callId;
  if (stranger && event.type !== 'offered' && event.type !== 'adopted') return presence;
  const enter = (state: PresenceState, change: Partial<Presence> = {}): Presence => ({
    ...presence,
    reason: null,
    callId: null,
    idleSinceMs: nowMs,
    ...change,
    state,
    sinceMs: nowMs,
  });
  const asIntended = (idleSinceMs = nowMs): Presence =>
    presence.intended.to === 'READY'
      ? enter('READY', { idleSinceMs })
      : enter('NOT_READY', { reason: presence.intended.reason });

  switch (event.type) {
    case 'signIn':
      return enter('NOT_READY', { reason: 'signedIn', intended: { to: 'READY' } });
    case 'signOut':
      return enter('SIGNED_OUT', { intended: { to: 'READY' } });
    case 'ready':
      return busy(presence)
        ? { ...presence, intended: { to: 'READY' } }
        : presence.state === 'READY'
          ? presence
          : enter('READY', { intended: { to: 'READY' } });
    case 'notReady': {
      const intended = { to: 'NOT_READY', reason: event.reason } as const;
      return busy(presence)
        ? { ...presence, intended }
        : enter('NOT_READY', { reason: event.reason, intended });
    }
    case 'offered':
      return enter('RINGING', { callId: event.callId, idleSinceMs: presence.idleSinceMs });
    case 'answered':
    case 'adopted':
      return enter('TALKING', { callId: event.callId });
    case 'withdrawn':
      return asIntended(presence.idleSinceMs);
    case 'failed':
      return enter('NOT_READY', {
        reason: event.reason,
        intended: { to: 'NOT_READY', reason: event.reason },
      });
    case 'callOver':
      return event.wrapUpMs > 0 ? enter('WRAP_UP', { callId: event.callId }) : asIntended();
    case 'wrapUpOver':
      return asIntended();
    case 'phoneLost':
      // What the agent wants is unchanged: by that it differs from a phone that failed at an offered call.
      return enter('NOT_READY', { reason: 'phoneUnreachable', intended: { to: 'READY' } });
    case 'phoneBack': {
      const { reason, intended, sinceMs } = presence;
      const lost = reason === 'phoneUnreachable' && intended.to === 'READY';
      return lost && nowMs - sinceMs <= PHONE_RETURN_MS ? enter('READY') : presence;
    }
    default:
      return event satisfies never;
  }
}

const busy = (presence: Presence): boolean => presence.state === 'RINGING' || presence.state === 'TALKING';
