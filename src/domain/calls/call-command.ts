import type { Stand } from '../callbacks/stands.ts';
import type { Ask } from '../skills/skills.ts';
import type { HangupReason } from './hangup.ts';

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
  /** Of a call that we make, once the citizen has answered; it takes him out of his bridge. */
  | { readonly kind: 'recordCall' }
  | {
      readonly kind: 'recordBridge';
      readonly bridge: string;
      readonly segment: string;
      readonly recording: string;
      readonly maxMs: number;
    }
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
      /** The telephone is asked to answer by itself; one that cannot rings. */
      readonly answersItself?: true;
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
