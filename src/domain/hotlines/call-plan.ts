import type { ModeInForce } from './mode-at.ts';
import type { Recognition } from './recognise.ts';

export type Destination =
  /** `skills`: asked for by the way that led here, beside what number and desk ask for. */
  | {
      readonly kind: 'queue';
      readonly queue: string;
      readonly reason: string;
      readonly skills?: string;
    }
  | {
      readonly kind: 'unit';
      readonly number: string;
      readonly trunk: string;
      /** Where the call goes when the unit does not take it. */
      readonly returnQueue: string;
      readonly ringTimeoutMs: number;
      readonly reason: string;
    }
  /** Another centre's own desk (设分中心), rung at its SIP address through a trunk. */
  | {
      readonly kind: 'centre';
      /** `sip:DIGITS@HOST[:PORT]`, see `readCentreAddress`. */
      readonly address: string;
      readonly trunk: string;
      readonly returnQueue: string;
      readonly ringTimeoutMs: number;
      readonly reason: string;
    }
  /** Nobody is rung: the prompts are heard, then the call is released. Without prompts a plain good-bye. */
  | {
      readonly kind: 'goodbye';
      readonly prompts: readonly string[];
      /** `refused`: turned away (a nuisance caller). `informed`: got what there was to say (a number that is no more). */
      readonly result: 'refused' | 'informed';
      readonly reason: string;
    };

/** Heard by who is concerned before anything else happens; `subscribeKey` puts the caller on the incident's list. */
export interface Announcement {
  readonly id: string;
  readonly prompts: readonly string[];
  /** One of `0-9 * #`; null where there is nothing to subscribe to. */
  readonly subscribeKey: string | null;
}

/** What restrictions of the caller's number mean for this call. */
export interface OnRecord {
  /** In the one spelling. */
  readonly number: string;
  /** For the agent's eyes. */
  readonly note: string;
  /** The call uses up one of those that the number has in an hour. */
  readonly counts: boolean;
  /** By which the call is refused. */
  readonly refusedBy: string | null;
}

/** Everything decided about a call before a word is spoken, each part with its reason. */
export interface CallPlan {
  readonly recognition: Recognition;
  readonly mode: ModeInForce;
  readonly prompts: readonly string[];
  /** After the prompts, before the menu, one after the other. */
  readonly announcements: readonly Announcement[];
  readonly destination: Destination;
  /** Code of the menu between the prompts and the destination; what the caller chooses there takes its place. */
  readonly menu?: string | null;
  /** The line that a menu led to; absent: none. */
  readonly ledTo?: string;
  /** 110 and its like have a hand in it: nothing comes before a person. Absent where they have none. */
  readonly emergency?: boolean;
  /** What is on record of the caller's number; null or absent: nothing. */
  readonly onRecord?: OnRecord | null;
  /** Shown to the agent before the answer: which number the citizen believes to have dialled. */
  readonly whisper: string;
  readonly anomalies: readonly { readonly code: string; readonly detail: string }[];
}
