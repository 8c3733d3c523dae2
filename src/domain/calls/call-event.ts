import type { ToldOutcome } from '../callbacks/dial-outcome.ts';
import type { MenuCaller } from '../ivr/condition.ts';
import type { Act } from './conversation/acts.ts';
import type { HangupReason } from './hangup.ts';
import type { RecordingEvent } from './recording-events.ts';

export type Outcome = 'done' | 'gone' | 'failed';

/** As the switch tells it; `lost`: it did not. */
export type RecordingEnd = 'stopped' | 'silent' | 'full' | 'failed' | 'hungUp' | 'lost';

/** `failed`: nobody could say, or not in time. */
export type TicketFound =
  | { readonly kind: 'found'; readonly prompts: readonly string[] }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'failed' };

export type CallEvent =
  | RecordingEvent
  | { readonly type: 'answerDone'; readonly outcome: Outcome }
  | { readonly type: 'digit'; readonly digit: string }
  /** Pressed by somebody whom we rang. */
  | { readonly type: 'legDigit'; readonly leg: string; readonly digit: string }
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
  /** The agent at whose telephone it rings takes the call by command. */
  | { readonly type: 'answerWanted'; readonly agentId: string; readonly phone: string }
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
  /** Whoever waits may stand in silence: nobody knows whether his music plays. */
  | { readonly type: 'musicInDoubt' }
  /** A new configuration no longer has the queue. */
  | { readonly type: 'queueGone'; readonly to: string }
  | {
      readonly type: 'callerEnded';
      readonly reason: HangupReason;
      /** The switch no longer has the channel and never said why: the citizen did not hang up on us. */
      readonly lost: boolean;
    }
  | { readonly type: 'timeout'; readonly epoch: number };
