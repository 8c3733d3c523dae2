import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { OVERDUE_LEVEL } from '../../domain/deadlines/clocks.ts';
import { noticeAt } from '../../domain/deadlines/notice-hours.ts';
import { orderLevel, SUPERVISE_STAGE } from '../../domain/tickets/order-time.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import type { TicketNotice } from '../live/notices.ts';
import { oneByOne } from '../one-by-one.ts';
import type { TicketSettings } from '../ports/calendar.ts';
import type { Log } from '../ports/log.ts';
import type { RunningOrder } from '../ports/supervision.ts';
import type { Database } from '../ports/transaction.ts';
import type { SupervisionDeps } from './issue-order.ts';

const BATCH = 200;

/**
 * Says of each order that its unit has not answered when most of its time is used up, and when it is over: a line on the time
 * line that names the unit whose time it was, and a notice, as of any stage (H10). Each once. Returns how many were said.
 */
export function timeOrders(
  deps: SupervisionDeps & { readonly database: Database; readonly log: Pick<Log, 'error'> },
) {
  const say = (seen: RunningOrder, settings: TicketSettings): Promise<boolean> => {
    const calendar = chinaCalendar(settings.calendar);
    const seenNow = orderLevel(seen, calendar, deps.now());
    if (seenNow === null) return Promise.resolve(false);
    return deps.database.transact(async (tx) => {
      const { id, ticketId } = seen;
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
      // Looked for before it was held: what was answered or said meanwhile is not said again.
      const order = ticket === null ? null : await deps.supervision.running(id, tx);
      const now = deps.now();
      const level = order === null ? null : orderLevel(order, calendar, now);
      if (ticket === null || order === null || level === null) return false;
      const { number, unitCode, dueAt } = order;
      await deps.supervision.timed(id, level, now, tx);
      const type = level === OVERDUE_LEVEL ? 'stageOverdue' : 'stageWarning';
      const about = { clock: 'stage', level, stage: SUPERVISE_STAGE } as const;
      const due = { dueAt: new Date(dueAt).toISOString(), lateMs: Math.max(0, now - dueAt) };
      const body = { ...about, unitCode, order: number, ...due };
      await deps.ticketMoves.note(
        ticketId,
        { id: deps.newId(), at: now, actorId: null, type, reason: '', body },
        tx,
      );
      const notice: TicketNotice = {
        ...{ kind: type, ticketId, ticketNumber: ticket.number, unitCode, atMs: now },
        ...about,
      };
      const urgent = ticket.urgency === 'urgent';
      const notBefore = noticeAt(now, settings.noticeHours, calendar, urgent);
      await deps.ticketMoves.tell(
        { topic: 'deadlineFired', key: `${id} ${level}`, body: notice, notBefore },
        tx,
      );
      return true;
    });
  };
  return async (): Promise<number> => {
    const settings = await deps.calendar.load();
    let said = 0;
    for (let after: string | null = null; ; ) {
      const page: readonly RunningOrder[] = await deps.supervision.allRunning(after, BATCH);
      said += await oneByOne(page, deps.log, (order) => say(order, settings));
      const last = page.at(-1);
      if (last === undefined || page.length < BATCH) return said;
      after = last.id;
    }
  };
}
