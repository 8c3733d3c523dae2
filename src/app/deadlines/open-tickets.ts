import type { CalendarEditBook, OpenTicket } from '../ports/calendar-edits.ts';
import type { Transaction } from '../ports/transaction.ts';

const BATCH = 1000;

/** Every open ticket, a batch at a time: there may be a hundred thousand. */
export async function eachOpenTicket(
  book: Pick<CalendarEditBook, 'openTickets'>,
  tx: Transaction,
  see: (batch: readonly OpenTicket[]) => void,
): Promise<void> {
  for (let last: string | null = null; ; ) {
    const tickets = await book.openTickets(last, BATCH, tx);
    see(tickets);
    last = tickets.at(-1)?.ticketId ?? null;
    if (tickets.length < BATCH) return;
  }
}
