import type { SupervisionBook } from '../../app/ports/supervision.ts';
import { CONTACT_TALK_MS } from '../../domain/tickets/contact-proof.ts';
import { PROGRESS_MOVES, type PressedTicket, WORK_MOVES } from '../../domain/tickets/escalation.ts';
import { CIRCULATED_STATES } from '../../domain/tickets/supervision.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

const sqlList = (words: readonly string[]): string => `(${words.map((word) => `'${word}'`).join(', ')})`;

const ORDERED = `exists (select from supervision_orders o where o.ticket_id = t.id and o.unit_code = t.unit_code
  and o.trigger = 'overdue' and o.issued_at >= d.starts_at)`;

/**
 * A talk of the unit's with the citizen (an answer of a citizen's telephone is no talk), or what its own people do for it. To
 * have called him is progress once in the unit's time: who only goes on calling lets the matter lie.
 */
const PROGRESS = `(select greatest(max(p.at) filter (where p.works), min(p.at) filter (where not p.works)) from (
  select e.at, e.type in ${sqlList(WORK_MOVES)} as works from ticket_events e left join accounts a on a.id = e.actor
  where e.ticket_id = t.id and e.at >= d.starts_at and (
    e.type in ${sqlList(PROGRESS_MOVES)} and a.unit_code = t.unit_code
    or e.type = 'citizenCalled' and e.body ->> 'unitCode' = t.unit_code
      and (e.body ->> 'talkMs')::bigint >= ${CONTACT_TALK_MS})) p)`;

const PRESSED = `
  select t.id as "ticketId", t.state, t.urgency, t.unit_code as "unitCode", ${ms('t.accepted_at')} as "acceptedAt",
    t.day_seconds as "daySeconds",
    ${ms('d.due_at')} as "dueAt", ${ms('w.due_at')} as "warnedAt",
    (select coalesce(jsonb_agg(${ms('e.at')} order by e.seq), '[]') from ticket_events e where e.ticket_id = t.id
      and e.type = 'urged' and e.at >= d.starts_at and e.body ->> 'unitCode' = t.unit_code) as "urgedAt",
    ${ms(PROGRESS)} as "progressAt", ${ORDERED} as ordered
  from tickets t
    join deadlines d on d.ticket_id = t.id and d.clock = 'unit' and d.kind = 'overdue' and d.state <> 'cancelled'
    left join deadlines w on w.ticket_id = t.id and w.clock = 'unit' and w.kind = 'warning' and w.level = 80`;

/** Tickets with which their units are late, or nearly so, as far as what comes upon them hangs on it. */
export function pressedTickets(db: PgDatabase): Pick<SupervisionBook, 'pressed' | 'pressedOne'> {
  return {
    async pressed(early, after, limit) {
      const { rows } = await db.query<PressedTicket>(
        `${PRESSED} where t.state in ${sqlList(CIRCULATED_STATES)} and t.unit_code is not null
           and (d.state = 'done' or ($1 and w.state = 'done')) and ($2::uuid is null or t.id > $2::uuid) and not ${ORDERED}
         order by t.id limit $3`,
        [early, after, limit],
      );
      return rows;
    },

    async pressedOne(ticketId, tx) {
      const { rows } = await db
        .on(tx)
        .query<PressedTicket>(`${PRESSED} where t.id = $1::uuid and t.unit_code is not null`, [ticketId]);
      return rows[0] ?? null;
    },
  };
}
