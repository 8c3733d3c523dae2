import { type Clock, type MarkClock, type MarkKind, OVERDUE_LEVEL } from '../deadlines/clocks.ts';
import type { Preset } from '../deadlines/presets.ts';
import { STAGES, type Stage } from '../deadlines/stages.ts';
import type { ContactFacts } from './contact-proof.ts';
import { stageRuns } from './stage-marks.ts';
import type { TicketState } from './transitions.ts';

/**
 * Where each clock ends. The citizen's runs until the hotline itself is satisfied: a unit's word that it is done does
 * not stop it. The unit's ends with that word; a rework is a new matter for it. A return runs on until it is adjudicated.
 * What was withdrawn and is registered anew is with no unit before it is dispatched.
 */
const ENDS: Readonly<Record<Clock, readonly TicketState[]>> = {
  citizen: ['withdrawn', 'closed', 'archived'],
  unit: [
    'registered',
    'underReview',
    'outOfScope',
    'reportedDone',
    'replyReview',
    'returnVisit',
    'disputed',
    'withdrawn',
    'closed',
    'archived',
  ],
};

export type Firing =
  /** The clock runs and the mark is reached. */
  | { readonly kind: 'fire'; readonly lateMs: number }
  /** Nobody signed for it in time: the program does, and the unit's time has run all along (H5). */
  | { readonly kind: 'autoSign' }
  /** The clock has ended: nobody is to be told. */
  | { readonly kind: 'cancel'; readonly reason: 'clockEnded' }
  /** Asked too early (a clock went ahead, a job was promoted): ask again at its time. */
  | { readonly kind: 'wait' };

/** The ticket as far as a mark's firing hangs on it. */
export interface FiringTicket extends ContactFacts {
  readonly state: TicketState;
  /** Of a ticket that is disputed: where it was before. Null or absent: it is not. */
  readonly disputedFrom?: TicketState | null;
}

/** Whether a deadline that was claimed is still due, from the ticket as it is now. */
export function decideFiring(
  deadline: {
    readonly clock: MarkClock;
    readonly kind: MarkKind;
    readonly level: number;
    readonly dueAt: number;
  },
  ticket: FiringTicket,
  now: number,
): Firing {
  if (isOver(deadline, ticket)) return { kind: 'cancel', reason: 'clockEnded' };
  if (now < deadline.dueAt) return { kind: 'wait' };
  if (deadline.kind === 'sign' && deadline.level === OVERDUE_LEVEL) return { kind: 'autoSign' };
  return { kind: 'fire', lateMs: now - deadline.dueAt };
}

/** What more than a line and a notice comes of a mark that fires: the unit is urged, or an alarm goes to the lead. */
export function callsSomebody(
  mark: { readonly clock: MarkClock; readonly kind: MarkKind; readonly level: number },
  { urgeAtPercent }: Pick<Preset, 'urgeAtPercent'>,
): 'urge' | 'alarm' | null {
  if (mark.clock === 'unit') return mark.level === urgeAtPercent ? 'urge' : null;
  const lies = mark.kind === 'adjudicate' || mark.kind === 'recheck';
  return lies && mark.level === OVERDUE_LEVEL ? 'alarm' : null;
}

/** Whether a clock does not run in this state. */
export function clockEnds(clock: Clock, state: TicketState): boolean {
  return ENDS[clock].includes(state);
}

function isOver(
  { clock, kind }: { readonly clock: MarkClock; readonly kind: MarkKind },
  ticket: FiringTicket,
): boolean {
  // What had ended and is disputed stays ended until a person says that it was not done; that resumes it.
  const { state, disputedFrom } = ticket;
  if (clock === 'citizen' && state === 'disputed') return clockEnds(clock, disputedFrom ?? state);
  if (clock !== 'stage') return clockEnds(clock, state);
  return !isStage(kind) || !stageRuns(kind, ticket.state, ticket);
}

export function isStage(kind: MarkKind): kind is Stage {
  return STAGES.some((stage) => stage === kind);
}
