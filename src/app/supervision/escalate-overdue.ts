import { type EscalationStep, escalationStep, type PressedTicket } from '../../domain/tickets/escalation.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { calendarsFor, limitsOf } from '../deadlines/counting.ts';
import { oneByOne } from '../one-by-one.ts';
import type { TicketSettings } from '../ports/calendar.ts';
import type { Log } from '../ports/log.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { urgeByRule } from '../tickets/urge-ticket.ts';
import { issueByRule, type SupervisionDeps } from './issue-order.ts';

const BATCH = 200;

/**
 * The step that is due of one ticket, decided from the books while it is held: whoever asks, and however often, takes each step
 * once. Null: none is due. The settings are read before the transaction: asked for within, each would want a second connection.
 */
export function escalateInside(deps: SupervisionDeps) {
  const urge = urgeByRule(deps);
  const order = issueByRule(deps);
  return async (
    ticketId: string,
    settings: TicketSettings,
    tx: Transaction,
  ): Promise<EscalationStep | null> => {
    if ((await deps.ticketMoves.lock(ticketId, sightOf(SYSTEM), tx)) === null) return null;
    const ticket = await deps.supervision.pressedOne(ticketId, tx);
    if (ticket === null) return null;
    const now = deps.now();
    const step = stepOf(ticket, settings, now);
    switch (step) {
      case 'urge':
        await urge(ticket, now, tx);
        return step;
      case 'order':
        return (await order(ticketId, 'overdue', tx)) === null ? null : step;
      case null:
        return null;
      default:
        return step satisfies never;
    }
  };
}

/**
 * Urges and supervises whoever lets tickets run out, by the limits that each was accepted under and its unit's calendar; what
 * a worker left undone when it died is found here. Returns how many steps were taken.
 */
export function escalateOverdue(
  deps: SupervisionDeps & { readonly database: Database; readonly log: Pick<Log, 'error'> },
) {
  const inside = escalateInside(deps);
  const escalate = async (ticket: PressedTicket): Promise<boolean> => {
    const settings = await deps.calendar.load();
    if (stepOf(ticket, settings, deps.now()) === null) return false;
    return (await deps.database.transact((tx) => inside(ticket.ticketId, settings, tx))) !== null;
  };
  return async (): Promise<number> => {
    const { limits } = await deps.calendar.load();
    const early = limits.some(({ urgeAtPercent }) => urgeAtPercent !== null && urgeAtPercent < 100);
    let taken = 0;
    for (let after: string | null = null; ; ) {
      const page: readonly PressedTicket[] = await deps.supervision.pressed(early, after, BATCH);
      taken += await oneByOne(page, deps.log, escalate);
      const last = page.at(-1);
      if (last === undefined || page.length < BATCH) return taken;
      after = last.ticketId;
    }
  };
}

function stepOf(ticket: PressedTicket, settings: TicketSettings, now: number): EscalationStep | null {
  const { unit } = calendarsFor(settings, ticket.unitCode);
  return escalationStep(ticket, limitsOf(settings, ticket.acceptedAt), unit, now);
}
