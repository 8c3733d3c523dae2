import { type Clock, type DeadlineMark, marksOf, OVERDUE_LEVEL, withSource } from '../deadlines/clocks.ts';
import { type LimitedTicket, type LimitSet, sourceOf, ticketLimit } from '../deadlines/limit-set.ts';
import { localDateOf } from '../deadlines/local-time.ts';
import type { Stage } from '../deadlines/stages.ts';
import { findPersonalData, type KnownCitizen } from '../privacy/personal-data.ts';
import { clockEffectsOf } from './clock-effects.ts';
import { type ConductRefusal, conductRefusal } from './conduct.ts';
import { type ContactFacts, contactedAfter, owesContact } from './contact-proof.ts';
import { type InterimState, openConditions } from './interim.ts';
import { reviewDateFault } from './long-term.ts';
import { type DetailFault, detailFault, type MoveDetails } from './move-details.ts';
import { decideMove, type MoveRefusal } from './moving.ts';
import { replyWith } from './outcome.ts';
import { type PartsEnded, partsEndedBy } from './parts/ending.ts';
import { releasesReply, replyBody } from './reply.ts';
import { type ChecklistFault, checklistFault } from './reply-checklist.ts';
import { reopenRefusal, returnRefusal } from './returning.ts';
import { type Calendars, stageMarks, stagesResumedBy } from './stage-marks.ts';
import type { Actor } from './ticket.ts';
import type { TicketEvent } from './time-line.ts';
import { edgeOf, type TicketMove, type TicketState } from './transitions.ts';
import { unvisitedRefusal, type VisitTries } from './unvisited.ts';

/** The ticket as far as a move needs it. */
export interface MovingTicket extends LimitedTicket, ContactFacts {
  readonly state: TicketState;
  readonly unitCode: string | null;
  /** Of whose conduct the citizen complains: that unit and all within it. Absent: of none. */
  readonly accusedUnits?: readonly string[];
  readonly dispatchedAt: number | null;
  readonly closedAt: number | null;
  /** Units that have returned it before. */
  readonly returnedBy: readonly string[];
  /** Parts directly under it that are open still: other units', or within the lead. Absent: none. */
  readonly openParts?: readonly string[];
  /** A hazard that is handled before it is settled whose it is; absent: none. */
  readonly interim?: InterimState | null;
  /** Whom a reply answers; absent: nobody known. */
  readonly citizen?: KnownCitizen;
  /** The reply may tell who somebody is, and nobody has confirmed it. */
  readonly replyHeld?: boolean;
  /** How often he was tried since the ticket went to its visit; absent: not once. */
  readonly tried?: VisitTries;
  /** Since it was last reported done he has disputed it once. Absent: he has not. */
  readonly disputed?: boolean;
  /** In this visit he said how it is, or that he does not want to say; absent: he did not. */
  readonly heard?: boolean;
}

export interface TicketChange {
  readonly event: TicketEvent & { readonly toState: TicketState };
  readonly state: TicketState;
  readonly unitCode: string | null;
  readonly dispatchedAt: number | null;
  /** The moment of closing, null for a ticket that is open; of one that is disputed it stands (`closedAfter`). */
  readonly closedAt: number | null;
  /** When whoever has it now was shown to have spoken with the citizen. */
  readonly contactedAt: number | null;
  /** Marks of a clock or a stage that starts now; they replace those it had. */
  readonly marks: readonly DeadlineMark[];
  /** Parts of it that are taken back by this. */
  readonly partsEnded: PartsEnded;
  /** Clocks that go on to the time they had. */
  readonly resumed: readonly Clock[];
  /** Stages that go on to the time they had: what ended them did not count. */
  readonly resumedStages: readonly Stage[];
}

