import type { LocalMoment } from '../ivr/condition.ts';
import type { Configuration, Line } from './configuration.ts';
import { localDate } from './local-date.ts';
import { type ModeInForce, modeAt } from './mode-at.ts';
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

/** As long as a person lets a telephone ring; a unit that does not answer by then gives the call back. */
export const UNIT_RING_TIMEOUT_MS = 20_000;

const GREETINGS = {
  MAIN: ['greeting-main'],
  FORWARD: ['greeting-forwarded'],
  TRANSITION: ['greeting-main', 'transition-notice'],
  TRANSITION_ENDED: ['transition-ended'],
  DEDICATED: ['greeting-dedicated'],
  PARALLEL: ['greeting-parallel'],
  MERGED: ['greeting-merged'],
  SUBCENTER: ['greeting-centre'],
  UNREGISTERED: ['number-unregistered'],
} as const satisfies Record<ModeInForce, readonly string[]>;

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
  if (recognition.loop) anomalies.push({ code: 'forwarding.loop', detail: recognition.reason });

  const queueOrGeneral = (wanted: string, reason: string): Destination => {
    const general = configuration.municipality.generalQueue;
    if (configuration.queues.some(({ code }) => code === wanted))
      return { kind: 'queue', queue: wanted, reason };
    if (wanted !== general) anomalies.push({ code: 'queue.unknown', detail: wanted });
    return { kind: 'queue', queue: general, reason: `${reason}；专席 ${wanted} 不存在，改由总席受理` };
  };
  const notices = noticesFor(configuration, call, recognition, nowMs, reachedInHour);
  const refusal = refusalOf(notices);
  if (refusal !== null) {
    return { recognition, mode, ...refusal, whisper: whisperOf(line, mode, call.dialled), anomalies };
  }
  return {
    recognition,
    mode,
    prompts: promptsOf(line, mode),
    announcements: notices.announcements,
    onRecord: onRecordOf(notices),
    destination: destinationOf(configuration, line, mode, recognition.loop, queueOrGeneral, anomalies),
    ...menuOf(line, mode, recognition.loop),
    whisper: whisperOf(line, mode, call.dialled),
    anomalies,
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
    prompts: GREETINGS.MAIN,
    announcements: [],
    onRecord: onRecordOf(notices),
    destination: { kind: 'goodbye', prompts: [prompt, 'goodbye'], result: 'refused', reason },
  };
}

function promptsOf(line: Line | null, mode: ModeInForce): readonly string[] {
  const own = line?.greeting ?? null;
  if (own === null || mode === 'TRANSITION_ENDED' || mode === 'UNREGISTERED') return GREETINGS[mode];
  return mode === 'TRANSITION' ? [own, 'transition-notice'] : [own];
}

function destinationOf(
  configuration: Configuration,
  line: Line | null,
  mode: ModeInForce,
  loop: boolean,
  toQueue: (wanted: string, reason: string) => Destination,
  anomalies: { code: string; detail: string }[],
): Destination {
  const { generalQueue } = configuration.municipality;
  switch (mode) {
    case 'UNREGISTERED':
      return toQueue(generalQueue, '号码未登记，由总席受理');
    case 'TRANSITION_ENDED':
      return toQueue(generalQueue, '过渡期已满，由总席受理');
    case 'MAIN':
      return toQueue(line?.queue ?? generalQueue, '主号码，由总席受理');
    case 'FORWARD':
      return toQueue(line?.queue ?? generalQueue, '呼叫转移号码，由总席受理');
    case 'TRANSITION':
      return toQueue(line?.queue ?? generalQueue, '过渡期内号码，由总席受理');
    case 'DEDICATED':
      return toQueue(line?.queue ?? generalQueue, '专席受理号码，由专席受理');
    case 'MERGED':
      return toQueue(generalQueue, '号码已并入主号码，由总席受理');
    case 'SUBCENTER':
      return toQueue(line?.queue ?? generalQueue, '分中心号码，由12345受理');
    case 'PARALLEL': {
      const back = line?.queue ?? generalQueue;
      if (line === null || line.unitNumber === null || line.trunk === null) {
        anomalies.push({ code: 'parallel.incomplete', detail: line?.number ?? '' });
        return toQueue(back, '并行号码未登记承办单位电话，由12345受理');
      }
      if (loop) return toQueue(back, '承办单位已将来电转回，由12345受理');
      return {
        kind: 'unit',
        number: line.unitNumber,
        trunk: line.trunk,
        returnQueue: (toQueue(back, '') as { queue: string }).queue,
        ringTimeoutMs: UNIT_RING_TIMEOUT_MS,
        reason: `双号并行，先接 ${line.unitName}`,
      };
    }
    default:
      return mode satisfies never;
  }
}

function whisperOf(line: Line | null, mode: ModeInForce, dialled: string): string {
  if (line === null) return `未登记号码 ${dialled.replace(/[^\d+]/g, '').slice(0, 20)}`;
  return mode === 'TRANSITION_ENDED' ? `${line.name}（已停用）` : line.name;
}

/** A call that came round again has heard the menu; one whose number has ended or is unknown needs a person. */
function menuOf(line: Line | null, mode: ModeInForce, loop: boolean): { readonly menu?: string } {
  const menu = line?.menu ?? null;
  return menu === null || loop || mode === 'TRANSITION_ENDED' || mode === 'UNREGISTERED' ? {} : { menu };
}
