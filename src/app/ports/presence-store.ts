import type { Presence } from '../../domain/agents/presence.ts';

/** Who was signed in, and what they were doing: kept on the local disk, so that a restart signs nobody out. */
export interface PresenceStore {
  read(): Promise<readonly SavedPresence[]>;
  /** Returns at once. */
  save(presence: SavedPresence): void;
}
export type SavedPresence = Pick<
  Presence,
  'agentId' | 'state' | 'reason' | 'sinceMs' | 'idleSinceMs' | 'intended' | 'callId'
>;
