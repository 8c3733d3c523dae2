import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { addDays, localDateOf } from '../../domain/deadlines/local-time.ts';
import { noticeAt } from '../../domain/deadlines/notice-hours.ts';
import { planReminder, SOONEST_REMINDER_DAYS } from '../../domain/tickets/long-term.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { planLateKey } from '../../domain/tickets/ticket-alarms.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import type { AgeingTickets } from '../ports/ageing-tickets.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { Database } from '../ports/transaction.ts';
import type { MoveTicketDeps } from './move-ticket.ts';

/**
 * Reminds of the day on which a long-term item is looked at again: on its time line, from where its unit is written to; once it
 * is passed over by an alarm as well. Only in notice hours, each reminder once, by any number of workers.
 */
export function remindPlans(
  deps: MoveTicketDeps & {
    readonly database: Database;
    readonly ageing: AgeingTickets;
    readonly alarms: AlarmBook;
  },
) {
  return async (): Promise<number> => {
    const settings = await deps.calendar.load();
    const now = deps.now();
    if (noticeAt(now, settings.noticeHours, chinaCalendar(settings.calendar), false) !== now) return 0;
    const today = localDateOf(now, settings.calendar.zone);
    let reminded = 0;
    for (const plan of await deps.ageing.plansBy(addDays(today, SOONEST_REMINDER_DAYS))) {
      if (planReminder(plan, today) === null) continue;
      const told = await deps.database.transact(async (tx) => {
        const { ticketId } = plan;
        await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
        // Read again under the lock: it was looked at meanwhile, or another worker has said it.
        const standing = await deps.ageing.planOf(ticketId, tx);
        const reminder = standing === null ? null : planReminder(standing, today);
        if (standing === null || reminder === null) return false;
        const { number, reviewOn, unitCode } = standing;
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
          const detail = `挂账工单 ${number} 应于 ${reviewOn} 复核，已逾期 Long-term item not looked at on its day`;
          const about = { kind: 'ticket.planLate', key: planLateKey(ticketId, reviewOn) } as const;
          await deps.alarms.raise({ id: deps.newId(), ...about, detail, subject: ticketId, atMs: now }, tx);
        }
        return true;
      });
      if (told) reminded += 1;
    }
    return reminded;
  };
}