export type TicketMoveDecision =
  | { readonly kind: 'moved'; readonly change: TicketChange }
  | {
      readonly kind: 'refused';
      readonly code:
        | MoveRefusal
        | DetailFault['code']
        | ConductRefusal
        | 'ticket.sameUnit'
        | 'ticket.returnedBefore'
        | 'ticket.returnTooLate'
        | 'ticket.partsOpen'
        | 'ticket.conditionOpen'
        | 'ticket.reopenTooLate'
        | 'ticket.disputedBefore'
        | 'ticket.noUnit'
        | 'ticket.reviewDateFault'
        | 'ticket.planPersonal'
        | 'ticket.advicePersonal'
        | 'reply.held'
        | ChecklistFault['code']
        | 'visit.unheard'
        | 'visit.tooFewAttempts';
      readonly data: Readonly<Record<string, unknown>>;
    };

/** One move of one ticket with all that it brings about. Pure; `now` in epoch milliseconds. */
export function decideTicketMove(input: {
  readonly move: TicketMove;
  readonly ticket: MovingTicket;
  readonly actor: Actor;
  readonly reason: string;
  readonly details: MoveDetails;
  readonly now: number;
  /** Those in force when the ticket was accepted. */
  readonly limits: LimitSet;
  /** Of the centre, and of the unit that has the ticket after the move. */
  readonly calendars: Calendars;
}): TicketMoveDecision {
  const { move, ticket, actor, details, now, limits, calendars } = input;
  const refused = (
    code: Extract<TicketMoveDecision, { kind: 'refused' }>['code'],
    data: Readonly<Record<string, unknown>> = {},
  ): TicketMoveDecision => ({ kind: 'refused', code, data: { move, state: ticket.state, ...data } });

  const fault = detailFault(move, details);
  const decided = decideMove({
    move,
    from: ticket.state,
    actor,
    unitCode: ticket.unitCode,
    now,
    reason: input.reason,
    body: bodyOf(move, ticket, details),
  });
  // Who may not do it at all learns that first, and nothing of what it would have taken.
  if (decided.kind === 'refused') return refused(decided.code);
  const edge = edgeOf(move, ticket.state);
  const conduct = edge === null ? null : conductRefusal(edge, ticket, actor, details.unitCode ?? null);
  if (conduct !== null) return refused(conduct);
  if (fault !== null) return refused(fault.code, { field: fault.field });
  if (ticket.replyHeld === true && releasesReply(move, ticket.state)) return refused('reply.held');
  const unchecked = checklistFault(move, ticket.state, details.checklist);
  if (unchecked !== null) return refused(unchecked.code, { points: unchecked.points });
  if (details.reviewOn !== undefined) {
    const refusal = reviewDateFault(details.reviewOn, now, calendars.centre.zone);
    if (refusal !== null) return refused(refusal.code, refusal.data);
  }
  // The citizen reads them, and so may whoever reads over his shoulder.
  const personalKinds = (text = '') => [
    ...new Set(findPersonalData(text, ticket.citizen).map(({ kind }) => kind)),
  ];
  const inPlan = personalKinds(details.plan);
  if (inPlan.length > 0) return refused('ticket.planPersonal', { kinds: inPlan });
  // An office's telephone is what he is sent to.
  const inAdvice = personalKinds(details.advice).filter((kind) => kind !== 'landline');
  if (inAdvice.length > 0) return refused('ticket.advicePersonal', { kinds: inAdvice });
  const open = ticket.openParts ?? [];
  // One reply from all: the lead waits for the others, or says why it answers without them.
  if (move === 'reportDone' && open.length > 0 && (details.withoutParts ?? '').trim() === '') {
    return refused('ticket.partsOpen', { open });
  }
  if ((move === 'acceptReturn' || move === 'handOver') && details.unitCode === ticket.unitCode) {
    return refused('ticket.sameUnit');
  }
  const unmet = openConditions(move, ticket.interim ?? null);
  if (unmet.length > 0) return refused('ticket.conditionOpen', { open: unmet });
  if (move === 'returnTicket') {
    const unitCode = ticket.unitCode ?? '';
    if (details.suggestedUnitCode === unitCode) return refused('ticket.sameUnit');
    const returnedBefore = ticket.returnedBy.includes(unitCode);
    const refusal = returnRefusal(
      { dispatchedAt: ticket.dispatchedAt ?? now, returnedBefore },
      now,
      calendars.unit,
    );
    if (refusal !== null) return refused(refusal.code, refusal.data);
  }
  // Looked at once for each time that it was done: who says it again of the same says nothing new.
  if (move === 'dispute' && ticket.disputed === true) return refused('ticket.disputedBefore');
  if (move === 'rework' && ticket.unitCode === null) return refused('ticket.noUnit');
  if (move === 'reopen' || (move === 'dispute' && ticket.state === 'closed')) {
    const refusal = reopenRefusal(
      ticket.closedAt ?? now,
      now,
      limits.reopenWithinDays,
      calendars.centre.zone,
    );
    if (refusal !== null) return refused(refusal.code, refusal.data);
  }
  // Whichever way it is wanted: the figures of satisfaction rest on what was written down of a visit.
  if (move === 'close' && ticket.heard !== true) return refused('visit.unheard');
  const unvisited =
    move === 'closeUnvisited' ? unvisitedRefusal(ticket.citizen?.number ?? '', ticket.tried) : null;
  if (unvisited !== null) return refused(unvisited.code, unvisited.data);
  const effects = clockEffectsOf(move);
  const contactedAt = contactedAfter(move, ticket, details.unitCode !== undefined, now);
  const contactOwed = owesContact({ ...ticket, contactedAt });
  const stages = stageMarks(
    [move],
    decided.event.toState,
    now,
    ticket.urgency,
    limits.stages,
    calendars,
    contactOwed,
  );
  const event = withPromise(decided.event, stages, calendars.centre.zone);
  return {
    kind: 'moved',
    change: {
      event,
      state: event.toState,
      unitCode: details.unitCode ?? ticket.unitCode,
      dispatchedAt: details.unitCode === undefined ? ticket.dispatchedAt : now,
      closedAt: closedAfter(event.toState, ticket, now),
      contactedAt,
      partsEnded: partsEndedBy(move, event.toState),
      marks: withSource(
        [
          ...(effects.unit === 'start'
            ? marksOf('unit', now, ticketLimit(limits, ticket), calendars.unit)
            : []),
          ...stages,
        ],
        sourceOf(limits, ticket.extendedBy),
      ),
      resumed: (['citizen', 'unit'] as const).filter((clock) => effects[clock] === 'resume'),
      resumedStages: stagesResumedBy(move),
    },
  };
}

