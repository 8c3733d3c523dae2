import type { PresenceStore, SavedPresence } from '../../app/ports/presence-store.ts';
import type { HouseJournal } from './house-journal.ts';
import type { RoomKind } from './journal-room.ts';

/** Of a wrap-up whose end an earlier release did not keep. */
const WRAP_UP_MS = 30_000;

const PRESENCE: RoomKind<SavedPresence> = {
  name: 'presence',
  key: ({ agentId }) => agentId,
  parse(value) {
    const { agentId, state, intended, sinceMs = 0, ...rest } = (value ?? {}) as Partial<SavedPresence>;
    if (typeof agentId !== 'string' || typeof state !== 'string' || intended === undefined) return null;
    const untilMs = sinceMs + WRAP_UP_MS;
    // What an earlier release did not know is filled in here and nowhere else.
    return {
      reason: null,
      idleSinceMs: sinceMs,
      callId: null,
      misses: 0,
      wrapUp: state === 'WRAP_UP' ? { regularMs: untilMs, untilMs, latestMs: untilMs } : null,
      signOut: null,
      interval: null,
      phone: null,
      nextPhone: null,
      heartbeat: 'expected',
      ...rest,
      agentId,
      state,
      intended,
      sinceMs,
    };
  },
};

/** Who was signed in. Who signed out leaves nothing; who was signed out is told why when he comes back. */
export function presencesIn(journal: HouseJournal): PresenceStore {
  const room = journal.room(PRESENCE);
  return {
    read: () => room.read(),
    save(presence) {
      const { agentId, state, signOut } = presence;
      const tellsWhy = signOut?.reason === 'forced' || signOut?.reason === 'silent';
      if (state === 'SIGNED_OUT' && !tellsWhy) room.drop(agentId);
      else room.put(presence);
    },
  };
}
