import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { circularFrom, isCirculated, TRIGGER_NAMES } from '../../domain/tickets/supervision.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { calendarsFor, limitsOf } from '../deadlines/counting.ts';
import { oneByOne } from '../one-by-one.ts';
import type { Log } from '../ports/log.ts';
import type { OverdueTicket } from '../ports/supervision.ts';
import type { Database } from '../ports/transaction.ts';
import { ESCALATED_WORKING_DAYS, issueInside, type SupervisionDeps } from './issue-order.ts';

const BATCH = 200;
/** No working days are shorter than so many natural ones. */
const DAY_MS = 86_400_000;

/**
 * Tells of each ticket that its unit let run over for longer than the limits bear in a circular (超期5个工作日以上的予以通报), by the
 * limits that the ticket was accepted under and its unit's calendar: once for each time that the unit is late with it. Returns
 * how many went out.
 */
export function circulateOverdue(
  deps: SupervisionDeps & { readonly database: Database; readonly log: Pick<Log, 'error'> },
) {
  const issue = issueInside(deps);
  const circulate = async (late: OverdueTicket): Promise<boolean> => {
    const settings = await deps.calendar.load();
    const { ticketId, number, unitCode, acceptedAt, overdueAt } = late;
    const days = limitsOf(settings, acceptedAt).circularAfterWorkingDays;
    const from = circularFrom(overdueAt, days, calendarsFor(settings, unitCode).unit);
    if (from === null || deps.now() <= from) return false;
    const since = localDateOf(overdueAt, settings.calendar.zone);
    const demand = `${TRIGGER_NAMES.longOverdue}：工单${number}已于${since}到期，超期${days}个工作日以上仍未办结，予以通报。请立即办结并书面说明原因。`;
    const issued = await deps.database.transact(async (tx) => {
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
      // Looked for before it was held: what was reported, or went to another unit, since is not told of.
      if (ticket?.unitCode !== unitCode || !isCirculated(ticket.state)) return null;
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
  return async (): Promise<number> => {
    let sent = 0;
    for (let after: string | null = null; ; ) {
      const page: readonly OverdueTicket[] = await deps.supervision.overdueSince(
        deps.now() - DAY_MS,
        after,
        BATCH,
      );
      sent += await oneByOne(page, deps.log, circulate);
      const last = page.at(-1);
      if (last === undefined || page.length < BATCH) return sent;
      after = last.ticketId;
    }
  };
}
