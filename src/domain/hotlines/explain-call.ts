import type { LocalMoment } from '../ivr/condition.ts';
import { plainName } from '../ivr/words-spoken.ts';
import type { CallPlan, Destination } from './call-plan.ts';
import type { Configuration } from './configuration.ts';
import {
  announcedEnglish,
  anomalyEnglish,
  CALLERS_ENGLISH,
  CONSIDERED_ENGLISH,
  destinationEnglish,
  modeEnglish,
  promptsEnglish,
  recognitionEnglish,
} from './explain-english.ts';
import { menuSteps } from './explain-menu.ts';
import { queueSteps } from './explain-queue.ts';
import { followMenu, NO_KEYS, type TriedKeys } from './follow-menu.ts';
import { localDate } from './local-date.ts';
import type { ModeInForce } from './mode-at.ts';
import { OFF_HOURS } from './mode-way.ts';
import { type Notices, noticesFor, type ReachedInHour } from './notices.ts';
import { readNumber } from './number.ts';
import type { PathStep } from './path-step.ts';
import { planCall } from './plan-call.ts';
import type { CarrierCall, Recognition } from './recognise.ts';
import { type Route, routeOf } from './route.ts';
import { METHOD_NAMES } from './trunk.ts';
import { MODE_NAMES } from './versions/change-words.ts';
import { byMenu } from './way-words.ts';

export interface CallPath {
  readonly steps: readonly PathStep[];
  readonly plan: CallPlan;
  /** Where the call ends when everybody does as configured. */
  readonly end: Route;
}

const METHODS: Readonly<Record<Recognition['method'], string>> = { ...METHOD_NAMES, none: '无' };
const CONFIDENCE = { certain: '确定', likely: '较可能', guess: '推测' } as const;
const IN_FORCE: Readonly<Record<ModeInForce, string>> = {
  ...MODE_NAMES,
  TRANSITION_ENDED: '过渡期已满',
  UNREGISTERED: '未登记',
};

/**
 * The whole path of a call dialled at a moment, step by step with reasons. Asks `planCall`, the code that routes, and
 * adds nothing to its answer but words.
 */
export function explainCall(
  configuration: Configuration,
  incoming: CarrierCall,
  moment: LocalMoment,
  reachedInHour?: ReachedInHour,
  keys: TriedKeys = NO_KEYS,
): CallPath {
  const plan = planCall(configuration, incoming, moment, reachedInHour);
  const { recognition, mode, prompts, anomalies } = plan;
  const way = followMenu(configuration, plan, moment, keys, incoming.callerNumber);
  const { line } = recognition;
  const { areaCode, timeZone } = configuration.municipality;
  const reading = readNumber(incoming.dialled, areaCode);
  const day = localDate(moment.nowMs, timeZone);
  const steps: PathStep[] = [
    {
      step: 'dialled',
      what: reading.kind === 'number' ? `被叫号码读作 ${reading.number}` : '被叫号码无法读作号码',
      reason: `收到“${incoming.dialled.slice(0, 64)}”，区号 ${areaCode}`,
      english: {
        what: reading.kind === 'number' ? `dialled ${reading.number}` : 'what was dialled is no number',
        reason: `“${incoming.dialled.slice(0, 64)}” came in, area code ${areaCode}`,
      },
    },
    {
      step: 'recognised',
      what: line === null ? '不是登记号码' : `识别为 ${line.number} ${line.name}`,
      reason: `${recognition.reason}（依据 ${METHODS[recognition.method]}，${CONFIDENCE[recognition.confidence]}）`,
      english: {
        what: line === null ? 'not a registered number' : `recognised as ${line.number} ${line.name}`,
        reason: recognitionEnglish(recognition),
      },
    },
    {
      step: 'inForce',
      what: `按“${IN_FORCE[mode]}”处理`,
      reason:
        line === null
          ? `${day}，登记簿中没有该号码`
          : `${day}，该号码的规则自 ${line.validFrom} 至 ${line.validTo ?? '长期'}`,
      english: {
        what: modeEnglish(mode),
        reason:
          line === null
            ? `${day}: the register does not hold it`
            : `${day}: its rules hold from ${line.validFrom} ${line.validTo === null ? 'on' : `until ${line.validTo}`}`,
      },
    },
    ...anomalies.map(
      (one): PathStep => ({
        step: 'anomaly',
        what: one.code,
        reason: one.detail,
        english: { what: one.code, reason: anomalyEnglish(one, recognition) },
      }),
    ),
    {
      step: 'announced',
      what: `播放 ${promptsWords(prompts)}`,
      reason: whyAnnounced(plan),
      english: { what: `plays ${promptsEnglish(prompts)}`, reason: announcedEnglish(plan) },
    },
    ...noticeSteps(
      configuration,
      noticesFor(configuration, incoming, recognition, moment.nowMs, reachedInHour),
      plan,
    ),
    ...menuSteps(plan, way),
    ...lineNoticeSteps(configuration, way?.announced ?? []),
    ...arrival(
      configuration,
      way === null ? plan.destination : way.destination,
      way === null ? destinationEnglish(plan) : byMenu(way.tried.reason).en,
    ),
  ];
  return { steps, plan, end: way?.route ?? routeOf(plan.destination) };
}

