import type { AdoptionBook, AdoptionCount } from '../../app/ports/adoptions.ts';
import { OF_CITIZENS } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';

/** The word that holds: the hotline's last, else the unit's. */
const COUNTS = `
  select t.unit_code as "unitCode", u.name as "unitName", count(*)::integer as suggestions,
    count(*) filter (where a.outcome = 'adopted')::integer as adopted,
    count(*) filter (where a.outcome = 'partly')::integer as partly,
    count(*) filter (where a.outcome = 'notAdopted')::integer as "notAdopted",
    count(*) filter (where a.outcome <> 'notAdopted' and a.publication <> '')::integer as published
  from tickets t left join units u on u.code = t.unit_code
    left join lateral (select outcome, publication from ticket_adoptions a where a.ticket_id = t.id
      order by a.side = 'hotline' desc, a.at desc, a.id desc limit 1) a on true
  where t.type = 'SUGGESTION' and t.state <> 'withdrawn' and t.accepted_at >= $1 and t.accepted_at < $2
    and ${OF_CITIZENS}
  group by t.unit_code, u.name order by u.name nulls last`;

export function adoptionBooks(db: PgDatabase): AdoptionBook {
  return {
    async add({ id, ticketId, at, by, side, outcome, words, publication }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into ticket_adoptions (id, ticket_id, at, by, side, outcome, words, publication)
         values ($1::uuid, $2::uuid, $3, $4::uuid, $5, $6, $7, $8) on conflict (id) do nothing`,
        [id, ticketId, new Date(at), by, side, outcome, words, publication],
      );
      return rowCount === 1 ? 'added' : 'known';
    },

    async counts(from, to) {
      return (await db.query<AdoptionCount>(COUNTS, [new Date(from), new Date(to)])).rows;
    },
  };
}
