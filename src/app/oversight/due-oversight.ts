import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { planReminderAt } from '../../domain/tickets/long-term.ts';
import { oneByOne } from '../one-by-one.ts';
import type { AgeingTickets } from '../ports/ageing-tickets.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { CircularBook } from '../ports/circulars.ts';
import type { Log } from '../ports/log.ts';
import type { OversightJob } from '../ports/oversight-jobs.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import { circularsDue } from '../supervision/circulate-overdue.ts';
import { pressedDue } from '../supervision/escalate-overdue.ts';

/**
 * All of supervision, circulars and plans that is due by a moment and was not done. Reads what is due and nothing else. A matter that
 * cannot be decided is told of in the log and holds back none of the others.
 */
export function dueOversight(deps: {
  readonly supervision: Pick<SupervisionBook, 'pressed' | 'ordersDue' | 'overdueSince'>;
  readonly circulars: Pick<CircularBook, 'receiptsDue'>;
  readonly ageing: Pick<AgeingTickets, 'plansDue'>;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly log: Pick<Log, 'error'>;
}) {
  const pressed = pressedDue(deps);
  const circulars = circularsDue(deps);
  return async (until: number): Promise<readonly OversightJob[]> => {
    const { calendar: local, noticeHours } = await deps.calendar.load();
    const calendar = chinaCalendar(local);
    const now = deps.now();
    const plans: OversightJob[] = [];
    await oneByOne(
      await deps.ageing.plansDue(localDateOf(until, calendar.zone)),
      deps.log,
      async ({ ticketId: id, remindOn }) => {
        const dueAt = planReminderAt(remindOn, now, noticeHours, calendar);
        plans.push({ kind: 'plan', id, unitCode: null, dueAt });
        return true;
      },
    );
    return [
      ...(await pressed(until)).map(({ ticketId: id, dueAt }) => ({
        ...{ kind: 'pressed' as const, id, unitCode: null, dueAt },
      })),
      ...(await deps.supervision.ordersDue(until)).map((order) => ({
        ...{ kind: 'order' as const, unitCode: null },
        ...order,
      })),
      ...(await circulars(until)).map(({ ticketId: id, dueAt }) => ({
        ...{ kind: 'longOverdue' as const, id, unitCode: null, dueAt },
      })),
      ...(await deps.circulars.receiptsDue(until)).map(({ circularId: id, unitCode, dueAt }) => ({
        ...{ kind: 'receipt' as const, id, unitCode, dueAt },
      })),
      ...plans,
    ].filter(({ dueAt }) => dueAt <= until);
  };
}
