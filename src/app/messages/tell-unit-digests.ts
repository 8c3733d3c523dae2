import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { digestDay, digestText, NUMBERS_AT_MOST } from '../../domain/messages/unit-digest.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { TicketNoticeBook } from '../ports/ticket-notices.ts';
import type { Database } from '../ports/transaction.ts';
import { queueMessages } from './queue-messages.ts';

/**
 * On the morning of a working day each unit reads once what is late, and of what more than 80 or 50 % of the time is used up.
 * Several workers, or a restart at nine, write it once. Returns how many messages were queued.
 */
export function tellUnitDigests(deps: {
  readonly database: Database;
  readonly messages: MessageBook;
  readonly ticketNotices: TicketNoticeBook;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const queue = queueMessages(deps);
  return async (): Promise<number> => {
    const now = deps.now();
    const { calendar, noticeHours } = await deps.calendar.load();
    const day = digestDay(now, chinaCalendar(calendar), noticeHours);
    if (day === null) return 0;
    const { ticketSteps, municipality, mainNumber } = await deps.messages.settings();
    if (!ticketSteps) return 0;
    const loads = await deps.ticketNotices.loads(now, NUMBERS_AT_MOST);
    return deps.database.transact(async (tx) => {
      let queued = 0;
      for (const load of loads) {
        const text = digestText(load, { municipality, mainNumber });
        if (text === null) continue;
        const numbers = await deps.ticketNotices.contacts(load.unitCode, tx);
        const wanted = numbers.map((callerNumber) => ({
          kind: 'unitDigest' as const,
          callerNumber,
          text,
          subject: { kind: 'unit', id: load.unitCode },
          dedupeKey: `unitDigest:${load.unitCode}:${day}:${callerNumber}`,
        }));
        queued += (await queue(wanted, tx)).queued;
      }
      return queued;
    });
  };
}
