import type { OutboundPurpose } from '../../domain/callbacks/purposes.ts';
import type { Phase } from '../../domain/calls/conversation/conversation-table.ts';
import type { InvitedState } from '../../domain/calls/conversation/emergency-bridge.ts';
import type { WhyWaiting } from '../../domain/routing/reasons.ts';

/** Live view of one call, for the agent's screen and the board. */
export interface CallView {
  readonly callId: string;
  readonly state: string;
  readonly dialled: string;
  readonly line: string | null;
  readonly lineName: string | null;
  readonly mode: string;
  readonly queue: string | null;
  readonly callerNumber: string;
  /** What is on record of the number, for the agent's eyes. */
  readonly note?: string | null;
  /** Set while an agent is being sought. */
  readonly waiting?: {
    /** The desks that he waits at, his own first. */
    readonly queues: readonly string[];
    readonly sinceMs: number;
    readonly priority: number;
    readonly why: WhyWaiting['kind'];
    /** The same, as a lead reads it. */
    readonly words: string;
    /** In English; absent in a picture of an earlier release. */
    readonly wordsEn?: string;
    readonly keptFor: string | null;
    /** Absent in a picture of an earlier release. Callers before him, up to 101; null: not in line now. */
    readonly ahead?: number | null;
    /** How long he still waits, as seen when this was told; null: it cannot be believed, `words` say why. */
    readonly estimateMs?: number | null;
    /** What he was told last; null: nothing. */
    readonly told?: {
      readonly ahead: number | null;
      readonly minutes: number | null;
      readonly atMs: number | null;
    } | null;
  } | null;
  /** Who leads the talk. */
  readonly agentId: string | null;
  readonly sinceMs: number;
  readonly arrivedMs: number;
  /** Since when it holds its place in `queue`; null: it holds none. */
  readonly waitingSinceMs?: number | null;
  /** Absent in a picture of an earlier release, null outside of a talk. */
  readonly talk?: TalkView | null;
  /** Sensitive data is being said: until then nothing is recorded. Null: it is. */
  readonly recordingPausedUntilMs?: number | null;
  /** A call that we make: why, and about which ticket; null: one that came in. */
  readonly about?: {
    readonly purpose: OutboundPurpose;
    readonly ticketId: string | null;
    readonly callbackId: string | null;
    /** Its number, which goes with the call to whoever is brought in. */
    readonly ticket?: string;
  } | null;
}

/** A talk as call control has it: what is not in here is not so, whatever an agent asked for. */
export interface TalkView {
  readonly phase: Phase;
  readonly citizen: {
    readonly muted: boolean;
    readonly held: {
      readonly why: 'hold' | 'consult' | 'transfer' | 'rejoin';
      readonly sinceMs: number;
    } | null;
  };
  readonly parties: readonly TalkPartyView[];
  /** The agent who gave the citizen away and may take that back while it rings. */
  readonly sender: string | null;
  /** Who is on call is being called into it, or was; absent or null: nobody was. */
  readonly bridge?: {
    readonly by: string;
    readonly list: string;
    readonly state: 'calling' | 'confirmed' | 'exhausted' | 'calledOff';
    readonly people: readonly {
      readonly name: string;
      readonly number: string;
      readonly state: InvitedState;
      readonly tries: number;
      readonly party: string | null;
    }[];
  } | null;
}

export interface TalkPartyView {
  readonly id: string;
  readonly kind: 'agent' | 'unit' | 'centre' | 'number' | 'emergency' | 'onCall';
  readonly agentId: string | null;
  readonly number: string | null;
  readonly name: string | null;
  /** Of an emergency desk: whether it has taken over. */
  readonly accepted: boolean | null;
  readonly state: 'awaited' | 'ringing' | 'confirming' | 'joining' | 'in' | 'aside' | 'held';
  readonly role: 'member' | 'consulted' | 'invited' | 'transferred' | 'returning' | 'rejoining';
  readonly by: string | null;
  readonly sinceMs: number;
  readonly muted: boolean;
  /** Id of the expert whom the agent asked for with this number; absent or null: of nobody, or a picture of an earlier release. */
  readonly expert?: string | null;
}
