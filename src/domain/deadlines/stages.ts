import type { WorkingCalendar } from './calendar.ts';
import { dueAfterWorkingDays, dueAfterWorkingMinutes, type Explanation } from './due.ts';

/**
 * The stages that have a limit of their own beside the two clocks: 审核派单 review and dispatch, 签收 sign for it,
 * 首次联系 first contact with the citizen, 回访 return visit.
 */
export const STAGES = ['review', 'sign', 'contact', 'visit'] as const;
export type Stage = (typeof STAGES)[number];

export type StageLimit =
  /** Around the clock: the hotline's own desk never closes, and an emergency does not wait. */
  | { readonly unit: 'minutes'; readonly amount: number }
  | { readonly unit: 'workingMinutes'; readonly amount: number }
  | { readonly unit: 'workingDays'; readonly amount: number };

/** 急事急办: what endangers life or safety goes in a lane of its own. */
export const URGENCIES = ['normal', 'urgent'] as const;
export type Urgency = (typeof URGENCIES)[number];

export type StageLimits = Readonly<Record<Stage, Readonly<Record<Urgency, StageLimit>>>>;

/** Until a county enters its own: 30 minutes at the desk, 2 working hours to sign, a working day to the first contact. */
export const STAGE_LIMITS: StageLimits = {
  review: { normal: { unit: 'minutes', amount: 30 }, urgent: { unit: 'minutes', amount: 10 } },
  sign: { normal: { unit: 'workingMinutes', amount: 120 }, urgent: { unit: 'minutes', amount: 15 } },
  contact: { normal: { unit: 'workingDays', amount: 1 }, urgent: { unit: 'minutes', amount: 120 } },
  visit: { normal: { unit: 'workingDays', amount: 1 }, urgent: { unit: 'workingDays', amount: 1 } },
};

export const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  review: '审核派单',
  sign: '签收',
  contact: '首次联系',
  visit: '回访',
};

export function stageDue(
  stage: Stage,
  from: number,
  limit: StageLimit,
  calendar: WorkingCalendar,
): { readonly dueAt: number; readonly explanation: Explanation } {
  const said = (text: string): Explanation => ({
    rule: `${STAGE_NAMES[stage]}：${text}`,
    zone: calendar.zone,
    days: [],
    missingYears: [],
  });
  switch (limit.unit) {
    case 'minutes':
      return { dueAt: from + limit.amount * 60_000, explanation: said(`${limit.amount} 分钟，连续计算`) };
    case 'workingMinutes':
      return {
        dueAt: Math.round(dueAfterWorkingMinutes(from, limit.amount, calendar)),
        explanation: said(`${limit.amount} 分钟，只计工作时间`),
      };
    case 'workingDays': {
      const { dueAt, explanation } = dueAfterWorkingDays(from, limit.amount, calendar);
      return { dueAt, explanation: { ...explanation, rule: `${STAGE_NAMES[stage]}：${explanation.rule}` } };
    }
    default:
      return limit satisfies never;
  }
}
