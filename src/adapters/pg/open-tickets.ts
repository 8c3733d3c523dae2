import type { OpenTicketFigures, OpenTickets } from '../../app/ports/open-tickets.ts';
import { COUNTED_APPEAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';

/** $1 the local day of today. */
const OPEN = `
  with open as (
    select t.unit_code, t.state,
      exists (select from deadlines d where d.ticket_id = t.id and d.clock = 'citizen' and d.kind = 'overdue'
        and d.state = 'done') as overdue,
      t.state = 'longTerm' and (select p.body ->> 'reviewOn' from ticket_events p where p.ticket_id = t.id
        and p.type in ('shelve', 'reviewPlan') order by p.seq desc limit 1) < $1 as late
    from tickets t where t.state not in ('closed', 'archived', 'withdrawn') and ${COUNTED_APPEAL}),
  counted as (
    select unit_code, state, count(*)::integer as tickets, count(*) filter (where overdue)::integer as overdue,
      count(*) filter (where late)::integer as late from open group by unit_code, state)
  select c.unit_code as "unitCode", u.name as "unitName",
    jsonb_agg(jsonb_build_object('state', c.state, 'tickets', c.tickets) order by c.state) as states,
    sum(c.overdue)::integer as overdue, sum(c.late)::integer as "planLate"
  from counted c left join units u on u.code = c.unit_code
  group by c.unit_code, u.name order by u.name nulls last`;

export function openTicketBooks(db: PgDatabase): OpenTicketFigures {
  return {
    async openTickets(today) {
      return (await db.query<OpenTickets>(OPEN, [today])).rows;
    },
  };
}
