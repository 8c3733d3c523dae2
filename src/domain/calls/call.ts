import type { ToldOutcome } from '../callbacks/dial-outcome.ts';
import type { Stand } from '../callbacks/stands.ts';
import type { CallPlan } from '../hotlines/call-plan.ts';
import type { CallbackRule } from '../hotlines/callback-rule.ts';
import type { Queue } from '../hotlines/queue.ts';
import type { MenuCaller } from '../ivr/condition.ts';
import type { MenuContext, MenuState } from '../ivr/course.ts';
import type { Ask } from '../skills/skills.ts';
import type { CallState } from './call-table.ts';
import type { Act } from './conversation/acts.ts';
import type { Conversation } from './conversation/conversation.ts';
import type { CallFact } from './facts.ts';
import type { HangupReason } from './hangup.ts';
import type { Outbound } from './outbound.ts';
import type { PauseEvent, RecordingPause } from './recording-pause.ts';

/** The other side of the conversation: rung, answered, or talking. */
export type Leg =
  | {
      readonly kind: 'agent';
      readonly id: string;
      /** null: found talking after a restart, and nobody knows whose phone it is. */
      readonly agentId: string | null;
      readonly ringTimeoutMs: number;
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
  /** Set in the state `talking`; absent in a call that an earlier release saved: `talkOf` reads it. `leg` is who leads it. */
  readonly conversation?: Conversation | null;
  /** Keys of agents' acts that were carried out, the latest. */
  readonly actsDone?: readonly string[];
  /** It took a person's turn: it waited in a queue or rang somebody. Absent until then. */
  readonly cameToPerson?: boolean;
  /** The citizen is to be called back, and went. */
  readonly promised?: true;
  /** A call that we make; absent or null: one that came in. */
  readonly outbound?: Outbound | null;
  /** Who has talked with the citizen so far, latest. */
  readonly talkedWith: Leg['kind'] | null;
  /** The side whose channel ended first, once one has. */
  readonly releasedBy: Side | null;
  /** Absent in calls saved by an earlier release, as null. */
  readonly recordingPause?: RecordingPause | null;
  readonly wasPaused?: true;
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
  /** The queue in which the present offer was made. */
  readonly offeredIn?: string;
}

/** One desk on his way, and since when he waits there. */
export interface Hop {
  readonly queue: string;
  readonly sinceMs: number;
}

export type Outcome = 'done' | 'gone' | 'failed';

/** As the switch tells it; `lost`: it did not. */
export type RecordingEnd = 'stopped' | 'silent' | 'full' | 'failed' | 'hungUp' | 'lost';

/** `failed`: nobody could say, or not in time. */
export type TicketFound =
  | { readonly kind: 'found'; readonly prompts: readonly string[] }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'failed' };

