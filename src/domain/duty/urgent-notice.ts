import type { DialOutcome } from '../callbacks/dial-outcome.ts';
import type { SurveyResult } from '../callbacks/survey/outcome.ts';
import { type Attempt, type CallingRule, nextCalls } from './ladder.ts';

/**
 * 急件电话通知 (H12): whom a unit has on call is rung for an urgent ticket until somebody confirms by a key. Modes:
 *
 *   calling     one after the other, by the unit's duty list
 *   received    已确认收到: somebody pressed the key. No sign-for (签收), which is the unit's own act in the system
 *   unanswered  无人确认: nobody did; the centre's people are told
 *   noDuty      无人值班: the unit has no list, or nobody on it now; the centre's people are told
 *   overtaken   the unit acted on the ticket, or has it no more
 *
 * A key that is told late counts still; what the unit does ends the alarm.
 */
export const URGENT_NOTICE_TABLE = {
  calling: { confirmed: ['received'], exhausted: ['unanswered'], overtaken: ['overtaken'] },
  unanswered: { confirmed: ['received'], overtaken: ['overtaken'] },
  noDuty: { overtaken: ['overtaken'] },
  received: {},
  overtaken: {},
} as const satisfies Record<string, Readonly<Record<string, readonly string[]>>>;
export type UrgentNoticeState = keyof typeof URGENT_NOTICE_TABLE;

/** The key of the alarm that tells the centre of it. */
export const urgentAlarm = (noticeId: string): string => `ticket.urgentUnanswered:${noticeId}`;

type UrgentNoticeEvent = 'confirmed' | 'exhausted' | 'overtaken';

export type UrgentStep =
  | { readonly kind: 'become'; readonly state: UrgentNoticeState }
  | { readonly kind: 'call'; readonly rung: number }
  | { readonly kind: 'wait' };

export interface UrgentNotice {
  readonly state: UrgentNoticeState;
  /** The ticket is urgent, with this unit, and nobody there has moved it. A sign-for by the clock is nobody's. */
  readonly stands: boolean;
  readonly rungs: number;
  readonly attempts: readonly Attempt[];
  readonly rule: CallingRule;
  /** Of another ticket of the same incident with the same unit, for which somebody is rung first, or was since this one was given. */
  readonly ahead: { readonly state: 'calling' | 'received' | 'unanswered' } | null;
}

/** What comes next; a key that was pressed goes before everything. */
export function urgentStep(notice: UrgentNotice, nowMs: number): UrgentStep {
  const { state, stands, rungs, attempts, rule, ahead } = notice;
  const after = (event: UrgentNoticeEvent): UrgentStep | null => {
    const on: Partial<Record<UrgentNoticeEvent, readonly UrgentNoticeState[]>> = URGENT_NOTICE_TABLE[state];
    const [to] = on[event] ?? [];
    return to === undefined ? null : { kind: 'become', state: to };
  };
  const isConfirmed = attempts.some(({ end }) => end === 'confirmed');
  const told = (isConfirmed ? after('confirmed') : null) ?? (stands ? null : after('overtaken'));
  if (told !== null) return told;
  // Nobody was rung for it: a key that is told late for the one that was is its own.
  const isToldLate = state === 'unanswered' && attempts.length === 0 && ahead?.state === 'received';
  if (state !== 'calling') return (isToldLate ? after('confirmed') : null) ?? { kind: 'wait' };
  if (ahead !== null && attempts.length === 0) {
    // One call tells of the incident: forty tickets handed over at once are not forty calls to one telephone.
    if (ahead.state === 'calling') return { kind: 'wait' };
    return after(ahead.state === 'received' ? 'confirmed' : 'exhausted') ?? { kind: 'wait' };
  }
  // One person is enough: never all at once, and nobody while another is being asked.
  const next = nextCalls(rungs, attempts, { ...rule, mode: 'ladder' }, { nowMs, overlaps: false });
  switch (next.kind) {
    case 'call':
      return next.rungs[0] === undefined ? { kind: 'wait' } : { kind: 'call', rung: next.rungs[0] };
    case 'wait':
      return { kind: 'wait' };
    case 'exhausted':
    case 'confirmed':
      return after(next.kind) ?? { kind: 'wait' };
    default:
      return next satisfies never;
  }
}

/** Beside what a call can come to: nobody told, or it was not made. */
export type UrgentHow = SurveyResult | 'untold' | 'notMade';

/** For the time line: how a call to somebody on call ended that did not come through. */
export const URGENT_DIALLED: Readonly<Record<DialOutcome, string>> = {
  reached: '未按键确认',
  noAnswer: '无人接听',
  busy: '占线',
  rejected: '拒接',
  unreachable: '关机或无法接通',
  announcement: '关机或无法接通',
  machine: '语音信箱',
  wrongPerson: '非本人',
  network: '线路故障',
  gaveUp: '已取消',
  lost: '线路故障',
};

/** And what else became of it. */
export const URGENT_ENDS = {
  received: '已按1确认收到',
  notPutThrough: '未接通',
  machine: '接通后无按键（可能为语音信箱）',
  notConfirmed: '接通后未按1确认',
  notMade: '未能拨出',
  unknown: '结果不明，按未确认处理',
  /** By the calls for another ticket of the incident. */
  receivedTogether: '值班人员已按1确认收到',
  unansweredTogether: '值班人员均未确认，已告知值班长',
} as const;

/** Why nobody has confirmed, in both languages: a line of the time line holds both. */
export interface Unconfirmed {
  readonly zh: string;
  readonly en: string;
}
export const UNCONFIRMED = {
  unanswered: { zh: '值班人员均未确认', en: 'nobody on call confirmed' },
  noDuty: { zh: '无人值班', en: 'nobody is on call' },
  noList: { zh: '未设值班表', en: 'which has no duty list' },
  nobodyNow: { zh: '当前无人值班', en: 'of which nobody is on call now' },
} as const;
export const unconfirmedAfter = (calls: number): Unconfirmed => ({
  zh: `${UNCONFIRMED.unanswered.zh}，已呼叫${calls}次`,
  en: `${UNCONFIRMED.unanswered.en}, calls made: ${calls}`,
});

/** For the time line: how a call to somebody on call went. */
export function urgentWords(how: UrgentHow, dial: DialOutcome | null): string {
  switch (how) {
    case 'received':
      return URGENT_ENDS.received;
    case 'notReached':
      return dial === null ? URGENT_ENDS.notPutThrough : URGENT_DIALLED[dial];
    case 'machine':
      return URGENT_ENDS.machine;
    case 'brokenOff':
    case 'completed':
    case 'refused':
    case 'wrongPerson':
    case 'person':
      return URGENT_ENDS.notConfirmed;
    case 'notMade':
      return URGENT_ENDS.notMade;
    case 'untold':
    case 'lost':
      return URGENT_ENDS.unknown;
    default:
      return how satisfies never;
  }
}
