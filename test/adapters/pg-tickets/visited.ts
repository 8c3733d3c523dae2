import { randomUUID } from 'node:crypto';
import { calendarBooks } from '../../../src/adapters/pg/calendar.ts';
import { supervisionBooks } from '../../../src/adapters/pg/supervision.ts';
import { ticketMoveBooks } from '../../../src/adapters/pg/ticket-moves.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { visitBooks } from '../../../src/adapters/pg/visits.ts';
import { moveTicket } from '../../../src/app/tickets/move-ticket.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import type { Appeal } from '../../../src/domain/tickets/opening.ts';
import type { Actor } from '../../../src/domain/tickets/ticket.ts';
import { REVIEWED } from '../../support/reviewed.ts';
import { appeal, type County } from './county.ts';

/** What return visits lean on, over this county's database and a clock of the test's. */
export const visitDeps = (county: County, now: () => number) => ({
  database: county.db,
  tickets: ticketBooks(county.db),
  ticketMoves: ticketMoveBooks(county.db),
  supervision: supervisionBooks(county.db),
  visits: visitBooks(county.db),
  calendar: calendarBooks(county.db),
  now,
  newId: randomUUID,
});

/** From wherever it is (dispatched or handling) to its return visit. */
export async function reported(
  county: County,
  now: () => number,
  id: string,
  from: 'dispatched' | 'handling',
  unit: Actor = county.unit,
): Promise<number> {
  const move = moveTicket(visitDeps(county, now));
  const step = (what: 'signFor' | 'handle' | 'reportDone' | 'visit', actor = unit) =>
    move({
      id,
      move: what,
      version: null,
      reason: '办理',
      details:
        what === 'reportDone' ? { reply: '已修复。' } : what === 'visit' ? { checklist: REVIEWED } : {},
      actor,
    });
  if (from === 'dispatched') {
    await step('signFor');
    await step('handle');
  }
  await step('reportDone');
  return (await step('visit', county.lead)).version;
}

/** A ticket that waits for its return visit. */
export async function toVisit(
  county: County,
  now: () => number,
  over: Partial<Appeal> = {},
  unit: Actor = county.unit,
): Promise<{ readonly id: string; readonly number: string; readonly version: number }> {
  const { id, number } = await openTicket(visitDeps(county, now))({
    appeal: appeal(over),
    callId: null,
    actor: county.agent,
  });
  return { id, number, version: await reported(county, now, id, 'dispatched', unit) };
}
