import type { Callback, CallbackEvent } from '../../domain/callbacks/callback.ts';
import type { CallFact } from '../../domain/calls/facts.ts';

export type { CallFact };

/**
 * An interval of an agent's presence begins and the one before ends. Fields behind `reason` are missing in what an
 * earlier release left in the spool.
 */
export type AgentFact = {
  readonly type: 'presence';
  readonly agentId: string;
  readonly state: string;
  readonly reason: string | null;
  /** Orders intervals of one agent that begin in the same millisecond. */
  readonly seq?: number;
  readonly limitMs?: number | null;
  readonly countsAsRest?: boolean;
  /** The call that rings, is talked on or wrapped up. */
  readonly ofCall?: string | null;
  /** Sign-out by a lead: whose account, and the words. */
  readonly by?: string | null;
  readonly note?: string | null;
};

/** A move of a queue callback, with all of it as it then is. */
export type CallbackFact = {
  readonly type: 'callback';
  /** `promised`: its beginning. */
  readonly move: CallbackEvent['type'] | 'promised';
  readonly callback: Callback;
  readonly ofCall: string | null;
  readonly by: string | null;
  readonly detail: string;
};

/**
 * What happened to calls and agents, told once, in order, without ever delaying the call. Times are epoch
 * milliseconds. Each fact has an id of its own, so that writing it again changes nothing.
 */
export type Fact = { readonly id: string; readonly atMs: number } & (
  | ({ readonly callId: string; readonly seq: number } & CallFact)
  | ({ readonly callId: null } & (AgentFact | CallbackFact))
);

export interface FactLog {
  /** Returns at once: the fact is in memory and on its way to a local file; PostgreSQL gets it when it can. */
  append(fact: Fact): void;
  /** Tries now; true when all facts appended before are in the local file, false when the disk does not take them. */
  flush(): Promise<boolean>;
}

export interface FactWriter {
  /**
   * Writes facts into the database; writing a fact again changes nothing, and the order of batches does not
   * matter. A fact that the database will never take is set aside there with the reason and logged, so it holds
   * up no others. Rejects with `DatabaseAway` when there is no database: try again later.
   */
  writeFacts(facts: readonly Fact[]): Promise<void>;
}

/** The lasting home of facts. Writing a fact again changes nothing; rejects with `DatabaseAway` when there is none. */
export interface FactWriter {
  writeFacts(facts: readonly Fact[]): Promise<void>;
}
