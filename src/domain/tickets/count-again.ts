import {
  CLOCKS,
  type DeadlineMark,
  type MarkClock,
  type MarkKind,
  marksOf,
  withSource,
} from '../deadlines/clocks.ts';
import { type LimitedTicket, type LimitSet, sourceOf, ticketLimit } from '../deadlines/limit-set.ts';
import { isStage } from './deadline-firing.ts';
import { type Calendars, marksOfStage } from './stage-marks.ts';

/** A mark that has not fired, as it was counted before. */
export interface PendingMark {
  readonly clock: MarkClock;
  readonly kind: MarkKind;
  readonly level: number;
  readonly startsAt: number;
  readonly dueAt: number;
  readonly provisional: boolean;
}

/**
 * The pending marks of a ticket counted anew from the same starts, by the limits that it keeps and the calendars of
 * now. A ticket made urgent after it was accepted keeps what its citizen was promised: his clock goes on by the limit that it
 * began with. Only those whose time or certainty differs; what has fired stays as it was.
 */
export function countAgain(
  ticket: LimitedTicket & { readonly madeUrgentAt: number | null; readonly marks: readonly PendingMark[] },
  limits: LimitSet,
  calendars: Calendars,
): readonly DeadlineMark[] {
  const limit = ticketLimit(limits, ticket);
  const clocks = CLOCKS.flatMap((clock) => {
    const started = ticket.marks.find((mark) => mark.clock === clock);
    const calendar = clock === 'unit' ? calendars.unit : calendars.centre;
    if (started === undefined) return [];
    const isPromised = clock === 'citizen' && started.startsAt < (ticket.madeUrgentAt ?? 0);
    const kept = isPromised ? ticketLimit(limits, { ...ticket, urgency: 'normal' }) : limit;
    return marksOf(clock, started.startsAt, kept, calendar);
  });
  const running = new Map(
    ticket.marks.flatMap(({ kind, startsAt }) => (isStage(kind) ? [[kind, startsAt] as const] : [])),
  );
  const stages = [...running].flatMap(([stage, startsAt]) =>
    marksOfStage(stage, startsAt, ticket.urgency, limits.stages, calendars),
  );
  const before = new Map(ticket.marks.map((mark) => [nameOf(mark), mark]));
  const changed = [...clocks, ...stages].filter((mark) => {
    const was = before.get(nameOf(mark));
    return was !== undefined && (was.dueAt !== mark.dueAt || was.provisional !== mark.provisional);
  });
  return withSource(changed, sourceOf(limits, ticket.extendedBy));
}

const nameOf = ({ clock, kind, level }: Pick<PendingMark, 'clock' | 'kind' | 'level'>): string =>
  `${clock} ${kind} ${level}`;
