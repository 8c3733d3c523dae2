import type { CallerCard, CallerCards } from '../../app/ports/caller-card.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';

/** As long as a matter is remembered; more of it stands in the list of calls. */
const REMEMBERED = "interval '1 year'";
const CALLS_MOST = 5;
const TICKETS_MOST = 8;
const INCIDENTS_MOST = 5;

/** Asked while his call rings: each part by an index, all in one journey. */
export function callerCards(db: PgDatabase): CallerCards {
  return {
    async cardOf({ number, spellings }) {
      const { rows } = await db.query<CallerCard>(
        `with mine as materialized (
           select t.* from tickets t where digits_of(t.citizen_number) = any ($2::text[]) and t.citizen_number <> ''
             -- As the index has it, and withdrawn ones besides.
             and t.state not in ('closed', 'archived') and t.state <> 'withdrawn'
             -- What only named people know of is told to nobody whom the citizen happens to reach.
             and not t.listed_only
         )
         select
           coalesce(
             (select m.place from mine m where not m.confidential and m.place <> ''
               order by m.accepted_at desc limit 1),
             -- Closed ones stand in no index by citizen; by his calls they are found all the same.
             (select k.place from calls c join call_outcomes o on o.call_id = c.id join tickets k on k.id = o.ticket_id
               where digits_of(c.caller_number) = any ($2::text[]) and c.caller_number <> ''
                 and c.arrived_at > now() - ${REMEMBERED}
                 and not k.confidential and not k.listed_only and k.place <> ''
               order by c.arrived_at desc limit 1), '') as "lastPlace",
           (select jsonb_build_object('vulnerable', n.vulnerable, 'language', n.language, 'note', n.note)
             from caller_notes n where n.number = $1) as note,
           coalesce((select jsonb_agg(one order by one."arrivedAt" desc) from (
             select c.id, ${iso('c.arrived_at')} as "arrivedAt", (select l.name from lines l
                 where l.number = c.line order by l.valid_from desc limit 1) as "lineName",
               a.display_name as "agentName", o.outcome, k.id as "ticketId", k.number as "ticketNumber"
             from calls c
               left join accounts a on a.id = c.agent_id
               left join call_outcomes o on o.call_id = c.id
               left join tickets k on k.id = o.ticket_id and not k.listed_only
             where digits_of(c.caller_number) = any ($2::text[]) and c.caller_number <> ''
               and c.agent_id is not null and c.ended_at is not null
               and c.arrived_at > now() - ${REMEMBERED}
             order by c.arrived_at desc limit ${CALLS_MOST}) as one), '[]') as calls,
           coalesce((select jsonb_agg(one order by one."acceptedAt" desc) from (
             select m.id, m.number, case when m.confidential then '' else m.title end as title,
               case when m.confidential then '' else m.place end as place, m.state, u.name as "unitName",
               ${iso('m.accepted_at')} as "acceptedAt", m.confidential,
               (select ${iso('max(d.due_at)')} from deadlines d
                 where d.ticket_id = m.id and d.clock = 'citizen' and d.kind = 'overdue') as "citizenDueAt"
             from mine m left join units u on u.code = m.unit_code
             order by m.accepted_at desc limit ${TICKETS_MOST}) as one), '[]') as tickets,
           coalesce((select jsonb_agg(one) from (
             select i.id, i.number, i.title, i.area, i.state, ${iso('i.opened_at')} as "openedAt",
               i.area <> '' and exists (select from mine m where not m.confidential
                 and strpos(m.place, i.area) > 0) as near
             from incidents i where i.state in ('suspected', 'open')
             order by near desc, i.opened_at desc limit ${INCIDENTS_MOST}) as one), '[]') as incidents`,
        [number, spellings],
      );
      const [card] = rows;
      if (card === undefined) throw new Error('a select without a row');
      return card;
    },
  };
}
