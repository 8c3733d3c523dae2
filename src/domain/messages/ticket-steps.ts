import type { Urgency } from '../deadlines/stages.ts';
import type { TicketType } from '../tickets/ticket.ts';
import type { TicketMove } from '../tickets/transitions.ts';
import { forcedStep } from './forced-steps.ts';
import { MESSAGE_KINDS, type MessageKind } from './kinds.ts';

/** What a citizen is told of his ticket (L5), in the words of whoever writes to him for the first time. */
export const CITIZEN_STEPS = [
  'ticketAccepted',
  'ticketDispatched',
  'ticketAdvised',
  'ticketReplied',
  'ticketReworked',
  'ticketDisputed',
  'ticketUpheld',
  'ticketClosed',
  'ticketShelved',
  'ticketWithdrawn',
] as const satisfies readonly MessageKind[];
export type CitizenStep = (typeof CITIZEN_STEPS)[number];

export const UNIT_STEPS = [
  'unitWork',
  'unitNudge',
  'unitUrgent',
  'unitRecalled',
  'unitSupervision',
] as const satisfies readonly MessageKind[];
export type UnitStep = (typeof UNIT_STEPS)[number];

export const STEP_KINDS: readonly MessageKind[] = [
  ...CITIZEN_STEPS,
  ...UNIT_STEPS,
  'unitDigest',
  'unitCircular',
  'visitLink',
];

/** A line of the time line that waits to be told. */
export interface ToldLine {
  readonly eventId: string;
  readonly at: number;
  readonly type: string;
  readonly fromState: string | null;
  /** null: nothing moved. */
  readonly toState: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  /** Who had the ticket before this line; null: no unit. */
  readonly formerUnit: string | null;
  /** Assisting units whose parts this line took back; absent: none. */
  readonly partUnits?: readonly string[];
  /** Of a line that presses: assisting units that have their part in hand. Absent: none. */
  readonly helpers?: readonly string[];
  /** Of an urge: the how manieth of this unit for this ticket. Absent: the first. */
  readonly nthUrge?: number;
}

export interface ToldTicket {
  readonly number: string;
  readonly type: TicketType;
  readonly urgency: Urgency;
  readonly confidential: boolean;
  readonly anonymous: boolean;
  readonly citizenNumber: string;
  readonly unitCode: string | null;
  readonly unitName: string | null;
  /** Local days as people write them, 11月28日; null: no such clock. */
  readonly citizenDue: string | null;
  readonly unitDue: string | null;
  /** Counted over a year whose holidays nobody has entered yet. */
  readonly provisional: boolean;
  /** The public reply as it stands; null: none yet. */
  readonly reply: string | null;
}

/** 【如东县12345】 */
export interface Sender {
  readonly municipality: string;
  readonly mainNumber: string;
}

const CITIZEN_OF: Partial<Record<TicketMove, CitizenStep>> = {
  register: 'ticketAccepted',
  resubmit: 'ticketAccepted',
  dispatch: 'ticketDispatched',
  acceptReturn: 'ticketDispatched',
  coordinateAnyway: 'ticketDispatched',
  handOver: 'ticketDispatched',
  declareOutOfScope: 'ticketAdvised',
  visit: 'ticketReplied',
  rework: 'ticketReworked',
  reopen: 'ticketReworked',
  dispute: 'ticketDisputed',
  upholdResult: 'ticketUpheld',
  close: 'ticketClosed',
  closeUnvisited: 'ticketClosed',
  shelve: 'ticketShelved',
  reviewPlan: 'ticketShelved',
  withdraw: 'ticketWithdrawn',
};

const isMove = (type: string): type is TicketMove => Object.hasOwn(CITIZEN_OF, type);

/** What of a line concerns the citizen; null: nothing. */
export function citizenStepOf(line: ToldLine): CitizenStep | null {
  const { type, fromState } = line;
  if (type === 'forced') return forcedStep(line);
  // Closed without a visit from here: the reply reaches him with the closing, and never before it.
  if (type === 'closeUnvisited' && fromState !== 'returnVisit') return 'ticketReplied';
  return isMove(type) ? (CITIZEN_OF[type] ?? null) : null;
}

const BEGUN = ['ticketAccepted', 'ticketDispatched'] as const;
/** Which earlier words say nothing any more once these are to be said; what was sent already stays sent. */
export const SUPERSEDES: Readonly<Record<CitizenStep, readonly CitizenStep[]>> = {
  ticketAccepted: BEGUN,
  ticketDispatched: BEGUN,
  ticketAdvised: BEGUN,
  ticketReplied: [...BEGUN, 'ticketReplied', 'ticketReworked'],
  ticketReworked: ['ticketReworked', 'ticketDisputed', 'ticketClosed'],
  ticketDisputed: ['ticketReplied', 'ticketClosed'],
  ticketUpheld: ['ticketDisputed', 'ticketClosed'],
  ticketClosed: ['ticketClosed'],
  ticketShelved: ['ticketShelved'],
  ticketWithdrawn: [...BEGUN, 'ticketReworked'],
};

/** It asks for a signature. */
export const isNudge = ({ type, body }: ToldLine): boolean =>
  type === 'stageWarning' && body.stage === 'sign';

/** After this nobody is asked for a signature any more: the unit has signed, or it is no longer asked to. */
export function endsNudges({ type, fromState }: ToldLine): boolean {
  return fromState === 'dispatched' || type === 'forced';
}

/** Who was written a link and has been heard since, or is asked no more, need not answer by it. */
export const endsVisit = ({ fromState, toState }: ToldLine): boolean =>
  fromState === 'returnVisit' && toState !== null && toState !== 'returnVisit';

/** The line is older than its message may be: who was away for days does not tell yesterday's news. */
export function tooLate(kind: MessageKind, line: ToldLine, now: number): boolean {
  return now - line.at > MESSAGE_KINDS[kind].staleAfterMs;
}