export type CallEvent =
  | PauseEvent
  | { readonly type: 'answerDone'; readonly outcome: Outcome }
  | { readonly type: 'digit'; readonly digit: string }
  | { readonly type: 'playbackEnded'; readonly playback: string; readonly end: string }
  | {
      readonly type: 'recordingEnded';
      readonly recording: string;
      readonly end: RecordingEnd;
      readonly durationMs: number;
      readonly spokenMs: number | null;
    }
  | { readonly type: 'callerKnown'; readonly caller: MenuCaller }
  | { readonly type: 'ticketLookedUp'; readonly lookup: string; readonly found: TicketFound }
  | {
      readonly type: 'offered';
      readonly agentId: string;
      readonly phone: string;
      readonly queue: string;
      readonly reason: string;
    }
  | { readonly type: 'legAnswered'; readonly leg: string }
  | {
      readonly type: 'legEnded';
      readonly leg: string;
      readonly reason: HangupReason;
      /** The phone behind the leg is known to be away: an end without words is then a lost phone, not a good-bye. */
      readonly phoneLost: boolean;
    }
  | { readonly type: 'connectDone'; readonly leg: string; readonly outcome: Outcome }
  /** Whose wish it is; absent: of whoever leads. */
  | { readonly type: 'agentReleases'; readonly agentId?: string }
  /** By a lead, whose leg is there already. */
  | { readonly type: 'takenOver'; readonly leg: string; readonly by: string; readonly from: string }
  /** An agent's act in the talk; `key` names the wish, however often it is sent. */
  | { readonly type: 'act'; readonly by: string; readonly act: Act; readonly key: string }
  | {
      readonly type: 'joinDone';
      readonly channel: string;
      /** null: it was given music. */
      readonly bridge: string | null;
      readonly outcome: Outcome;
    }
  /** The switch has a channel of the talk elsewhere than it is believed to be. */
  | { readonly type: 'misplaced'; readonly channel: string }
  /** The agent says of a call out that no citizen is at its other end. */
  | { readonly type: 'notReached'; readonly outcome: ToldOutcome }
  /** A call out is wanted no more: the citizen rang in himself, or it was cancelled. */
  | { readonly type: 'calledOff'; readonly why: 'calledIn' | 'cancelled' }
  | {
      readonly type: 'placeKept';
      readonly queue: string;
      readonly sinceMs: number;
      readonly priority: number;
      readonly callback: string;
    }
  /** Something about his queue has changed: who is signed in, who is within reach. */
  | { readonly type: 'lookAround' }
  /** A new configuration no longer has the queue. */
  | { readonly type: 'queueGone'; readonly to: string }
  | {
      readonly type: 'callerEnded';
      readonly reason: HangupReason;
      /** The switch no longer has the channel and never said why: the citizen did not hang up on us. */
      readonly lost: boolean;
    }
  | { readonly type: 'timeout'; readonly epoch: number };

/** What is to be done; the engine does it in this order and brings the outcome back as an event. */
export type CallCommand =
  | { readonly kind: 'answer' }
  | {
      readonly kind: 'play';
      readonly playback: string;
      readonly prompts: readonly string[];
      /** All of it or nothing: half of it would mislead. One that is missing then fails the whole. */
      readonly whole?: true;
    }
  | { readonly kind: 'stopPlayback'; readonly playback: string }
  | {
      readonly kind: 'record';
      readonly recording: string;
      readonly maxMs: number;
      readonly silenceMs: number;
    }
  | { readonly kind: 'stopRecording'; readonly recording: string }
  /** The digits are for the look-up alone, and never told or logged. */
  | { readonly kind: 'lookUpTicket'; readonly lookup: string; readonly lastFour: string }
  /** A limited number's call: one of those that it has in an hour, from `atMs` on. */
  | { readonly kind: 'holdCallerHour' | 'giveCallerHourBack'; readonly number: string; readonly atMs: number }
  | { readonly kind: 'startMusic' }
  | { readonly kind: 'stopMusic' }
  | {
      readonly kind: 'ringAgent';
      readonly leg: string;
      readonly agentId: string;
      readonly phone: string;
      readonly callerName: string;
      readonly ringTimeoutMs: number;
    }
  | {
      readonly kind: 'ringUnit';
      readonly leg: string;
      readonly trunk: string;
      readonly number: string;
      readonly ringTimeoutMs: number;
      /** The number that the far end sees; absent: the citizen's. */
      readonly shows?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'ringCentre';
      readonly leg: string;
      readonly trunk: string;
      readonly address: string;
      readonly ringTimeoutMs: number;
    }
  | {
      readonly kind: 'ringCitizen';
      readonly number: string;
      readonly trunk: string;
      readonly callerId: string;
      readonly ringTimeoutMs: number;
    }
  | { readonly kind: 'connect'; readonly bridge: string; readonly leg: string }
  | { readonly kind: 'destroyBridge'; readonly bridge: string }
  /** A channel of the talk, the citizen's or another's, to where it belongs. */
  | { readonly kind: 'join'; readonly bridge: string; readonly channel: string }
  | { readonly kind: 'part'; readonly bridge: string; readonly channel: string }
  | { readonly kind: 'music'; readonly channel: string }
  | { readonly kind: 'mute'; readonly channel: string; readonly muted: boolean }
  | { readonly kind: 'sendDigits'; readonly channel: string; readonly digits: string }
  | {
      readonly kind: 'playTo';
      readonly channel: string;
      readonly playback: string;
      readonly prompts: readonly string[];
    }
  | { readonly kind: 'hangupLeg'; readonly leg: string; readonly reason: HangupReason }
  | { readonly kind: 'hangupCaller' }
  /** Compare what we believe of this call with what the switch has. */
  | { readonly kind: 'verify' }
  | {
      readonly kind: 'joinQueue';
      readonly queue: string;
      readonly priority: number;
      readonly sinceMs: number;
      readonly ask?: Ask;
      readonly keptFor?: string;
    }
  | { readonly kind: 'lookAlsoIn'; readonly queue: string; readonly ask?: Ask }
  /** He is kept for nobody any longer. */
  | { readonly kind: 'openToAll' }
  /** After a restart: the offer that is on its way holds the agent and the caller's place. */
  | { readonly kind: 'reserve'; readonly agentId: string }
  /** The offer failed; the caller keeps the place. */
  | { readonly kind: 'giveBack' }
  | { readonly kind: 'leaveQueue' }
  /** He goes, and his place stays. */
  | {
      readonly kind: 'promiseCallback';
      readonly queue: string;
      readonly priority: number;
      readonly sinceMs: number;
      readonly stands: readonly Stand[];
    }
  | { readonly kind: 'agent'; readonly agentId: string; readonly change: AgentChange }
  | { readonly kind: 'timer'; readonly epoch: number; readonly afterMs: number }
  /** Silence instead of what is said, in the citizen's recording. */
  | { readonly kind: 'silenceRecording'; readonly silent: boolean }
  | { readonly kind: 'pauseTimer'; readonly untilMs: number; readonly afterMs: number };

