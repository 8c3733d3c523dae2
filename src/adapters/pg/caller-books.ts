import type { CallerBooks, SpokenTicket } from '../../app/ports/caller-books.ts';
import type { MenuCaller } from '../../domain/ivr/condition.ts';
import type { PgDatabase } from './database.ts';

/** Asked while a call goes on: each question is one journey, by an index. */
export function callerBooks(db: PgDatabase): CallerBooks {
  return {
    async known({ number, spellings }) {
      const { rows } = await db.query<MenuCaller>(
        `select n.language, coalesce(n.vulnerable, false) as vulnerable,
           exists (select from tickets t where digits_of(t.citizen_number) = any ($2::text[])
             and t.citizen_number <> '' and t.state not in ('closed', 'archived')) as "hasOpenTicket",
           coalesce((select t.created_by from tickets t where digits_of(t.citizen_number) = any ($2::text[])
             and t.citizen_number <> '' and t.state not in ('closed', 'archived')
             order by t.accepted_at desc limit 1),
             -- His matter goes on under somebody else's name: who has that has this.
             (select o.created_by from tickets t
               join thread_members m on m.ticket_id = t.id and m.left_at is null
               join thread_members n on n.thread_id = m.thread_id and n.left_at is null
               join tickets o on o.id = n.ticket_id
               where digits_of(t.citizen_number) = any ($2::text[]) and t.citizen_number <> ''
                 and o.state not in ('closed', 'archived')
               order by o.accepted_at desc limit 1)) as "ownerAgentId",
           (select jsonb_build_object('id', t.id, 'number', t.number) from tickets t
             where digits_of(t.citizen_number) = any ($2::text[])
             and t.citizen_number <> '' and t.state not in ('closed', 'archived')
             order by t.accepted_at desc limit 1) as "openTicket",
           (select c.agent_id from calls c where digits_of(c.caller_number) = any ($2::text[])
             and c.caller_number <> '' and c.agent_id is not null and c.arrived_at > now() - interval '7 days'
             order by c.arrived_at desc limit 1) as "lastAgentId"
         from (select) as one left join caller_notes n on n.number = $1`,
        [number, spellings],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a select without a row');
      return row;
    },

    // A number can be feigned: of a confidential ticket nothing is told on the telephone.
    async ticketOf({ spellings }, lastFour) {
      const { rows } = await db.query<SpokenTicket>(
        `select t.state, t.unit_code as "unitCode" from tickets t
         where right(t.number, 4) = $1 and digits_of(t.citizen_number) = any ($2::text[]) and not t.confidential
         order by t.accepted_at desc limit 1`,
        [lastFour, spellings],
      );
      return rows[0] ?? null;
    },
  };
}
