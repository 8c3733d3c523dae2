import type { WorkingCalendar } from '../deadlines/calendar.ts';
import type { DeadlineMark } from '../deadlines/clocks.ts';
import { type Stage, type StageLimits, stageDue, type Urgency } from '../deadlines/stages.ts';
import type { TicketMove, TicketState } from './transitions.ts';

/** Which stages begin with a move. One that runs already begins anew: another unit has all its time. */
const BEGINS: Partial<Record<TicketMove, readonly Stage[]>> = {
  register: ['review'],
  resubmit: ['review'],
  dispatch: ['sign', 'contact'],
  coordinateAnyway: ['sign', 'contact'],
  acceptReturn: ['sign', 'contact'],
  handOver: ['sign', 'contact'],
  reportDone: ['visit'],
};

/** While a ticket is in one of these the stage is not over. */
const RUNS: Readonly<Record<Stage, readonly TicketState[]>> = {
  review: ['registered', 'underReview'],
  sign: ['dispatched'],
  contact: ['dispatched', 'signedFor'],
  visit: ['reportedDone', 'replyReview', 'returnVisit'],
};

export function stageRuns(stage: Stage, state: TicketState): boolean {
  return RUNS[stage].includes(state);
}

/**
 * A return that is refused was none: the unit has had to call the citizen all along, and a limit that was reached while
 * the return lay with the adjudicator is past when it comes back.
 */
const RESUMES: Partial<Record<TicketMove, readonly Stage[]>> = { refuseReturn: ['contact'] };

export const stagesResumedBy = (move: TicketMove): readonly Stage[] => RESUMES[move] ?? [];

export function stageMarks(
  moves: readonly TicketMove[],
  to: TicketState,
  from: number,
  urgency: Urgency,
  limits: StageLimits,
  calendar: WorkingCalendar,
): readonly DeadlineMark[] {
  const stages = [...new Set(moves.flatMap((move) => BEGINS[move] ?? []))].filter((one) =>
    stageRuns(one, to),
  );
  return stages.map((stage) => ({
    clock: 'stage',
    kind: stage,
    level: 100,
    startsAt: from,
    ...stageDue(stage, from, limits[stage][urgency], calendar),
    // A day or two ahead: the calendar that it was counted with is the one that holds.
    provisional: false,
  }));
}