export type AgentChange =
  /** Chosen by an agent, not by the router. */
  | { readonly type: 'offered' }
  | { readonly type: 'answered' }
  | { readonly type: 'withdrawn' }
  | {
      readonly type: 'failed';
      readonly reason: 'missed' | 'rejected' | 'phoneUnreachable' | 'connectFailed' | 'undelivered';
    }
  /** `wrapUpMs`: another than the queue's, where no talk is to be written up. */
  | { readonly type: 'callOver'; readonly queue: string; readonly wrapUpMs?: number };

export type QueueRules = Omit<Queue, 'code' | 'name' | 'wrapUpMs'>;

/** A queue as it stands at this moment. */
export interface QueueNow {
  readonly waiting: number;
  /** Of the first in line. */
  readonly longestWaitMs: number;
  readonly signedIn: number;
}

export interface CallContext {
  readonly nowMs: number;
  /** Takes whoever would have nowhere to go. */
  readonly generalQueue: string;
  /** The rules of a queue in the version the call was planned by. */
  queueRules(code: string): QueueRules;
  queueNow(code: string): QueueNow;
  /** Signed in, at work and not about to leave: worth a short wait. */
  withinReach(agentId: string): boolean;
  /** A menu of that version with what it asks for at this moment; null when there is none of that code. */
  menu(code: string, caller: MenuCaller): MenuContext | null;
  /** The phone of an agent who may be rung for this call now: free, or still wrapping it up. */
  ringable(agentId: string, callId: string): string | null;
  /** What would become of this caller's call to another number; he himself has been judged already. */
  planLine(number: string, callerNumber: string): CallPlan;
  /** The rule by which this citizen may be called back, should he want it; null: not he, or not from this queue. */
  callbackRule?(call: Call, queue: string): CallbackRule | null;
  /** As far as it can be believed; null: not known. */
  estimateMs?(queue: string): number | null;
}

export interface Decision {
  readonly call: Call;
  readonly commands: readonly CallCommand[];
  readonly facts: readonly CallFact[];
}
