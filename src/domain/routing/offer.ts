import type { Ask } from '../skills/skills.ts';

/** A caller for an agent, who is reserved for him across all queues until he has taken him or not. */
export interface Offer {
  readonly callId: string;
  readonly agentId: string;
  /** The queue in which the two met; another than the caller's own after an overflow. */
  readonly queue: string;
  readonly reason: string;
}

export interface JoinRequest {
  readonly callId: string;
  readonly queue: string;
  /** See `rank.ts`; 0 goes before all others. */
  readonly priority: number;
  readonly sinceMs: number;
  readonly ask?: Ask;
  /** Kept for this agent until `openToAll`. */
  readonly keptFor?: string | null;
}

/** At a desk, with what is asked for there. */
export interface AskedAt {
  readonly queue: string;
  readonly ask?: Ask;
}
