import { graverThan, TRIGGER_NAMES } from '../../domain/tickets/supervision.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import type { UnansweredOrder } from '../ports/supervision.ts';
import type { Database } from '../ports/transaction.ts';
import { ESCALATED_WORKING_DAYS, issueInside, type SupervisionDeps } from './issue-order.ts';

type FollowDeps = SupervisionDeps & { readonly database: Database };

/**
 * Follows an order that its unit did not answer in time by a graver one, once: written assignment, then the circular. False: none
 * follows. A ticket that another unit has by now, or nobody, is left to the person who supervises it.
 */
export function followOrder(deps: FollowDeps) {
  const inside = issueInside(deps);
  return async ({
    id,
    number,
    ticketId,
    unitCode,
    instrument: before,
    trigger,
  }: UnansweredOrder): Promise<boolean> => {
    const instrument = graverThan(before);
    if (instrument === null) return false;
    const demand = `${TRIGGER_NAMES.unanswered}：${number}。请立即反馈办理情况。`;
    const issued = await deps.database.transact(async (tx) => {
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx);
      // A task is its unit's, whoever has the ticket.
      if (trigger !== 'meetingTask' && ticket?.unitCode !== unitCode) return null;
      // Looked for before it was held: what was answered or taken back since is not followed.
      const standing = await deps.supervision.lock(id, sightOf(SYSTEM), tx);
      if (standing?.state !== 'issued') return null;
      const document: Record<string, string> = instrument === 'notice' ? { facts: demand } : {};
      const order = {
        ticketId,
        unitCode,
        instrument,
        demand,
        document,
        escalates: id,
        actor: SYSTEM,
      } as const;
      return inside({ ...order, trigger: 'unanswered', workingDays: ESCALATED_WORKING_DAYS }, tx);
    });
    return issued !== null;
  };
}

/** The same of all, for what the job of an order left undone. Returns how many were followed. */
export function escalateOrders(deps: FollowDeps) {
  const follow = followOrder(deps);
  return async (limit: number): Promise<number> => {
    let followed = 0;
    for (const late of await deps.supervision.unanswered(deps.now(), limit)) {
      if (await follow(late)) followed += 1;
    }
    return followed;
  };
}
