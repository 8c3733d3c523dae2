import { HEARD_AT_MOST } from '../announcements/announcement.ts';
import type { LocalMoment } from '../ivr/condition.ts';
import type { Announcement, CallPlan, Destination, OnRecord } from './call-plan.ts';
import type { Configuration, Line } from './configuration.ts';
import { localDate } from './local-date.ts';
import { type ModeInForce, modeAt } from './mode-at.ts';
import { MODE_GREETINGS, wayOf } from './mode-way.ts';
import { type Notices, noticesFor, type ReachedInHour } from './notices.ts';
import { type CarrierCall, recognise } from './recognise.ts';
import { WAYS } from './way-words.ts';

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
    ...(notices.emergency ? { emergency: true } : {}),
    destination: way.destination,
    ...(way.menu === null ? {} : { menu: way.menu }),
    whisper: whisperOf(line, mode, call.dialled),
    anomalies: [...anomalies, ...way.anomalies],
  };
}

/** One for each configuration, so that its numbers are indexed once. */
const unrestricted = new WeakMap<Configuration, Configuration>();

/** For who was judged at his arrival and is in. */
export function withoutRestrictions(configuration: Configuration): Configuration {
  let same = unrestricted.get(configuration);
  if (same === undefined) {
    same = { ...configuration, restrictions: [] };
    unrestricted.set(configuration, same);
  }
  return same;
}

/**
 * Of a line that is reached through a menu, where nobody is greeted a second time: what a number that is no more says in
 * its greeting goes with its good-bye, or the caller would hear nothing else.
 */
export function throughMenu({ prompts, destination }: CallPlan): Destination {
  if (destination.kind !== 'goodbye') return destination;
  return { ...destination, prompts: [...prompts, ...destination.prompts] };
}

/**
 * Announcements that are aimed at a line which is reached through a menu: those that the caller has not heard by the
 * number that he dialled, and no more in one call than anybody hears.
 */
export function announcedThroughMenu(dialled: CallPlan, line: CallPlan): readonly Announcement[] {
  if (dialled.emergency === true) return [];
  const heard = new Set(dialled.announcements.map(({ id }) => id));
  const others = line.announcements.filter(({ id }) => !heard.has(id));
  return others.slice(0, Math.max(0, HEARD_AT_MOST - heard.size));
}

/** Of a call for which the rules could not be applied, by a fault of ours or of theirs: the general desk takes it. */
export function unplanned({ municipality }: Configuration, dialled: string): CallPlan {
  const reason = WAYS.unplanned().zh;
  return {
    recognition: { line: null, method: 'none', confidence: 'guess', reason, loop: false },
    mode: 'UNREGISTERED',
    prompts: MODE_GREETINGS.MAIN,
    announcements: [],
    destination: { kind: 'queue', queue: municipality.generalQueue, reason },
    whisper: whisperOf(null, 'UNREGISTERED', dialled),
    anomalies: [{ code: 'call.unplanned', detail: reason }],
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
