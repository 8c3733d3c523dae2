import {
  COMPLEX_REASON_NAMES,
  COMPLEX_REASON_NAMES_EN,
  complexityOf,
  transfersOf,
} from '../../domain/threads/complexity.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import { gatherAlone } from './gather-alone.ts';
import type { ThreadDeps } from './thread-tickets.ts';

const BATCH = 50;
const LATE_MS = 60_000;

/**
 * Counts anew what the threads whose tickets moved have borne, and flags a complex case (HM-09): on the time line of its newest
 * ticket and as an alarm, once; a single ticket is one as well as many are. The first look is at all threads there are, those after it at what moved since. A flag goes only when a person took tickets out of the thread. Returns how many were reviewed.
 */
export function reviewThreads(
  deps: ThreadDeps & { readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note'>; readonly alarms: AlarmBook },
) {
  const one = async ({ id }: { readonly id: string }): Promise<void> => {
    await deps.database.transact(async (tx) => {
      await deps.threads.lock(tx);
      const at = deps.now();
      const tickets = await deps.threads.burden(id, tx);
      const reasons = complexityOf(tickets);
      const transfers = transfersOf(tickets);
      // Asked under the lock: of two workers who look at once one flags it.
      const flagged = await deps.threads.reviewed(id, { at, transfers, reasons }, tx);
      const [newest] = tickets;
      if (!flagged || newest === undefined) return;
      const { ticketId, number } = newest;
      if ((await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx)) === null) return;
      const body = { threadId: id, reasons, transfers, tickets: tickets.length };
      const event = {
        id: deps.newId(),
        at,
        actorId: null,
        type: 'complexCase',
        reason: '',
        body,
      } as const;
      await deps.ticketMoves.note(ticketId, event, tx);
      const why = (names: typeof COMPLEX_REASON_NAMES, between: string): string =>
        reasons.map((reason) => names[reason]).join(between);
      const words = {
        detail: `复杂案件（最近工单 ${number}，共 ${tickets.length} 件）：${why(COMPLEX_REASON_NAMES, '、')}，请研究责任主体`,
        detailEn: `A complex case (newest ticket ${number}, ${tickets.length} in all): ${why(COMPLEX_REASON_NAMES_EN, ', ')}; name who is responsible`,
      };
      const about = { kind: 'thread.complex', key: `thread.complex:${id}`, subject: id } as const;
      // With the flag: a worker that dies in between would have told nobody, and nobody would again.
      await deps.alarms.raise({ id: deps.newId(), ...about, ...words, atMs: at }, tx);
    });
  };
  const gather = gatherAlone(deps);
  let lookedAt: number | null = null;
  return async (): Promise<number> => {
    const now = deps.now();
    // A transaction that began before the last look may have ended after it.
    const since = lookedAt === null ? 0 : lookedAt - LATE_MS;
    await gather(since);
    const due = await deps.threads.toReview(since, BATCH);
    for (const thread of due) await one(thread);
    if (due.length < BATCH) lookedAt = now;
    return due.length;
  };
}
