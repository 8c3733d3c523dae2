import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { threadNumber } from '../../domain/threads/complexity.ts';
import {
  type EarlierAppeal,
  type Match,
  matterOf,
  type NamedAppeal,
  NEAR_MS,
  placeOf,
  sameMatterOf,
} from '../../domain/threads/matching.ts';
import { matterOf as thingsOf } from '../dispatch/matter-of.ts';
import type { DispatchCatalogue } from '../ports/dispatch.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { ThreadBook, UnthreadedTicket } from '../ports/threads.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

const BATCH = 100;
/** Nobody reads on further than this in one person's past. */
const PAST_MOST = 50;
/** A name is said with what stands above it, and without: its end is the same. */
const NAME_END = 3;

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
 * cannot be had) and like an earlier one of his, though it be years old; else of whomever, about the same thing at the same
 * place and time. The first of its matter waits for a second before there is a thread. Old
 * tickets are taken in as well, the oldest first. Returns how many were looked at; each once, however many workers.
 */
export function threadTickets(deps: ThreadDeps & { readonly dispatchCatalogue: DispatchCatalogue }) {
  const open = openThread(deps);
  const named = async (one: EarlierAppeal): Promise<NamedAppeal> => {
    const text = `${one.place}，${one.words}`;
    const { categoryCode } = one;
    const { assets } = await thingsOf(deps.dispatchCatalogue, { categoryCode, text, citizenNumber: '' });
    return { ...one, assets };
  };
  const ofOthers = async (ticket: UnthreadedTicket, tx: Transaction): Promise<Match | null> => {
    const place = placeOf(ticket);
    if (!ticket.open || place === '') return null;
    const near = { named: place.slice(-NAME_END), at: ticket.at, withinMs: NEAR_MS };
    const others = await deps.threads.ofMatter(ticket.ticketId, near, PAST_MOST, tx);
    return sameMatterOf(await named(ticket), await Promise.all(others.map(named)));
  };
  const one = (ticket: UnthreadedTicket): Promise<void> =>
    deps.database.transact(async (tx) => {
      await deps.threads.lock(tx);
      const { areaCode } = await deps.messages.settings(tx);
      const { ticketId, citizenNumber } = ticket;
      const number = citizenNumber === '' ? null : normaliseNumber(citizenNumber, areaCode);
      if (!(await deps.threads.keepPerson(ticketId, number, tx))) return;
      if (ticket.type === 'PRAISE') return;
      // Not as the batch read it: one before it in the batch may have taken it along.
      if ((await deps.threads.threadOf(ticketId, tx)) !== null) return;
      const his = number === null ? [] : await deps.threads.ofPerson(ticketId, PAST_MOST, tx);
      const match = matterOf(ticket, his) ?? (await ofOthers(ticket, tx));
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
