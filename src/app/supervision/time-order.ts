import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { OVERDUE_LEVEL } from '../../domain/deadlines/clocks.ts';
import { noticeAt } from '../../domain/deadlines/notice-hours.ts';
import { orderLevel, SUPERVISE_STAGE } from '../../domain/tickets/order-time.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import type { TicketNotice } from '../live/notices.ts';
import type { Database } from '../ports/transaction.ts';
import { followOrder } from './follow-order.ts';
import type { SupervisionDeps } from './issue-order.ts';

/**
 * What the job of an order does (H10): says that its unit has not answered when most of its time is used up, and when it is over,
 * by a line on the time line that names the unit whose time it was, and a notice, as of any stage; what is over is followed by a
 * graver one. Each once, however many jobs of it there are. False: nothing was to be done.
 */
export function timeOrder(deps: SupervisionDeps & { readonly database: Database }) {
  const follow = followOrder(deps);
  const say = async (id: string): Promise<boolean> => {
    const seen = await deps.supervision.running(id);
    if (seen === null || orderLevel(seen, deps.now()) === null) return false;
    const { calendar, noticeHours } = await deps.calendar.load();
    return deps.database.transact(async (tx) => {
      const { ticketId } = seen;
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
      // Looked for before it was held: what was answered or said meanwhile is not said again.
      const order = ticket === null ? null : await deps.supervision.running(id, tx);
      const now = deps.now();
      const level = order === null ? null : orderLevel(order, now);
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
      const notBefore = noticeAt(now, noticeHours, chinaCalendar(calendar), urgent);
      await deps.ticketMoves.tell(
        { topic: 'deadlineFired', key: `${id} ${level}`, body: notice, notBefore },
        tx,
      );
      return true;
    });
  };
  return async (id: string): Promise<boolean> => {
    const said = await say(id);
    const [late] = await deps.supervision.unanswered(deps.now(), 1, id);
    return (late !== undefined && (await follow(late))) || said;
  };
}
