import type { LocalMoment } from '../ivr/condition.ts';
import type { Configuration, Line } from './configuration.ts';
import { localDate } from './local-date.ts';
import { type ModeInForce, modeAt } from './mode-at.ts';
import { MODE_GREETINGS, wayOf } from './mode-way.ts';
import { type Notices, noticesFor, type ReachedInHour } from './notices.ts';
import { type CarrierCall, type Recognition, recognise } from './recognise.ts';

export type Destination =
  | { readonly kind: 'queue'; readonly queue: string; readonly reason: string }
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
  /** What is on record of the caller's number; null or absent: nothing. */
  readonly onRecord?: OnRecord | null;
  /** Shown to the agent before the answer: which number the citizen believes to have dialled. */
  readonly whisper: string;
  readonly anomalies: readonly { readonly code: string; readonly detail: string }[];
}

/** RD-04 to RD-08: what becomes of a call, by the number that was dialled and the moment. */
export function planCall(
  configuration: Configuration,
  call: CarrierCall,
  moment: LocalMoment,
  reachedInHour?: ReachedInHour,
): CallPlan {
  const { timeZone } = configuration.municipality;
  const { nowMs } = moment;
  const recognition = recognise(configuration, call, localDate(nowMs, timeZone));
  const { line } = recognition;
  const mode = line === null ? 'UNREGISTERED' : modeAt(line, timeZone, nowMs);
  const anomalies: { code: string; detail: string }[] = [];
  if (mode === 'UNREGISTERED') {
    anomalies.push(
      line === null
        ? { code: 'number.unregistered', detail: recognition.reason }
        : line.validTo !== null && line.validTo < localDate(nowMs, timeZone)
          ? { code: 'line.ended', detail: `${line.number} 已于 ${line.validTo} 到期` }
          : { code: 'line.notYetInForce', detail: `${line.number} 自 ${line.validFrom} 起生效` },
    );
  }
  const notices = noticesFor(configuration, call, recognition, nowMs, reachedInHour);
  const refusal = refusalOf(notices);
  if (refusal !== null) {
    return { recognition, mode, ...refusal, whisper: whisperOf(line, mode, call.dialled), anomalies };
  }
  const way = wayOf({ configuration, recognition, mode, call, moment });
  return {
    recognition,
    mode,
    prompts: way.prompts,
    announcements: notices.announcements,
    onRecord: onRecordOf(notices),
    destination: way.destination,
    ...(way.menu === null ? {} : { menu: way.menu }),
    whisper: whisperOf(line, mode, call.dialled),
    anomalies: [...anomalies, ...way.anomalies],
  };
}

function onRecordOf({ caller, judgement }: Notices): OnRecord | null {
  if (caller === null || judgement.note === null) return null;
  const { kind, note } = judgement;
  const refusedBy = kind === 'refused' ? judgement.restrictionId : null;
  return { number: caller, note, counts: kind === 'counted', refusedBy };
}

/** C15: who is refused hears who speaks, why, and where to appeal; nothing of the line he dialled. */
function refusalOf(
  notices: Notices,
): Pick<CallPlan, 'prompts' | 'announcements' | 'onRecord' | 'destination'> | null {
  const { judgement } = notices;
  if (judgement.kind !== 'refused') return null;
  const { prompt, reason } = judgement;
  return {
    prompts: MODE_GREETINGS.MAIN,
    announcements: [],
    onRecord: onRecordOf(notices),
    destination: { kind: 'goodbye', prompts: [prompt, 'goodbye'], result: 'refused', reason },
  };
}

function whisperOf(line: Line | null, mode: ModeInForce, dialled: string): string {
  if (line === null) return `未登记号码 ${dialled.replace(/[^\d+]/g, '').slice(0, 20)}`;
  return mode === 'TRANSITION_ENDED' ? `${line.name}（已停用）` : line.name;
}
