import type { SignOutReason } from '../../domain/agents/presence-table.ts';

/** The agent as call control sees it now: the only truth a screen may show. */
export interface AgentView {
  readonly agentId: string;
  readonly number: string;
  readonly displayName: string;
  /** Whose the agent is today; absent in a picture of an earlier release. */
  readonly employer?: string;
  readonly state: 'SIGNED_OUT' | 'NOT_READY' | 'READY' | 'RINGING' | 'TALKING' | 'WRAP_UP';
  readonly reason: string | null;
  readonly sinceMs: number;
  /** What comes when the present call lets go of the agent: a break, or the end of the shift. */
  readonly intended: {
    readonly state: 'NOT_READY' | 'SIGNED_OUT';
    readonly reason: string;
    readonly by: string | null;
    readonly note: string | null;
  } | null;
  /** How long this reason may last; `overLimit` is told at the moment it becomes true. */
  readonly limitMs: number | null;
  readonly overLimit: boolean;
  /** Offers in a row that were not taken. */
  readonly misses: number;
  /** Not ready by no fault of his: when he is offered calls again by himself. */
  readonly readyAgainMs: number | null;
  readonly wrapUpUntilMs: number | null;
  /** As far as it may be extended. */
  readonly wrapUpLatestMs: number | null;
  /** SIGNED_OUT: why, and for a lead's order whose and in which words. */
  readonly signOut: {
    readonly reason: SignOutReason;
    readonly by: string | null;
    readonly note: string | null;
  } | null;
  readonly phone: string;
  readonly phoneKind: 'browser' | 'desk';
  /** The phone to which the agent changes when the present call is over. */
  readonly nextPhone: string | null;
  readonly heartbeat: 'expected' | 'none';
  readonly phoneReachable: boolean;
  /** Whether the phone's persistent leg is up; null: the phone is rung for each call. */
  readonly persistentLeg: 'down' | 'ringing' | 'up' | null;
  /** The call that a lead listens to: while he does, no call comes to him. */
  readonly listensTo: string | null;
  /**
   * He answered in the moment in which the call went to another, and has not missed it (F-16): who has it, by name; null
   * where nobody has yet. Until his next move.
   */
  readonly taken: { readonly callId: string; readonly by: string | null; readonly atMs: number } | null;
  /** A lead whom he hears at his talk, or who has it in his stead, by name: the latter until his next talk. */
  readonly lead: {
    readonly callId: string;
    readonly how: 'whisper' | 'barge' | 'takenOver';
    readonly by: string;
    readonly atMs: number;
  } | null;
  /** A call on the phone that is not ours (of the fallback queue, or direct): not idle, whatever `state` says. */
  readonly onForeignCall: boolean;
  /** Call that rings, is being talked on, or is being wrapped up. */
  readonly callId: string | null;
  readonly queues: readonly string[];
  /** Those of them that are his only while a surge lasts; absent: none. */
  readonly lent?: readonly string[];
}
