import type { ModeInForce } from '../hotlines/mode-at.ts';
import type { MenuNote } from '../ivr/course.ts';

/** What can be told about a call, in the order in which it happened. */
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
      readonly mode: ModeInForce;
      readonly method: string;
      readonly confidence: 'certain' | 'likely' | 'guess';
      readonly reason: string;
      readonly configurationVersion: number;
    }
  | { readonly type: 'callAnswered' }
  | { readonly type: 'announcementPlayed'; readonly prompt: string; readonly end: string }
  /** A menu's keys are no secret; a ticket's digits come masked. */
  | MenuNote
  | { readonly type: 'menuLeft'; readonly menu: string; readonly to: string; readonly reason: string }
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
