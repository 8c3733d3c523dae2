import type { AgeingTickets, StandingPlan } from '../../app/ports/ageing-tickets.ts';
import type { PgDatabase } from './database.ts';

/** $1 the local day of now, $2 its zone, $3 the limits as [{validFrom, number, archiveAfterDays}]. */
const ARCHIVABLE = `
  with rules as (select * from jsonb_to_recordset($3::jsonb)
    as r("validFrom" double precision, number integer, "archiveAfterDays" integer))
  select t.id from tickets t
    cross join lateral (select coalesce(t.closed_at, (select max(e.at) from ticket_events e
      where e.ticket_id = t.id and e.to_state = t.state)) as at) ended
    cross join lateral (select r."archiveAfterDays" as days from rules r
      where r."validFrom" <= extract(epoch from t.accepted_at) * 1000
      order by r."validFrom" desc, r.number desc limit 1) kept
  where t.state in ('closed', 'withdrawn') and (ended.at at time zone $2)::date + kept.days < $1::date
    and not exists (select from supervision_orders o where o.ticket_id = t.id and o.state in ('issued', 'answered'))
    and not exists (select from instruction_tickets l join instructions i on i.id = l.instruction_id
      where l.ticket_id = t.id and i.state <> 'closed')
    and not exists (select from visit_exclusions x where x.ticket_id = t.id and x.state in ('requested', 'seconded'))
  order by ended.at, t.id limit $4`;

const PLAN = `
  select t.id as "ticketId", t.number, t.unit_code as "unitCode", p.body ->> 'reviewOn' as "reviewOn",
    (select coalesce(jsonb_agg(e.body ->> 'reminder' order by e.seq), '[]') from ticket_events e
      where e.ticket_id = t.id and e.seq > p.seq and e.type = 'planReminded') as told
  from tickets t cross join lateral (select e.seq, e.body from ticket_events e
    where e.ticket_id = t.id and e.type in ('shelve', 'reviewPlan') order by e.seq desc limit 1) p
  where t.state = 'longTerm'`;

export function ageingTicketBooks(db: PgDatabase): AgeingTickets {
  return {
    async archivable({ today, zone, rules }, limit) {
      const { rows } = await db.query<{ id: string }>(ARCHIVABLE, [
        today,
        zone,
        JSON.stringify(rules),
        limit,
      ]);
      return rows.map(({ id }) => id);
    },

    async plansDue(day) {
      const { rows } = await db.query<{ ticketId: string; remindOn: string }>(
        `select t.id as "ticketId", to_char(t.plan_remind_on, 'YYYY-MM-DD') as "remindOn" from tickets t
         where t.plan_remind_on <= $1::date and t.state = 'longTerm' order by t.plan_remind_on, t.id`,
        [day],
      );
      return rows;
    },

    async planOf(ticketId, tx) {
      const { rows } = await db.on(tx).query<StandingPlan>(`${PLAN} and t.id = $1::uuid`, [ticketId]);
      return rows[0] ?? null;
    },

    async remindNext(ticketId, day, tx) {
      await db
        .on(tx)
        .query('update tickets set plan_remind_on = $2::date where id = $1::uuid', [ticketId, day]);
    },
  };
}
