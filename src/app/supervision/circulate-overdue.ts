import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { circularFrom, isCirculated, TRIGGER_NAMES } from '../../domain/tickets/supervision.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { calendarsFor, limitsOf } from '../deadlines/counting.ts';
import { oneByOne } from '../one-by-one.ts';
import type { CalendarSource, TicketSettings } from '../ports/calendar.ts';
import type { Log } from '../ports/log.ts';
import type { OverdueTicket, SupervisionBook } from '../ports/supervision.ts';
import type { Database } from '../ports/transaction.ts';
import { ESCALATED_WORKING_DAYS, issueInside, type SupervisionDeps } from './issue-order.ts';

const BATCH = 200;
const REAL_TIME = { daySeconds: null };
/** No working days are shorter than so many natural ones. */
const DAY_MS = 86_400_000;

/**
 * Tickets that a unit lets run over for longer than the limits bear (超期5个工作日以上的予以通报) by a moment, each with the moment from
 * which it does, by the limits that the ticket was accepted under and its unit's calendar. What is newly late is not even read;
 * one that cannot be decided is told of in the log, and the others are found all the same.
 */
export function circularsDue(deps: {
  readonly supervision: Pick<SupervisionBook, 'overdueSince'>;
  readonly calendar: CalendarSource;
  readonly log: Pick<Log, 'error'>;
}) {
  return async (until: number): Promise<readonly { readonly ticketId: string; readonly dueAt: number }[]> => {
    const settings = await deps.calendar.load();
    const days = settings.limits.flatMap(({ circularAfterWorkingDays: one }) => (one === null ? [] : [one]));
    if (days.length === 0) return [];
    const before = until - Math.min(...days) * DAY_MS;
    const due: { readonly ticketId: string; readonly dueAt: number }[] = [];
    for (let after: string | null = null; ; ) {
      const page: readonly OverdueTicket[] = await deps.supervision.overdueSince(before, after, BATCH);
      await oneByOne(page, deps.log, async (late) => {
        const from = fromOf(late, settings);
        if (from === null || from >= until) return false;
        due.push({ ticketId: late.ticketId, dueAt: from + 1 });
        return true;
      });
      const last = page.at(-1);
      if (last === undefined || page.length < BATCH) return due;
      after = last.ticketId;
    }
  };
}

/** Tells of such a ticket in a circular: once for each time that its unit is late with it. False: it is none, or none yet. */
export function circulateOverdue(deps: SupervisionDeps & { readonly database: Database }) {
  const issue = issueInside(deps);
  return async (ticketId: string): Promise<boolean> => {
    const settings = await deps.calendar.load();
    const issued = await deps.database.transact(async (tx) => {
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
      // What was reported, or went to another unit, since its moment came is not told of.
      if (ticket === null || !isCirculated(ticket.state)) return null;
      const now = deps.now();
      const [late] = await deps.supervision.overdueSince(now, null, 1, { id: ticketId, tx });
      const from = late === undefined ? null : fromOf(late, settings);
      if (late === undefined || from === null || now <= from) return null;
      const days = limitsOf(settings, late.acceptedAt).circularAfterWorkingDays;
      const since = localDateOf(late.overdueAt, settings.calendar.zone);
      const demand = `${TRIGGER_NAMES.longOverdue}：工单${late.number}已于${since}到期，超期${days}个工作日以上仍未办结，予以通报。请立即办结并书面说明原因。`;
      return issue(
        {
          ...{ ticketId, instrument: 'notice', demand, document: { facts: demand }, actor: SYSTEM },
          ...{ trigger: 'longOverdue', workingDays: ESCALATED_WORKING_DAYS },
        },
        tx,
      );
    });
    return issued !== null;
  };
}

function fromOf(ticket: OverdueTicket, settings: TicketSettings): number | null {
  const days = limitsOf(settings, ticket.acceptedAt).circularAfterWorkingDays;
  return circularFrom(ticket.overdueAt, days, calendarsFor(settings, ticket.unitCode, REAL_TIME).unit);
}
