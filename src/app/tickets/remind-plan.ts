import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { noticeAt } from '../../domain/deadlines/notice-hours.ts';
import { nextPlanReminder, planReminder } from '../../domain/tickets/long-term.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { planLateKey } from '../../domain/tickets/ticket-alarms.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import type { AgeingTickets } from '../ports/ageing-tickets.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { Database } from '../ports/transaction.ts';
import type { MoveTicketDeps } from './move-ticket.ts';

export type PlanDeps = MoveTicketDeps & {
  readonly database: Database;
  readonly ageing: AgeingTickets;
  readonly alarms: Pick<AlarmBook, 'raise'>;
};

/**
 * Reminds of the day on which a long-term item is looked at again: on its time line, from where its unit is written to; once it
 * is passed over by an alarm as well. Only in notice hours, each reminder once, by any number of workers. False: nothing is said
 * now.
 */
export function remindPlan(deps: PlanDeps) {
  return async (ticketId: string): Promise<boolean> => {
    const settings = await deps.calendar.load();
    const now = deps.now();
    if (noticeAt(now, settings.noticeHours, chinaCalendar(settings.calendar), false) !== now) return false;
    const today = localDateOf(now, settings.calendar.zone);
    return deps.database.transact(async (tx) => {
      await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
      // Read under the lock: it was looked at meanwhile, or another worker has said it.
      const standing = await deps.ageing.planOf(ticketId, tx);
      if (standing === null) return false;
      const { number, reviewOn, unitCode } = standing;
      await deps.ageing.remindNext(ticketId, nextPlanReminder(reviewOn, today), tx);
      const reminder = planReminder(standing, today);
      if (reminder === null) return false;
      await deps.ticketMoves.note(
        ticketId,
        {
          ...{ id: deps.newId(), at: now, actorId: null, fromState: null, toState: null },
          ...{ type: 'planReminded', reason: '', body: { reminder, reviewOn } },
        },
        tx,
      );
      const notice = { kind: 'planReminded', ticketId, ticketNumber: number, unitCode, atMs: now } as const;
      const body = { ...notice, clock: null, level: null };
      await deps.ticketMoves.tell({ topic: 'ticketMoved', key: ticketId, body }, tx);
      if (reminder === 'late') {
        const words = {
          detail: `挂账工单 ${number} 应于 ${reviewOn} 复核，已逾期`,
          detailEn: `Long-term item ${number} was to be looked at on ${reviewOn} and was not`,
        };
        const about = { kind: 'ticket.planLate', key: planLateKey(ticketId, reviewOn) } as const;
        await deps.alarms.raise({ id: deps.newId(), ...about, ...words, subject: ticketId, atMs: now }, tx);
      }
      return true;
    });
  };
}