/**
 * Since when it is closed, which the time to open it again and the archive are counted from (H15). What is archived stays closed
 * since it was. A dispute that was looked at and not borne out changes nothing of it: the result stands since it was told, and
 * who disputes it does not begin the time anew (合格的归档, RD-15).
 */
export function closedAfter(
  to: TicketState,
  { state, closedAt }: Pick<MovingTicket, 'state' | 'closedAt'>,
  now: number,
): number | null {
  if (to === 'archived' || (to === 'disputed' && (state === 'closed' || state === 'disputed')))
    return closedAt;
  if (to !== 'closed') return null;
  return state === 'disputed' ? (closedAt ?? now) : now;
}

/** A citizen who disputes the result is told by when somebody has looked at it. */
function withPromise<E extends TicketEvent>(event: E, marks: readonly DeadlineMark[], zone: string): E {
  const end = marks.find(({ kind, level }) => kind === 'recheck' && level === OVERDUE_LEVEL);
  if (end === undefined) return event;
  return { ...event, body: { ...event.body, recheckBy: localDateOf(end.dueAt, zone) } };
}

function bodyOf(
  move: TicketMove,
  { unitCode, citizen }: MovingTicket,
  details: MoveDetails,
): Readonly<Record<string, unknown>> {
  // A return names who returned: the ticket will have another unit by then.
  if (move === 'returnTicket') return { ...details, by: unitCode };
  if (details.reply === undefined) return { ...details };
  const reply = replyWith(details.reply, details);
  return { ...details, reply, ...replyBody(reply, citizen) };
}
