import type { CallPlan } from '../hotlines/call-plan.ts';
import type { MenuCaller } from '../ivr/condition.ts';
import type { MenuState } from '../ivr/course.ts';
import type { WhyWaiting } from '../routing/reasons.ts';
import type { CallCommand } from './call-command.ts';
import type { CallState } from './call-table.ts';
import type { Conversation } from './conversation/conversation.ts';
import type { CallFact } from './facts.ts';
import type { InternalSegment } from './internal-segment.ts';
import type { Outbound } from './outbound.ts';
import type { RecordingPause } from './recording-pause.ts';
import type { Survey } from './survey.ts';
import type { Noticing, PlaceTold } from './told-in-queue.ts';

/** The other side of the conversation: rung, answered, or talking. */
export type Leg =
  | {
      readonly kind: 'agent';
      readonly id: string;
      /** null: found talking after a restart, and nobody knows whose phone it is. */
      readonly agentId: string | null;
      readonly ringTimeoutMs: number;
      /** His telephone was rung anew and asked to answer by itself. */
      readonly answersItself?: true;
    }
  | { readonly kind: 'unit'; readonly id: string; readonly number: string }
  /** Another centre; `address` as in the plan. */
  | { readonly kind: 'centre'; readonly id: string; readonly address: string };

/** One citizen's call. Immutable; `decide` returns the next. */
export interface Call {
  readonly id: string;
  /** The citizen's channel at the switch. */
  readonly channel: string;
  readonly dialled: string;
  readonly callerNumber: string;
  readonly plan: CallPlan;
  /** The version by which this call was planned and is carried through. */
  readonly configurationVersion: number;
  readonly arrivedMs: number;
  readonly state: CallState;
  readonly sinceMs: number;
  /** Rises with each entry into a state, so that a timer set for an earlier one is recognised as late. */
  readonly epoch: number;
  readonly leg: Leg | null;
  readonly legsMade: number;
  readonly playback: string | null;
  readonly playbacksMade: number;
  /** What `playback` plays. */
  readonly saying?: readonly string[];
  /** Keys pressed before the menu began, in order. Never logged. */
  readonly typedAhead?: string;
  /** Set in the state `announcing` only. */
  readonly announcing?: Announcing | null;
  /** Announcements of incidents that he heard. Absent in calls saved by an earlier release: those of the plan. */
  readonly noticesHeard?: readonly string[];
  /** One for each try that failed. */
  readonly noticesFailed?: readonly string[];
  /** The message that is being left, or was. */
  readonly message?: Message | null;
  /** What is known of the caller; absent until the directory has answered. */
  readonly caller?: MenuCaller;
  readonly lookupsMade?: number;
  /** Set in the state `menu` only. */
  readonly menu?: InMenu | null;
  /** Set in the state `rating` only. */
  readonly rating?: Rating | null;
  readonly waiting: Waiting | null;
  /** The queue to which an agent has given him: his own from then on. Absent: the one to which the plan leads. */
  readonly givenTo?: string;
  /** Set in the state `talking`; absent in a call that an earlier release saved: `talkOf` reads it. `leg` is who leads it. */
  readonly conversation?: Conversation | null;
  /** Channels that were muted at some time, muted still or not. */
  readonly mutedOnce?: readonly string[];
  /** Keys of agents' acts that were carried out, the latest. */
  readonly actsDone?: readonly string[];
  /** It took a person's turn: it waited in a queue or rang somebody. Absent until then. */
  readonly cameToPerson?: boolean;
  /** The citizen is to be called back, and went. */
  readonly promised?: true;
  /** A call that we make; absent or null: one that came in. */
  readonly outbound?: Outbound | null;
  /** A call out in which the machine asks; absent or null: every other. */
  readonly survey?: Survey | null;
  /** The agent who answered for the talk last, also when he has left it; null: one whom nobody knows. Absent: none yet. */
  readonly talkedTo?: Pick<Rating, 'agentId' | 'leg'> | null;
  /** Who has talked with the citizen so far, latest. */
  readonly talkedWith: Leg['kind'] | null;
  /** The side whose channel ended first, once one has. */
  readonly releasedBy: Side | null;
  /** Absent in calls saved by an earlier release, as null. */
  readonly recordingPause?: RecordingPause | null;
  readonly wasPaused?: true;
  /** Staff among themselves who are being recorded, and how often that was so. */
  readonly internal?: readonly InternalSegment[];
  readonly internalMade?: number;
}
export type Side = 'caller' | Leg['kind'] | 'system';

export interface Message {
  /** Before the tone. */
  readonly prompts: readonly string[];
  /** Whose desk it is for, and who takes the citizen when nothing can be recorded. */
  readonly queue: string;
  readonly maxMs: number;
  /** Of the latest try; its name at the switch. */
  readonly recording: string | null;
  readonly tries: number;
  readonly left: boolean;
}

/** The citizen is asked how the talk was, and with whom it was. */
export interface Rating {
  readonly agentId: string;
  readonly leg: string;
  readonly asked: number;
  readonly phase: 'asking' | 'awaiting';
}

/** Which announcement of the plan the citizen hears, and how far. */
export interface Announcing {
  readonly at: number;
  /** `awaiting`: it is over, and its key may still come. `confirming`: the key came, and that is being said. */
  readonly phase: 'playing' | 'awaiting' | 'confirming';
}

/** Where the citizen stands in the line's menu. */
export interface InMenu {
  readonly state: MenuState;
  /** What is being played; empty while a key is awaited. */
  readonly prompts: readonly string[];
  readonly timeoutMs: number;
}

/** The place in the queue, kept from the entry until somebody talks. */
export interface Waiting {
  readonly queue: string;
  readonly sinceMs: number;
  readonly priority: number;
  readonly comfortedMs: number;
  /** When a callback was offered last; absent: not yet. */
  readonly offeredMs?: number;
  /** The desks that he waits at, the own first; read with `hopsOf`. Absent in calls that an earlier release kept, */
  readonly hops?: readonly Hop[];
  /** which had this instead. */
  readonly overflowed?: boolean;
  /** For the agent who knows him, for so long; null or absent: for all. */
  readonly kept?: { readonly agentId: string; readonly untilMs: number } | null;
  /** Nobody who is signed in at any of his desks can do what he asks for: it is a wish from now on. */
  readonly eased?: true;
  /** Of the reasons why he waits the one that was told last, with his desks then, and how many were; absent: none yet. */
  readonly why?: {
    readonly kind: WhyWaiting['kind'];
    readonly queues: readonly string[];
    readonly told: number;
  };
  /** The queue in which the present offer was made. */
  readonly offeredIn?: string;
  /** Of his place in line; absent: nothing yet. */
  readonly place?: PlaceTold;
  readonly noticing?: Noticing | null;
  /** After an announcement that could not be played: not before then. */
  readonly noticeFailedMs?: number;
}

/** One desk on his way, and since when he waits there. */
export interface Hop {
  readonly queue: string;
  readonly sinceMs: number;
}

export interface Decision {
  readonly call: Call;
  readonly commands: readonly CallCommand[];
  readonly facts: readonly CallFact[];
}
