import type { Presence } from '../../domain/agents/presence.ts';

/** Who was signed in, and what they were doing: kept on the local disk, so that a restart signs nobody out. */
export interface PresenceStore {
  read(): Promise<readonly SavedPresence[]>;
  /** Returns at once. */
  save(presence: SavedPresence): void;
}

/** The interval that is open: told under this id, and under no other, however often it is told. */
export interface OpenInterval {
  readonly id: string;
  /** Orders intervals of one agent that begin in the same millisecond. */
  readonly seq: number;
  readonly limitMs: number | null;
  readonly countsAsRest: boolean;
}

export type SavedPresence = Omit<Presence, 'phoneReachable' | 'foreignChannels' | 'leg' | 'listensTo'> & {
  /** null: not told of yet. */
  readonly interval: OpenInterval | null;
  /** The phone in use, and the one to be used when the present call is over; null: the one of the profile, and none. */
  readonly phone: string | null;
  readonly nextPhone: string | null;
  readonly heartbeat: 'expected' | 'none';
};
