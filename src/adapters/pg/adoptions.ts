import type {
  AdoptionBook,
  AdoptionCount,
  AdoptionTotals,
  PublishedAdoption,
} from '../../app/ports/adoptions.ts';
import { COUNTED_APPEAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';

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
    and ${COUNTED_APPEAL}
  group by t.unit_code, u.name order by u.name nulls last`;

/**
 * All words that hold in the order of one index ('hotline' stands before 'unit' in it): asked ticket by ticket, a year of half a
 * million suggestions took five seconds, and without an account nobody waits so long.
 */
const TOTALS = `
  select count(*)::integer as suggestions,
    count(*) filter (where a.outcome = 'adopted')::integer as adopted,
    count(*) filter (where a.outcome = 'partly')::integer as partly,
    count(*) filter (where a.outcome = 'notAdopted')::integer as "notAdopted"
  from tickets t left join (select distinct on (ticket_id) ticket_id, outcome from ticket_adoptions
      order by ticket_id, side, at desc, id desc) a on a.ticket_id = t.id
  where t.type = 'SUGGESTION' and t.state <> 'withdrawn' and t.accepted_at >= $1 and t.accepted_at < $2
    and ${COUNTED_APPEAL}`;

/** The hotline's last word puts it on the list; said anew without a summary, a suggestion is off the list. */
const LISTED = `a.side = 'hotline' and a.summary <> '' and a.outcome <> 'notAdopted'
  and not exists (select from ticket_adoptions n where n.ticket_id = a.ticket_id and n.side = 'hotline'
    and (n.at, n.id) > (a.at, a.id) offset 0)`;

export function adoptionBooks(db: PgDatabase): AdoptionBook {
  return {
    async add({ id, ticketId, at, by, side, outcome, words, publication, summary }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into ticket_adoptions (id, ticket_id, at, by, side, outcome, words, publication, summary)
         values ($1::uuid, $2::uuid, $3, $4::uuid, $5, $6, $7, $8, $9) on conflict (id) do nothing`,
        [id, ticketId, new Date(at), by, side, outcome, words, publication, summary],
      );
      return rowCount === 1 ? 'added' : 'known';
    },

    async counts(from, to) {
      return (await db.query<AdoptionCount>(COUNTS, [new Date(from), new Date(to)])).rows;
    },

    async totals(from, to) {
      const { rows } = await db.query<AdoptionTotals & Record<string, unknown>>(TOTALS, [
        new Date(from),
        new Date(to),
      ]);
      const [totals] = rows;
      if (totals === undefined) throw new Error('a count has one row');
      return totals;
    },

    async isSecret(ticketId, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ secret: boolean }>(
          'select t.confidential or t.listed_only as secret from tickets t where t.id = $1::uuid',
          [ticketId],
        );
      return rows[0]?.secret !== false;
    },

    published(from, to, page) {
      const list = {
        columns: `a.id, a.outcome, c.name as category, u.name as unit, a.summary, a.words as measure, a.publication,
          ${iso('a.at')} as "saidAt"`,
        from: `ticket_adoptions a join tickets t on t.id = a.ticket_id
          join categories c on c.code = t.category_code left join units u on u.code = t.unit_code`,
        conditions: [
          LISTED,
          `t.type = 'SUGGESTION' and t.state <> 'withdrawn' and not t.confidential and not t.listed_only`,
          `t.accepted_at >= $1 and t.accepted_at < $2 and ${COUNTED_APPEAL}`,
        ],
        values: [new Date(from), new Date(to)],
        by: { at: 'a.at', id: 'a.id', order: 'newestFirst' },
      } as const;
      return readPage<PublishedAdoption>(db, list, page);
    },
  };
}
