import type { Actor } from '../../domain/tickets/ticket.ts';
import type { TimeLineNote } from '../../domain/tickets/time-line.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Transaction } from '../ports/transaction.ts';
import { openThread, type ThreadDeps } from './thread-tickets.ts';

/**
 * A person knows better than the program: threads become one, tickets leave one and stand in a new one, each with a reason on
 * the tickets' time lines. Nothing is taken off the books: who was in which thread, and why no more, stays.
 */
export function arrangeThreads(
  deps: ThreadDeps & { readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note'> },
) {
  const open = openThread(deps);
  const note = async (
    ticketId: string,
    type: TimeLineNote,
    { actor, reason }: { readonly actor: Actor; readonly reason: string },
    body: Readonly<Record<string, unknown>>,
    tx: Transaction,
  ): Promise<void> => {
    const event = {
      id: deps.newId(),
      at: deps.now(),
      actorId: actor.accountId,
      type,
      reason,
      body,
    };
    await deps.ticketMoves.note(ticketId, event, tx);
  };
  const change = async (
    ticketId: string,
    from: string | null,
    into: string,
    why: { readonly actor: Actor; readonly reason: string },
    tx: Transaction,
  ): Promise<void> => {
    if ((await deps.ticketMoves.lock(ticketId, sightOf(why.actor), tx)) === null) {
      throw new AppError('ticket.unknown', { id: ticketId });
    }
    const at = deps.now();
    const by = why.actor.accountId;
    const { reason } = why;
    if (from !== null) await deps.threads.leave({ threadId: from, ticketId }, { at, by, reason }, tx);
    await deps.threads.join({ id: deps.newId(), threadId: into, ticketId, at, by, reason }, tx);
    await note(ticketId, 'threadChanged', why, { from, into }, tx);
  };

  return {
    /** Refuses with `thread.unknown`, `thread.same`, `ticket.unknown`. */
    merge: (asked: {
      readonly into: string;
      readonly from: string;
      readonly reason: string;
      readonly actor: Actor;
    }): Promise<void> =>
      deps.database.transact(async (tx) => {
        const { into, from } = asked;
        if (into === from) throw new AppError('thread.same', { id: into });
        await deps.threads.lock(tx);
        const [there, here] = [await deps.threads.members(into, tx), await deps.threads.members(from, tx)];
        if (there === null || here === null)
          throw new AppError('thread.unknown', { id: there === null ? into : from });
        for (const ticketId of here) await change(ticketId, from, into, asked, tx);
        await deps.threads.merged(from, into, tx);
      }),

    /** `threadId`: of the new thread. Refuses with `thread.unknown`, `thread.notMember`, `thread.nothingLeft`, `ticket.unknown`. */
    split: (asked: {
      readonly id: string;
      readonly threadId: string;
      readonly ticketIds: readonly string[];
      readonly reason: string;
      readonly actor: Actor;
    }): Promise<{ readonly id: string }> =>
      deps.database.transact(async (tx) => {
        const { id, threadId } = asked;
        await deps.threads.lock(tx);
        const members = await deps.threads.members(id, tx);
        if (members === null) throw new AppError('thread.unknown', { id });
        const leaving = [...new Set(asked.ticketIds)].sort();
        const stranger = leaving.find((ticketId) => !members.includes(ticketId));
        if (stranger !== undefined) throw new AppError('thread.notMember', { id: stranger });
        if (leaving.length === members.length) throw new AppError('thread.nothingLeft', { id });
        await open(threadId, deps.now(), tx);
        for (const ticketId of leaving) await change(ticketId, id, threadId, asked, tx);
        return { id: threadId };
      }),

    /**
     * Tickets of whomever, about one matter, in a thread: in the one that the first of them is in, else in a new one. Refuses with
     * `ticket.unknown`, `thread.elsewhere`.
     */
    gather: (asked: {
      readonly threadId: string;
      readonly ticketIds: readonly string[];
      readonly reason: string;
      readonly actor: Actor;
    }): Promise<{ readonly id: string }> =>
      deps.database.transact(async (tx) => {
        await deps.threads.lock(tx);
        const ticketIds = [...new Set(asked.ticketIds)].sort();
        const threads = await Promise.all(ticketIds.map((ticketId) => deps.threads.threadOf(ticketId, tx)));
        const known = [...new Set(threads.filter((one): one is string => one !== null))];
        // Two threads become one by being merged, which says so.
        if (known.length > 1) throw new AppError('thread.elsewhere', { threads: known });
        const id = known[0] ?? asked.threadId;
        if (known.length === 0) await open(id, deps.now(), tx);
        for (const [index, ticketId] of ticketIds.entries()) {
          if (threads[index] === null) await change(ticketId, null, id, asked, tx);
        }
        return { id };
      }),
  };
}
