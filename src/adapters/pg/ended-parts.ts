import type { PartsEnded } from '../../domain/tickets/parts/ending.ts';
import { isOpen, PART_STATES } from '../../domain/tickets/parts/part-table.ts';
import type { TicketEvent } from '../../domain/tickets/time-line.ts';
import type { Queryable } from './database.ts';

const OPEN = PART_STATES.filter(isOpen)
  .map((state) => `'${state}'`)
  .join(', ');

/** What lies within the lead unit, at any depth. */
const WITHIN_LEAD = `
  with recursive within as (
    select id from ticket_parts where ticket_id = $1::uuid and parent_id is null and kind = 'sub'
    union all
    select p.id from ticket_parts p join within w on p.parent_id = w.id
  )`;

const END = (condition: string): string => `
  ended as (
    update ticket_parts p set state = 'withdrawn', version = p.version + 1, ended_at = $2
    from (select id, state from ticket_parts where ticket_id = $1::uuid) before
    where p.id = before.id and p.state in (${OPEN}) and ${condition}
    returning p.id, p.version, before.state as "from"
  )
  insert into ticket_part_events (part_id, seq, at, actor, move, from_state, to_state, words)
  select id, version, $2, $3::uuid, 'withdraw', "from", 'withdrawn', $4 from ended`;

/** Parts that the ticket's move takes back; its line on the time line says why. The ticket is locked. */
export async function endParts(
  on: Queryable,
  ticketId: string,
  which: PartsEnded,
  event: TicketEvent,
): Promise<void> {
  const values = [ticketId, new Date(event.at), event.actorId, `ticket: ${event.type}`];
  switch (which) {
    case 'none':
      return;
    case 'all':
      await on.query(`with ${END('p.ticket_id = $1::uuid')}`, values);
      return;
    case 'withinLead':
      await on.query(`${WITHIN_LEAD}, ${END('p.id in (select id from within)')}`, values);
      return;
    default:
      return which satisfies never;
  }
}
