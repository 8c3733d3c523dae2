import type { Mode } from '../../domain/hotlines/mode.ts';

/**
 * What happened to calls and agents, told once, in order, without ever delaying the call. Times are epoch
 * milliseconds. Each fact has an id of its own, so that writing it again changes nothing.
 */
export type CallFact =
  | {
      readonly type: 'callArrived';
      readonly trunk: string;
      readonly dialled: string;
      readonly callerNumber: string;
      /** Raw headers by which the number was recognised. */
      readonly headers: Readonly<Record<string, string | readonly string[]>>;
      readonly recording: string;
    }
  | {
      readonly type: 'callRecognised';
      readonly line: string | null;
      readonly mode: Mode | 'TRANSITION_ENDED' | 'UNREGISTERED';
      readonly method: string;
      readonly confidence: 'certain' | 'likely' | 'guess';
      readonly reason: string;
      readonly configurationVersion: number;
    }
  | { readonly type: 'callAnswered' }
  | { readonly type: 'announcementPlayed'; readonly prompt: string; readonly end: string }
  | { readonly type: 'queueEntered'; readonly queue: string; readonly reason: string }
  | {
      readonly type: 'queueLeft';
      readonly queue: string;
      readonly how: 'answered' | 'abandoned' | 'overflowed' | 'moved';
    }
  | {
      readonly type: 'legRang';
      readonly leg: string;
      readonly agentId: string | null;
      readonly number: string | null;
      /** Why this agent (or unit) and not another. */
      readonly reason: string;
    }
  | { readonly type: 'legAnswered'; readonly leg: string }
  | { readonly type: 'legEnded'; readonly leg: string; readonly how: string }
  | { readonly type: 'talkStarted'; readonly leg: string; readonly agentId: string | null }
  | {
      readonly type: 'callEnded';
      /** Derived from ordered facts, not from cause codes (asterisk#963). */
      readonly releasedBy: 'caller' | 'agent' | 'unit' | 'system';
      readonly result: 'answeredByAgent' | 'answeredByUnit' | 'abandoned' | 'refused' | 'lost';
      readonly detail: string;
    }
  | { readonly type: 'anomaly'; readonly code: string; readonly detail: string };

export type AgentFact = {
  readonly type: 'presence';
  readonly agentId: string;
  readonly state: string;
  readonly reason: string | null;
};

export type Fact = { readonly id: string; readonly atMs: number } & (
  | ({ readonly callId: string; readonly seq: number } & CallFact)
  | ({ readonly callId: null } & AgentFact)
);

export interface FactLog {
  /** Returns at once: the fact is in memory and on its way to a local file; PostgreSQL gets it when it can. */
  append(fact: Fact): void;
  /** Resolves when all facts appended before are in the local file. */
  flush(): Promise<void>;
}

export interface FactWriter {
  /**
   * Writes facts into the database; writing a fact again changes nothing, and the order of batches does not
   * matter. A fact that the database will never take is set aside there with the reason and logged, so it holds
   * up no others. Rejects with `DatabaseAway` when there is no database: try again later.
   */
  writeFacts(facts: readonly Fact[]): Promise<void>;
}
