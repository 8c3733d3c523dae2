import { comingStep, type EscalationStep, type PressedTicket } from '../../domain/tickets/escalation.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { calendarsFor, limitsOf } from '../deadlines/counting.ts';
import { oneByOne } from '../one-by-one.ts';
import type { CalendarSource, TicketSettings } from '../ports/calendar.ts';
import type { Log } from '../ports/log.ts';
import { matterRow } from '../ports/oversight-jobs.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { urgeByRule } from '../tickets/urge-ticket.ts';
import { issueByRule, type SupervisionDeps } from './issue-order.ts';

const BATCH = 200;

/**
 * The step that is due of one ticket, decided from the books while it is held: whoever asks, and however often, takes each step
 * once. Null: none is due. What comes next goes to the job queue by the outbox. The settings are read before the transaction:
 * asked for within, each would want a second connection.
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
    const coming = ticket === null ? null : stepOf(ticket, settings);
    if (ticket === null || coming === null) return null;
    const now = deps.now();
    const again = (): Promise<void> =>
      deps.ticketMoves.tell(matterRow({ kind: 'pressed', id: ticketId }), tx);
    if (now < coming.at) {
      // Its job came for what the unit has put off since by doing something: it comes again at the moment of now.
      await again();
      return null;
    }
    switch (coming.step) {
      case 'urge': {
        await urge(ticket, now, tx);
        const next = stepOf({ ...ticket, urgedAt: [...ticket.urgedAt, now] }, settings);
        if (next !== null) await again();
        return coming.step;
      }
      case 'order':
        return (await order(ticketId, 'overdue', tx)) === null ? null : coming.step;
      default:
        return coming.step satisfies never;
    }
  };
}

/**
 * What the job of a ticket does whose unit lets its time run out: urges or supervises it, by the limits that it was accepted under
 * and its unit's calendar. False: no step was due.
 */
export function escalateTicket(deps: SupervisionDeps & { readonly database: Database }) {
  const inside = escalateInside(deps);
  return async (ticketId: string): Promise<boolean> => {
    const settings = await deps.calendar.load();
    return (await deps.database.transact((tx) => inside(ticketId, settings, tx))) !== null;
  };
}

/**
 * Tickets of which a step is due by a moment, each with its own: what a worker left undone when it died is among them. One that
 * cannot be decided is told of in the log, and the others are found all the same.
 */
export function pressedDue(deps: {
  readonly supervision: Pick<SupervisionBook, 'pressed'>;
  readonly calendar: CalendarSource;
  readonly log: Pick<Log, 'error'>;
}) {
  return async (until: number): Promise<readonly { readonly ticketId: string; readonly dueAt: number }[]> => {
    const settings = await deps.calendar.load();
    const early = settings.limits.some(({ urgeAtPercent }) => urgeAtPercent !== null && urgeAtPercent < 100);
    const due: { readonly ticketId: string; readonly dueAt: number }[] = [];
    for (let after: string | null = null; ; ) {
      const page: readonly PressedTicket[] = await deps.supervision.pressed(early, after, BATCH);
      await oneByOne(page, deps.log, async (ticket) => {
        const coming = stepOf(ticket, settings);
        if (coming === null || coming.at > until) return false;
        due.push({ ticketId: ticket.ticketId, dueAt: coming.at });
        return true;
      });
      const last = page.at(-1);
      if (last === undefined || page.length < BATCH) return due;
      after = last.ticketId;
    }
  };
}

/** When the next step of one ticket is due; null: none comes by itself. */
export function pressedNext(deps: {
  readonly supervision: Pick<SupervisionBook, 'pressedOne'>;
  readonly calendar: CalendarSource;
}) {
  return async (ticketId: string): Promise<number | null> => {
    const settings = await deps.calendar.load();
    const ticket = await deps.supervision.pressedOne(ticketId);
    return ticket === null ? null : (stepOf(ticket, settings)?.at ?? null);
  };
}

function stepOf(ticket: PressedTicket, settings: TicketSettings): ReturnType<typeof comingStep> {
  const { unit } = calendarsFor(settings, ticket.unitCode, ticket);
  return comingStep(ticket, limitsOf(settings, ticket.acceptedAt), unit);
}
