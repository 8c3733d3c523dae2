import { inCall, type Presence } from './presence.ts';

/**
 * A telephone that is not rung for each call: its leg stays up from sign-in to sign-out, and calls arrive on it with a
 * tone. Modes: none; ringing, until the agent takes it up once; idle, in silence; taken by a call.
 */
export const PERSISTENT_LEG_TABLE = {
  none: { rung: ['ringing'] },
  ringing: { answered: ['idle'], ended: ['none'] },
  idle: { taken: ['taken'], ended: ['none'] },
  taken: { released: ['idle'], ended: ['none'] },
} as const;
export type LegState = keyof typeof PERSISTENT_LEG_TABLE;

/** What else decides about the leg of a phone. */
export interface LegSituation {
  /** The phone is set so, and in use. */
  readonly isWanted: boolean;
  readonly presence: Pick<Presence, 'state' | 'phoneReachable' | 'foreignChannels'>;
  /** It is to be rung: after sign-in, when its agent wants calls, and when it broke without his doing. */
  readonly isDue: boolean;
  /** The phone was away since it was taken up: what was taken up then may have nobody behind it any more. */
  readonly isDoubtful: boolean;
}

/** `giveUp`: whoever wants calls gets none without a leg, and is told so. */
export type LegMove = 'ring' | 'hangUp' | 'giveUp' | 'stay';

export function legMove(leg: LegState, at: LegSituation): LegMove {
  const { presence, isDue, isDoubtful } = at;
  const isWanted = at.isWanted && presence.state !== 'SIGNED_OUT';
  switch (leg) {
    case 'none': {
      if (!isWanted) return 'stay';
      if (!isDue) return 'giveUp';
      // An ordinary call may still be on the phone: of a time before the setting, or of the fallback.
      const isFree = presence.phoneReachable && presence.foreignChannels === 0 && !inCall(presence);
      return isFree ? 'ring' : 'stay';
    }
    case 'ringing':
      return isWanted ? 'stay' : 'hangUp';
    case 'idle':
      return !isWanted || (isDoubtful && presence.phoneReachable) ? 'hangUp' : 'stay';
    case 'taken':
      // Whoever talks, talks on; what is to change changes after the call.
      return 'stay';
    default:
      return leg satisfies never;
  }
}

/** How long the agent has to take up the phone. */
export const LEG_RING_MS = 30_000;
/** Between two rings of a leg that came to nothing without the agent's doing … */
export const LEG_RETRY_MS = 2_000;
/** … so many times in a row. */
export const LEG_TRIES_MOST = 3;
/** The tone before a call is over by then, whatever the switch says of it. */
export const LEG_TONE_MOST_MS = 1_000;
