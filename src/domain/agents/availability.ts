import type { Presence } from './presence.ts';

/** The phone can be rung at this moment, or its leg is there. */
const reached = ({ phoneReachable, foreignChannels, leg }: Presence): boolean =>
  phoneReachable && foreignChannels === 0 && (leg ?? 'up') === 'up';

/** Offered calls only if ready, the phone provably there, nothing else on it, and no other reservation. */
export function callable(presence: Presence): boolean {
  const isReserved = presence.callId !== null || (presence.listensTo ?? null) !== null;
  return presence.state === 'READY' && reached(presence) && !isReserved;
}

/** May be rung for this call by name: free, or wrapping it up, so that it comes back to who gave it away. */
export function ringableFor(presence: Presence, callId: string): boolean {
  const wrapsUp =
    presence.state === 'WRAP_UP' && presence.callId === callId && presence.intended.to === 'READY';
  return callable(presence) || (wrapsUp && reached(presence));
}

/** At work, with no wish to stop: free before long. */
export const withinReach = ({ state, intended }: Pick<Presence, 'state' | 'intended'>): boolean =>
  state !== 'SIGNED_OUT' && state !== 'NOT_READY' && intended.to === 'READY';
