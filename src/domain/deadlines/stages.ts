import { calendarDay, closeOfDay, type WorkingCalendar } from './calendar.ts';
import { provisionalNote, unknownYears } from './calendar-years.ts';
import { aroundTheClock, compressedMark, compressedWords } from './compressed-time.ts';
import { dueAfterWorkingDays, dueAfterWorkingMinutes, type Explanation } from './due.ts';
import { localDateOf } from './local-time.ts';

/**
 * The stages that have a limit of their own beside the two clocks: 受理 accept (the clerk passes it on), 审核 review,
 * 派单 dispatch (all of the desk's time, until a unit has it), 签收 sign for it, 裁定 adjudicate a return, 首次联系 first
 * contact with the citizen, 办理 handle, 回访 return visit, 异议复核 look again at what its citizen says is not done.
 */
export const STAGES = [
  'accept',
  'review',
  'dispatch',
  'sign',
  'adjudicate',
  'contact',
  'handle',
  'visit',
  'recheck',
] as const;
export type Stage = (typeof STAGES)[number];

export type StageLimit =
  /** Around the clock: the hotline's own desk never closes, and an emergency does not wait. */
  | { readonly unit: 'minutes'; readonly amount: number }
  | { readonly unit: 'workingMinutes'; readonly amount: number }
  /** Nought working days: on the day itself, if its working time is not over. */
  | { readonly unit: 'workingDays'; readonly amount: number };

/** 急事急办: what endangers life or safety goes in a lane of its own. */
export const URGENCIES = ['normal', 'urgent'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** null: the stage has no limit of its own, only that of the clock that runs through it. */
export type StageLimits = Readonly<Record<Stage, Readonly<Record<Urgency, StageLimit | null>>>>;

/**
 * Until a county enters its own: 30 minutes until a unit has it (JY-09), 2 working hours to sign, a working day to
 * decide on a return, to the first contact, to the visit, and to look at what a citizen disputes. Urgent: signed for in 15 minutes, word from the unit in 2 hours (RD-19).
 */
export const STAGE_LIMITS: StageLimits = {
  accept: { normal: { unit: 'minutes', amount: 15 }, urgent: { unit: 'minutes', amount: 5 } },
  review: { normal: { unit: 'minutes', amount: 15 }, urgent: { unit: 'minutes', amount: 5 } },
  dispatch: { normal: { unit: 'minutes', amount: 30 }, urgent: { unit: 'minutes', amount: 10 } },
  sign: { normal: { unit: 'workingMinutes', amount: 120 }, urgent: { unit: 'minutes', amount: 15 } },
  adjudicate: { normal: { unit: 'workingDays', amount: 1 }, urgent: { unit: 'minutes', amount: 30 } },
  contact: { normal: { unit: 'workingDays', amount: 1 }, urgent: { unit: 'minutes', amount: 120 } },
  handle: { normal: null, urgent: null },
  visit: { normal: { unit: 'workingDays', amount: 1 }, urgent: { unit: 'workingDays', amount: 1 } },
  recheck: { normal: { unit: 'workingDays', amount: 1 }, urgent: { unit: 'minutes', amount: 120 } },
};

export const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  accept: '受理',
  review: '审核',
  dispatch: '派单',
  sign: '签收',
  adjudicate: '裁定',
  contact: '首次联系',
  handle: '办理',
  visit: '回访',
  recheck: '异议复核',
};

/**
 * Percent of a stage's time at which whoever has it is told that it runs out (H5, H6): of a signature before the program
 * signs, of a return and of a citizen's word before they lie too long. The other stages are told of when they are over.
 */
export const STAGE_WARNINGS: Partial<Record<Stage, readonly number[]>> = {
  sign: [50, 80],
  adjudicate: [50, 80],
  recheck: [50, 80],
};

export function stageDue(
  stage: Stage,
  from: number,
  limit: StageLimit,
  calendar: WorkingCalendar,
): { readonly dueAt: number; readonly explanation: Explanation } {
  const said = (text: string): Explanation => ({
    rule: `${STAGE_NAMES[stage]}：${text}${compressedWords(calendar)}`,
    zone: calendar.zone,
    days: [],
    missingYears: [],
    ...compressedMark(calendar),
  });
  switch (limit.unit) {
    case 'minutes':
      return {
        dueAt: from + aroundTheClock(limit.amount * 60_000, calendar),
        explanation: said(`${limit.amount} 分钟，连续计算`),
      };
    case 'workingMinutes': {
      const dueAt = Math.round(dueAfterWorkingMinutes(from, limit.amount, calendar));
      const [begins, ends] = [localDateOf(from, calendar.zone), localDateOf(dueAt, calendar.zone)];
      // Compressed time knows no dates.
      const missingYears =
        calendar.daySeconds === undefined ? unknownYears(calendar.years, begins, ends) : [];
      const explanation = said(`${limit.amount} 分钟，只计工作时间`);
      return { dueAt, explanation: { ...explanation, missingYears, ...provisionalNote(missingYears) } };
    }
    case 'workingDays': {
      const today = localDateOf(from, calendar.zone);
      const close = closeOfDay(calendar, today);
      const isToday = calendar.daySeconds === undefined && calendarDay(calendar, today).working;
      if (limit.amount === 0 && isToday && from < close) {
        return { dueAt: close, explanation: said('当日下班前') };
      }
      const { dueAt, explanation } = dueAfterWorkingDays(from, Math.max(1, limit.amount), calendar);
      return { dueAt, explanation: ofStage(stage, explanation) };
    }
    default:
      return limit satisfies never;
  }
}

/** When so long from an instant on is over, of whatever it is the limit. */
export const limitEnds = (from: number, limit: StageLimit, calendar: WorkingCalendar): number =>
  stageDue('handle', from, limit, calendar).dueAt;

/** A day's explanation is one for all its tickets, and so is what a stage makes of it. */
const ofStages = new WeakMap<Explanation, Map<Stage, Explanation>>();

function ofStage(stage: Stage, explanation: Explanation): Explanation {
  const known = ofStages.get(explanation) ?? new Map<Stage, Explanation>();
  const before = known.get(stage);
  if (before !== undefined) return before;
  const made = { ...explanation, rule: `${STAGE_NAMES[stage]}：${explanation.rule}` };
  ofStages.set(explanation, known.set(stage, made));
  return made;
}