function whyAnnounced({ recognition: { line }, mode, prompts, destination }: CallPlan): string {
  if (destination.kind === 'goodbye' && destination.result === 'refused') return '主号码的问候语';
  if (mode === 'TRANSITION_ENDED') return '过渡期已满的提示';
  if (prompts === OFF_HOURS) return '专席不在受理时间的提示';
  return line?.greeting != null && prompts.map(plainName).includes(line.greeting)
    ? '该号码自有问候语'
    : '该归并方式的问候语';
}

/** What is on record of the caller, and each incident's announcement with why it is heard or not. */
function noticeSteps(
  { restrictions = [] }: Configuration,
  { judgement, considered }: Notices,
  { destination }: CallPlan,
): PathStep[] {
  const caller: PathStep[] =
    judgement.reason === null || restrictions.length === 0
      ? []
      : [
          {
            step: 'caller',
            what: CALLERS[judgement.kind],
            reason: judgement.reason,
            english: { what: CALLERS_ENGLISH[judgement.kind], reason: 'what is on record of the number' },
          },
        ];
  // Who is refused hears nothing else, so there is nothing to explain.
  if (destination.kind === 'goodbye' && destination.result === 'refused') return caller;
  return [
    ...caller,
    ...considered.map(({ announcement: { title }, outcome, reason }): PathStep => {
      const what = outcome === 'heard' ? `播放通知“${title}”` : `不播放通知“${title}”`;
      const heard = outcome === 'heard' ? 'announcement' : 'not the announcement';
      const english = { what: `plays ${heard} “${title}”`, reason: CONSIDERED_ENGLISH[outcome] };
      return { step: 'notice', what, reason, english };
    }),
  ];
}

/** Behind the menu: what is announced for the line that it leads to. */
function lineNoticeSteps({ announcements = [] }: Configuration, ids: readonly string[]): PathStep[] {
  return ids.map((id): PathStep => {
    const title = announcements.find((one) => one.id === id)?.title ?? id;
    return {
      step: 'notice',
      what: `播放通知“${title}”`,
      reason: '经菜单转入的号码在其播放范围之内',
      english: {
        what: `plays announcement “${title}”`,
        reason: 'it is meant for the number that the menu led to',
      },
    };
  });
}

const CALLERS = {
  free: '来电号码不受限制',
  noted: '来电号码有备注，话务员可见',
  counted: '来电号码限次，本次未满',
  refused: '来电号码受限，不接入人工',
} as const satisfies Readonly<Record<Notices['judgement']['kind'], string>>;

/** `destination` null: a message was left, and nobody is rung. */
function arrival(
  configuration: Configuration,
  destination: Destination | null,
  reasonEnglish: string,
): PathStep[] {
  if (destination === null) return [];
  switch (destination.kind) {
    case 'queue':
      return queueSteps(configuration, destination.queue, 'queued', {
        zh: destination.reason,
        en: reasonEnglish,
      });
    case 'unit': {
      const { number, trunk, ringTimeoutMs, returnQueue, reason } = destination;
      return [
        {
          step: 'unit',
          what: `经中继 ${trunk} 呼叫 ${number}，振铃 ${ringTimeoutMs / 1000} 秒`,
          reason,
          english: { what: ringing(number, trunk, ringTimeoutMs), reason: reasonEnglish },
        },
        ...queueSteps(configuration, returnQueue, 'return', {
          zh: '承办单位忙、未接或拒接时转回',
          en: 'back from the unit when it is busy, does not answer or refuses',
        }),
      ];
    }
    case 'centre': {
      const { address, trunk, ringTimeoutMs, returnQueue, reason } = destination;
      return [
        {
          step: 'centre',
          what: `经中继 ${trunk} 呼叫 ${address}，振铃 ${ringTimeoutMs / 1000} 秒`,
          reason,
          english: { what: ringing(address, trunk, ringTimeoutMs), reason: reasonEnglish },
        },
        ...queueSteps(configuration, returnQueue, 'return', {
          zh: '分中心忙、未接或拒接时转回',
          en: 'back from the other centre when it is busy, does not answer or refuses',
        }),
      ];
    }
    case 'goodbye': {
      const { prompts, reason } = destination;
      const what = `播放 ${promptsWords(prompts) || 'goodbye'}，挂机`;
      const english = {
        what: `plays ${promptsEnglish(prompts) || 'goodbye'} and releases the call`,
        reason: reasonEnglish,
      };
      return [{ step: 'goodbye', what, reason, english }];
    }
    default:
      return destination satisfies never;
  }
}

const ringing = (whom: string, trunk: string, ringTimeoutMs: number): string =>
  `rings ${whom} through trunk ${trunk} for ${ringTimeoutMs / 1000} s`;
const promptsWords = (prompts: readonly string[]): string => prompts.map(plainName).join('、');
