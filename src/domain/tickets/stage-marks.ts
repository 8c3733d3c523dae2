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
