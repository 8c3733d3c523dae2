import type { WorkingCalendar } from '../deadlines/calendar.ts';
import { type DeadlineMark, OVERDUE_LEVEL, sharesOf } from '../deadlines/clocks.ts';
import { STAGE_WARNINGS, type Stage, type StageLimits, stageDue, type Urgency } from '../deadlines/stages.ts';
import { type ContactFacts, owesContact } from './contact-proof.ts';
import type { TicketMove, TicketState } from './transitions.ts';

/** Which stages begin with a move. One that runs already begins anew: another unit has all its time. */
const BEGINS: Partial<Record<TicketMove, readonly Stage[]>> = {
  register: ['accept', 'dispatch'],
  resubmit: ['accept', 'dispatch'],
  submit: ['review'],
  sendBack: ['accept'],
  dispatch: ['sign', 'contact'],
  coordinateAnyway: ['sign', 'contact'],
  acceptReturn: ['sign', 'contact'],
  handOver: ['sign', 'contact'],
  returnTicket: ['adjudicate'],
  signFor: ['handle'],
  rework: ['handle'],
  reopen: ['handle'],
  reportDone: ['visit'],
  dispute: ['recheck'],
};

/** Where a unit that never called owes the call still: what it did without it, and what it reported. */
const AFTER_SIGNATURE: readonly TicketState[] = [
  'handling',
  'longTerm',
  'reportedDone',
  'replyReview',
  'returnVisit',
  'disputed',
];

/** While a ticket is in one of these the stage is not over. */
const RUNS: Readonly<Record<Stage, readonly TicketState[]>> = {
  accept: ['registered'],
  review: ['underReview'],
  dispatch: ['registered', 'underReview'],
  sign: ['dispatched'],
  adjudicate: ['returned'],
  // Until it is proven, whatever else the unit does meanwhile (`owesContact`).
  contact: ['dispatched', 'signedFor', ...AFTER_SIGNATURE],
  handle: ['signedFor', 'inContact', 'handling'],
  visit: ['reportedDone', 'replyReview', 'returnVisit'],
  recheck: ['disputed'],
};

/** `contact`: absent, nothing is known of it, and it is owed. */
export function stageRuns(stage: Stage, state: TicketState, contact: ContactFacts = {}): boolean {
  return RUNS[stage].includes(state) && (stage !== 'contact' || owesContact(contact));
}

/**
 * A return that is refused was none: the unit has had to call the citizen all along, and a limit that was reached while
 * the return lay with the adjudicator is past when it comes back.
 */
const RESUMES: Partial<Record<TicketMove, readonly Stage[]>> = { refuseReturn: ['contact', 'handle'] };

export const stagesResumedBy = (move: TicketMove): readonly Stage[] => RESUMES[move] ?? [];

/** Stages that the handling unit has to keep; the others are the hotline's own, which has another calendar. */
const OF_UNIT: readonly Stage[] = ['sign', 'contact', 'handle'];
export const isUnitStage = (stage: Stage): boolean => OF_UNIT.includes(stage);

/** The centre counts by its own calendar, each unit by the unit's. */
export interface Calendars {
  readonly centre: WorkingCalendar;
  readonly unit: WorkingCalendar;
}

export function stageMarks(
  moves: readonly TicketMove[],
  to: TicketState,
  from: number,
  urgency: Urgency,
  limits: StageLimits,
  calendars: Calendars,
  contactOwed = true,
): readonly DeadlineMark[] {
  const stages = new Set(moves.flatMap((move) => BEGINS[move] ?? []));
  return [...stages]
    .filter((stage) => stageRuns(stage, to) && (stage !== 'contact' || contactOwed))
    .flatMap((stage) => marksOfStage(stage, from, urgency, limits, calendars));
}

/** Earliest first: its warnings, then the end. None when the stage has no limit of its own. */
export function marksOfStage(
  stage: Stage,
  from: number,
  urgency: Urgency,
  limits: StageLimits,
  calendars: Calendars,
): readonly DeadlineMark[] {
  const limit = limits[stage][urgency];
  if (limit === null) return [];
  const calendar = isUnitStage(stage) ? calendars.unit : calendars.centre;
  const { dueAt, explanation } = stageDue(stage, from, limit, calendar);
  const shares = sharesOf(from, dueAt, limit.unit === 'minutes' ? null : calendar);
  const mark = (level: number, at: number): DeadlineMark => ({
    clock: 'stage',
    kind: stage,
    level,
    startsAt: from,
    dueAt: at,
    explanation,
    // The last evening of a year is enough: New Year's Day is no working day.
    provisional: explanation.missingYears.length > 0,
  });
  return [
    ...(STAGE_WARNINGS[stage] ?? []).map((level) => mark(level, shares(level))),
    mark(OVERDUE_LEVEL, dueAt),
  ];
}
