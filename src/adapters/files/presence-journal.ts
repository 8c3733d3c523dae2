import type { Log } from '../../app/ports/log.ts';
import type { PresenceStore, SavedPresence } from '../../app/ports/presence-store.ts';
import { type JournalKind, KeyedJournal } from './keyed-journal.ts';

const PRESENCE: JournalKind<SavedPresence> = {
  name: 'presence',
  key: ({ agentId }) => agentId,
  parse(value) {
    const { agentId, state, intended } = (value ?? {}) as Partial<SavedPresence>;
    return typeof agentId === 'string' && typeof state === 'string' && intended !== undefined
      ? (value as SavedPresence)
      : null;
  },
};

/** Who was signed in: signed-out agents leave no line. */
export class PresenceJournal implements PresenceStore {
  readonly #journal: KeyedJournal<SavedPresence>;

  constructor(path: string, log: Log) {
    this.#journal = new KeyedJournal(path, PRESENCE, log);
  }

  read(): Promise<readonly SavedPresence[]> {
    return this.#journal.read();
  }

  save(presence: SavedPresence): void {
    const { agentId, state, reason, sinceMs, idleSinceMs, intended, callId } = presence;
    if (state === 'SIGNED_OUT') this.#journal.drop(agentId);
    else this.#journal.put({ agentId, state, reason, sinceMs, idleSinceMs, intended, callId });
  }

  flush(): Promise<void> {
    return this.#journal.flush();
  }
}
