import type { TicketNotice } from '../../live/notices.ts';
import type { PartDeps } from './part-acts.ts';

const BATCH = 100;

/**
 * Tells of parts whose time runs out or is over: a line on the ticket's time line and a notice, in the transaction
 * that notes it as told. The database is asked for what is due, so nothing is lost with the job queue, and of two
 * workers the second finds it told. Returns how many; `BATCH` means there may be more.
 */
export function markParts(deps: Omit<PartDeps, 'calendar'>) {
  const { database, ticketParts, ticketMoves, now, newId } = deps;
  return async (): Promise<number> => {
    const due = await ticketParts.due(now(), BATCH);
    for (const { id, ticketId } of due) {
      await database.transact(async (tx) => {
        const tree = await ticketParts.lockTree(ticketId, tx);
        const part = tree?.parts.find((one) => one.id === id);
        if (tree == null || part === undefined) return;
        const at = now();
        const marked = await ticketParts.mark(id, at, tx);
        if (marked === null) return;
        const { number, unitCode } = part;
        await ticketMoves.note(
          ticketId,
          {
            id: newId(),
            at,
            actorId: null,
            type: marked.what,
            reason: '',
            body: { part: number, of: unitCode, dueAt: new Date(marked.dueAt).toISOString() },
          },
          tx,
        );
        const notice: TicketNotice = {
          kind: marked.what,
          ticketId,
          ticketNumber: tree.ticketNumber,
          unitCode,
          atMs: at,
          clock: null,
          level: null,
          part: number,
        };
        await ticketParts.tell(notice, ticketId, tx);
      });
    }
    return due.length;
  };
}
