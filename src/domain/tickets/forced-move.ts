import { CLOCKS, type Clock, marksOf, withSource } from '../deadlines/clocks.ts';
import { type LimitSet, sourceOf, ticketLimit } from '../deadlines/limit-set.ts';
import { owesContact } from './contact-proof.ts';
import { clockEnds } from './deadline-firing.ts';
import { partsEndedByForce } from './parts/ending.ts';
import { type Calendars, stageMarks, stageRuns } from './stage-marks.ts';
import type { Actor, Role } from './ticket.ts';
import { closedAfter, type MovingTicket, type TicketChange } from './ticket-move.ts';
import type { TicketState } from './transitions.ts';

/**
 * 强制流转: a ticket is put where no move leads. Asked by one, done by another. Modes:
 *
 *   asked      申请: the ticket is where it was
 *   done       已执行: it is where it was asked to be, as forced on its time line
 *   refused    不同意
 *   withdrawn  撤回
 *   expired    过期: nobody agreed within a day, or the ticket moved meanwhile
 */
export const FORCE_STATES = ['asked', 'done', 'refused', 'withdrawn', 'expired'] as const;
export type ForceState = (typeof FORCE_STATES)[number];

const OVERSEERS = ['lead', 'supervisor'] as const;

interface ForceEdge {
  readonly move: string;
  readonly from: ForceState | null;
  readonly to: ForceState;
  readonly by: readonly Role[];
  /** `self`: who asked; `other`: anybody but him. */
  readonly who: 'any' | 'self' | 'other';
}

/** A pair (move, from) occurs once. */
export const FORCE_EDGES = [
  { move: 'ask', from: null, to: 'asked', by: OVERSEERS, who: 'any' },
  { move: 'approve', from: 'asked', to: 'done', by: OVERSEERS, who: 'other' },
  { move: 'refuse', from: 'asked', to: 'refused', by: OVERSEERS, who: 'other' },
  { move: 'withdraw', from: 'asked', to: 'withdrawn', by: OVERSEERS, who: 'self' },
  { move: 'expire', from: 'asked', to: 'expired', by: ['system'], who: 'any' },
] as const satisfies readonly ForceEdge[];
export type ForceMove = (typeof FORCE_EDGES)[number]['move'];
export const FORCE_DECISIONS = ['approve', 'refuse', 'withdraw'] as const satisfies readonly ForceMove[];
export type ForceDecision = (typeof FORCE_DECISIONS)[number];

/** What was asked is forgotten after a day: nobody agrees to a ticket that he knew last week. */
export const FORCE_EXPIRES_AFTER_MS = 86_400_000;

export type ForceRefusal =
  | 'force.moveImpossible'
  | 'force.moveForbidden'
  | 'force.ownUnit'
  | 'force.ownWork'
  | 'force.notYours'
  | 'force.sameState'
  | 'force.unitMissing'
  | 'force.expired'
  | 'force.ticketMoved'
  /** HM-16: the unit complained of is not given it, by whatever way. */
  | 'ticket.accusedUnit';

/** Who may do it, or why not. Invariant 9 stands over it: nobody of any unit forces a ticket, nor agrees to it. */
export function forceBarrier(
  move: ForceMove,
  force: { readonly state: ForceState; readonly askedBy: string } | null,
  actor: Actor,
): ForceRefusal | null {
  const edge: ForceEdge | undefined = FORCE_EDGES.find(
    (one) => one.move === move && one.from === (force?.state ?? null),
  );
  if (edge === undefined) return 'force.moveImpossible';
  if (!actor.roles.some((role) => edge.by.includes(role))) return 'force.moveForbidden';
  if (actor.unitCode !== null) return 'force.ownUnit';
  const own = force !== null && actor.accountId === force.askedBy;
  if (edge.who === 'other' && own) return 'force.ownWork';
  return edge.who === 'self' && !own ? 'force.notYours' : null;
}

/** Whether the ticket can be put there at all, or why not. */
export function forceFault(
  ticket: Pick<MovingTicket, 'state' | 'unitCode' | 'accusedUnits'>,
  to: TicketState,
  unitCode: string | null,
): ForceRefusal | null {
  const unit = unitCode ?? ticket.unitCode;
  if (unitCode !== null && ticket.accusedUnits?.includes(unitCode)) return 'ticket.accusedUnit';
  if (to === ticket.state && unit === ticket.unitCode) return 'force.sameState';
  return !clockEnds('unit', to) && unit === null ? 'force.unitMissing' : null;
}

/**
 * What it brings about. A clock that had ended and runs again goes on to the time it had; another unit's starts anew.
 * The citizen's is never started twice.
 */
export function forcedChange(input: {
  readonly ticket: MovingTicket;
  readonly to: TicketState;
  readonly unitCode: string | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly approvedBy: string;
  readonly now: number;
  readonly limits: LimitSet;
  readonly calendars: Calendars;
}): TicketChange {
  const { ticket, to, reason, askedBy, approvedBy, now, limits, calendars } = input;
  const unitCode = input.unitCode ?? ticket.unitCode;
  const unitRuns = !clockEnds('unit', to);
  const starts = unitRuns && (unitCode !== ticket.unitCode || ticket.dispatchedAt === null);
  const contactedAt = unitCode === ticket.unitCode ? (ticket.contactedAt ?? null) : null;
  // A unit that owes the call already has its time for it: being put elsewhere gives it no other.
  const owedBefore = unitCode === ticket.unitCode && stageRuns('contact', ticket.state, ticket);
  const contactOwed = unitCode !== null && !owedBefore && owesContact({ ...ticket, contactedAt });
  const resumes = (clock: Clock): boolean =>
    rests(clock, ticket.state) && !rests(clock, to) && !(clock === 'unit' && starts);
  const marks = [
    ...(starts ? marksOf('unit', now, ticketLimit(limits, ticket), calendars.unit) : []),
    ...stageMarks(BEGINS_ANEW, to, now, ticket.urgency, limits.stages, calendars, contactOwed),
  ];
  return {
    event: {
      at: now,
      actorId: approvedBy,
      fromState: ticket.state,
      toState: to,
      type: 'forced',
      reason,
      body: { askedBy, unitCode },
    },
    state: to,
    unitCode,
    dispatchedAt: starts ? now : ticket.dispatchedAt,
    closedAt: closedAfter(to, ticket, now) ?? (to === 'archived' ? now : null),
    contactedAt,
    marks: withSource(marks, sourceOf(limits, ticket.extendedBy)),
    partsEnded: partsEndedByForce(ticket.unitCode !== unitCode, to),
    resumed: CLOCKS.filter(resumes),
    resumedStages: [],
  };
}

/** The citizen's may rest while a dispute is looked at (`decideFiring`), and goes on with what comes of it. */
const rests = (clock: Clock, state: TicketState): boolean =>
  clockEnds(clock, state) || (clock === 'citizen' && state === 'disputed');

/** Whichever stage runs where it is put begins there: nobody had its time before. */
const BEGINS_ANEW = [
  'register',
  'submit',
  'dispatch',
  'returnTicket',
  'signFor',
  'reportDone',
  'dispute',
] as const;

export function forceDiagram(): string {
  const lines = FORCE_EDGES.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`);
  const ends = FORCE_STATES.filter((state) => state !== 'asked').map((state) => `  ${state} --> [*]`);
  return ['stateDiagram-v2', ...lines, ...ends, ''].join('\n');
}
