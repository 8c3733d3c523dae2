import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { threadNumber } from '../../domain/threads/complexity.ts';
import { matterOf } from '../../domain/threads/matching.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { ThreadBook, UnthreadedTicket } from '../ports/threads.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

const BATCH = 100;
/** Nobody reads on further than this in one person's past. */
const PAST_MOST = 50;

export interface ThreadDeps {
  readonly database: Database;
  readonly threads: ThreadBook;
  readonly messages: Pick<MessageBook, 'settings'>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** A thread whose first ticket is of that moment. */
export function openThread(deps: ThreadDeps) {
  return async (id: string, firstAt: number, tx: Transaction): Promise<{ readonly number: string }> => {
    const { zone } = await deps.messages.settings(tx);
    const number = threadNumber(localDateOf(firstAt, zone), await deps.threads.nextNumber(tx));
    await deps.threads.open({ id, number, at: firstAt }, tx);
    return { number };
  };
}

/**
 * Puts each ticket that nobody has looked at into the thread of its matter: of the same person (by a key from which his number
 * cannot be had) and like an earlier one of his. The first of its matter waits for a second before there is a thread. Old
 * tickets are taken in as well, the oldest first. Returns how many were looked at; each once, however many workers.
 */
export function threadTickets(deps: ThreadDeps) {
  const open = openThread(deps);
  const one = (ticket: UnthreadedTicket): Promise<void> =>
    deps.database.transact(async (tx) => {
      await deps.threads.lock(tx);
      const { areaCode } = await deps.messages.settings(tx);
      const { ticketId, citizenNumber } = ticket;
      const number = citizenNumber === '' ? null : normaliseNumber(citizenNumber, areaCode);
      if (!(await deps.threads.keepPerson(ticketId, number, tx))) return;
      if (ticket.type === 'PRAISE' || ticket.threadId !== null || number === null) return;
      const match = matterOf(ticket, await deps.threads.ofPerson(ticketId, PAST_MOST, tx));
      if (match === null) return;
      const { earlier, reason } = match;
      const at = deps.now();
      let threadId = earlier.threadId;
      if (threadId === null) {
        threadId = deps.newId();
        await open(threadId, Math.min(earlier.at, ticket.at), tx);
        const first = { id: deps.newId(), threadId, ticketId: earlier.ticketId, at, by: null, reason };
        await deps.threads.join(first, tx);
      }
      await deps.threads.join({ id: deps.newId(), threadId, ticketId, at, by: null, reason }, tx);
    });
  return async (): Promise<number> => {
    const tickets = await deps.threads.unthreaded(BATCH);
    for (const ticket of tickets) await one(ticket);
    return tickets.length;
  };
}
