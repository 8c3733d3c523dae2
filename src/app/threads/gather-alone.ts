import { COMPLEX_REASON_NAMES, complexityOf } from '../../domain/threads/complexity.ts';
import { openThread, type ThreadDeps } from './thread-tickets.ts';

const BATCH = 50;

/**
 * A single ticket may be a complex case by itself (HM-14, I10), as when three units have said that it is not theirs: it gets a
 * thread of its own, in which it is flagged, reported on, and found by the next appeal about it. Looks at what was handed about
 * since; each once, however many workers.
 */
export function gatherAlone(deps: ThreadDeps) {
  const open = openThread(deps);
  const gather = (ticketId: string, acceptedAt: number, reason: string): Promise<void> =>
    deps.database.transact(async (tx) => {
      await deps.threads.lock(tx);
      if ((await deps.threads.threadOf(ticketId, tx)) !== null) return;
      const threadId = deps.newId();
      await open(threadId, acceptedAt, tx);
      const member = { id: deps.newId(), threadId, ticketId, at: deps.now(), by: null, reason };
      await deps.threads.join(member, tx);
    });
  return async (since: number): Promise<void> => {
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof deps.threads.alone>> = await deps.threads.alone(
        since,
        after,
        BATCH,
      );
      for (const ticket of page) {
        const reasons = complexityOf([ticket]).map((one) => COMPLEX_REASON_NAMES[one]);
        if (reasons.length === 0) continue;
        await gather(ticket.ticketId, ticket.acceptedAt, `单件即为复杂案件：${reasons.join('、')}`);
      }
      const last = page.at(-1);
      if (last === undefined || page.length < BATCH) return;
      after = last.ticketId;
    }
  };
}
