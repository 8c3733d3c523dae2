import type { AreaFigures, TicketAtPlace } from '../../app/ports/area-figures.ts';
import { betweenDays } from './call-counts.ts';
import { COUNTED_APPEAL } from './citizens-tickets.ts';
import { CONVENIENCE_CODES } from './convenience.ts';
import type { PgDatabase } from './database.ts';

/** $1 and $2 local days, $3 the last id of the page before, $4 how many. */
const TICKETS = `
  select t.id, t.place, t.title, t.state not in ('closed', 'archived', 'withdrawn') as open,
    exists (select from deadlines d where d.ticket_id = t.id and d.clock = 'citizen' and d.kind = 'overdue'
      and d.state = 'done') as overdue,
    exists (select from ticket_events e where e.ticket_id = t.id and e.type in ('rework', 'reopen')) as reworked,
    t.category_code = any (${CONVENIENCE_CODES}::text[]) as "isConvenience"
  from tickets t
  where ${betweenDays('t.accepted_at', '$1', '$2')} and ${COUNTED_APPEAL} and ($3::uuid is null or t.id > $3::uuid)
  order by t.id limit $4`;

export function areaFigureBooks(db: PgDatabase): AreaFigures {
  return {
    async tickets({ from, to }, after, limit) {
      return (await db.query<TicketAtPlace>(TICKETS, [from, to, after, limit])).rows;
    },
  };
}
