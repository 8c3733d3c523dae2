import type { WorkingCalendar } from './calendar.ts';
import { aroundTheClock, compressedMark, compressedWords } from './compressed-time.ts';
import {
  type Due,
  dueAfterCalendarDays,
  dueAfterWorkingDays,
  dueAfterWorkingMinutes,
  dueAtCloseOfDay,
  type Explanation,
  workingMsBetween,
} from './due.ts';
import type { Limit } from './presets.ts';
import { STAGES } from './stages.ts';

/**
 * Two clocks a ticket: the citizen's starts at acceptance and never pauses, whatever becomes of the ticket; the
 * unit's starts at dispatch, signed for or not (invariant 7).
 */
export const CLOCKS = ['citizen', 'unit'] as const;
export type Clock = (typeof CLOCKS)[number];

/** A mark of one of the clocks, or of a stage on the way. */
export const MARK_CLOCKS = [...CLOCKS, 'stage'] as const;
export type MarkClock = (typeof MARK_CLOCKS)[number];
export const MARK_KINDS = ['warning', 'overdue', ...STAGES] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** Percent of the working time between start and due at which somebody is told. 100 is the due time itself. */
export const WARNING_LEVELS = [50, 80] as const;
export const OVERDUE_LEVEL = 100;

export interface DeadlineMark {
  readonly clock: MarkClock;
  readonly kind: MarkKind;
  readonly level: number;
  readonly startsAt: number;
  readonly dueAt: number;
  readonly explanation: Explanation;
  readonly provisional: boolean;
}

export const HOURS_RULE = '自受理时起按小时连续计算（《民法典》第二百零一条第二款）';

export function dueOf(startsAt: number, limit: Limit, calendar: WorkingCalendar): Due {
  switch (limit.unit) {
    case 'workingDays':
      return dueAfterWorkingDays(startsAt, limit.amount, calendar);
    case 'closeOfWorkingDay':
      return dueAtCloseOfDay(startsAt, limit.amount, calendar);
    case 'calendarDays':
      return dueAfterCalendarDays(startsAt, limit.amount, calendar);
    case 'hours':
      return {
        kind: 'certain',
        dueAt: startsAt + aroundTheClock(limit.amount * 3_600_000, calendar),
        explanation: {
          rule: `${HOURS_RULE}${compressedWords(calendar)}`,
          zone: calendar.zone,
          days: [],
          missingYears: [],
          ...compressedMark(calendar),
        },
      };
    default:
      return unreachable(limit);
  }
}

/**
 * The marks of one clock, earliest first: warnings at 50 and 80 % of the working time (so that nobody is woken at
 * night or on a holiday), then overdue. A limit in hours is shared by the plain time.
 */
export function marksOf(
  clock: Clock,
  startsAt: number,
  limit: Limit,
  calendar: WorkingCalendar,
): readonly DeadlineMark[] {
  const due = dueOf(startsAt, limit, calendar);
  const at = sharesOf(startsAt, due.dueAt, limit.unit === 'hours' ? null : calendar);
  const mark = (kind: DeadlineMark['kind'], level: number, dueAt: number): DeadlineMark => ({
    clock,
    kind,
    level,
    startsAt,
    dueAt,
    explanation: due.explanation,
    provisional: due.kind === 'provisional',
  });
  return [
    ...WARNING_LEVELS.map((level) => mark('warning', level, at(level))),
    mark('overdue', OVERDUE_LEVEL, due.dueAt),
  ];
}

/** When so many percent of a time are used up: of its working time by this calendar, or around the clock (null). */
export function sharesOf(
  startsAt: number,
  dueAt: number,
  calendar: WorkingCalendar | null,
): (level: number) => number {
  if (calendar === null) return (level) => Math.round(startsAt + ((dueAt - startsAt) * level) / 100);
  const workingMs = workingMsBetween(startsAt, dueAt, calendar);
  return (level) =>
    Math.round(dueAfterWorkingMinutes(startsAt, (workingMs * level) / 100 / 60_000, calendar));
}

/** The marks with what their limit rests on. What shared an explanation before shares it afterwards. */
export function withSource(marks: readonly DeadlineMark[], source: string): readonly DeadlineMark[] {
  return marks.map((mark) => ({ ...mark, explanation: sourced(mark.explanation, source) }));
}

/** A day's tickets have the same explanations from the same source: each is made once. */
const made = new WeakMap<Explanation, Explanation>();

function sourced(explanation: Explanation, source: string): Explanation {
  const known = made.get(explanation);
  if (known?.source === source) return known;
  const whole = { ...explanation, source };
  made.set(explanation, whole);
  return whole;
}

function unreachable(limit: never): never {
  throw new Error(`not a limit: ${JSON.stringify(limit)}`);
}
