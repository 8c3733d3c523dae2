import type { WorkingCalendar } from '../deadlines/calendar.ts';
import type { Preset } from '../deadlines/presets.ts';
import { limitEnds, type Urgency } from '../deadlines/stages.ts';
import { isCirculated } from './supervision.ts';
import type { TicketMove, TicketState } from './transitions.ts';
import { URGE_PAUSE_MS } from './urging.ts';

/**
 * What comes upon a unit that lets its time run out, each step once for each time that it is late with a ticket:
 *
 *   urge      催办: at so many percent of its time, unless a person urged it then
 *   order     督办: its time is over, it was urged, and for so long it has done nothing
 *   circular  通报: after so many working days, whatever it did meanwhile (`circularFrom`)
 */
export type EscalationStep = 'urge' | 'order';

/** A ticket that a unit has, near or past the end of its time. Times in epoch milliseconds. */
export interface PressedTicket {
  readonly ticketId: string;
  readonly state: TicketState;
  readonly urgency: Urgency;
  readonly unitCode: string | null;
  readonly acceptedAt: number;
  /** A day counts as so many seconds; null: its time is real. */
  readonly daySeconds: number | null;
  /** The end of the unit's time. */
  readonly dueAt: number;
  /** When 80 % of it was used up; null: it had no such mark. */
  readonly warnedAt: number | null;
  /** When the hotline urged this unit since its time began, whoever did, the oldest first. */
  readonly urgedAt: readonly number[];
  /** The last thing that the unit did for it in this time, of its calls to the citizen the first; null: nothing. */
  readonly progressAt: number | null;
  /** The order of this step was issued in this time, whatever became of it. */
  readonly ordered: boolean;
}

type EscalationRules = Pick<Preset, 'urgeAtPercent' | 'superviseAfter'>;

/** What a unit does for the matter; to sign and to give it back is none of it, and what the program does for it neither. */
export const WORK_MOVES = ['handle', 'reportDone'] as const satisfies readonly TicketMove[];
export const PROGRESS_MOVES = ['contact', ...WORK_MOVES] as const satisfies readonly TicketMove[];

export interface ComingStep {
  readonly step: EscalationStep;
  /** From this instant on, if nothing happens before. */
  readonly at: number;
}

/** What comes next upon the unit as things stand, and when; null: nothing by itself. */
export function comingStep(
  ticket: PressedTicket,
  { urgeAtPercent, superviseAfter }: EscalationRules,
  calendar: WorkingCalendar,
): ComingStep | null {
  const { state, urgency, unitCode, dueAt, warnedAt, urgedAt, progressAt, ordered } = ticket;
  if (unitCode === null || !isCirculated(state) || ordered) return null;
  const urgeAt = urgeAtPercent === null ? null : urgeAtPercent === 100 ? dueAt : (warnedAt ?? dueAt);
  // A person's urge shortly before is this one: nobody is urged twice within the pause.
  const urged = urgeAt === null ? null : urgedAt.find((at) => at > urgeAt - URGE_PAUSE_MS);
  if (urged === undefined) return urgeAt === null ? null : { step: 'urge', at: urgeAt };
  const after = superviseAfter[urgency];
  if (after === null) return null;
  const since = Math.max(dueAt, urged ?? dueAt, progressAt ?? dueAt);
  return { step: 'order', at: limitEnds(since, after, calendar) + 1 };
}

/** What is due now; null: nothing, or nothing yet. */
export function escalationStep(
  ticket: PressedTicket,
  rules: EscalationRules,
  calendar: WorkingCalendar,
  now: number,
): EscalationStep | null {
  const coming = comingStep(ticket, rules, calendar);
  return coming !== null && now >= coming.at ? coming.step : null;
}
