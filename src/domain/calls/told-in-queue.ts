import type { SaidAhead, SaidWait } from '../routing/said-wait.ts';

// What a waiting citizen has been told, and is being told: in his call, so that a restart repeats nothing.

/** Of his place in line. */
export interface PlaceTold {
  /** When it is looked at again; what has not changed by then is not said. */
  readonly nextMs: number;
  /** null: nothing yet. */
  readonly ahead: SaidAhead | null;
  readonly wait: SaidWait | null;
}

/** An incident's announcement that began while he waits. */
export interface Noticing {
  readonly announcement: string;
  readonly subscribeKey: string | null;
  /** As in `Announcing`; music is back while the key is awaited. */
  readonly phase: 'playing' | 'awaiting' | 'confirming';
  readonly sinceMs: number;
}
