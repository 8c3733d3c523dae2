import type { SilentCitizen, VisitLink, VisitLinkBook } from '../../app/ports/visit-links.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';
import { BEGAN, OF_THIS_VISIT } from './visit-rows.ts';

/** $1 how many tries at least, $2 how many tickets. */
const SILENT = `
  select t.id as "ticketId", t.number as "ticketNumber", t.citizen_number as "citizenNumber", b.seq as "visitSeq",
    a.attempts
  from tickets t
    cross join lateral (select ${BEGAN} as seq) b
    cross join lateral (select count(*) as n, min(v.at) as since,
      jsonb_agg(jsonb_build_object('at', ${ms('v.at')}, 'outcome', v.outcome)) as attempts
      from visit_attempts v where ${OF_THIS_VISIT}) a
  where t.state = 'returnVisit' and not t.anonymous and t.citizen_number <> '' and a.n >= $1
    and not exists (select from visit_links l where l.ticket_id = t.id and l.visit_seq = b.seq)
  order by a.since, t.id limit $2`;

export function visitLinkBooks(db: PgDatabase): VisitLinkBook {
  return {
    async silent(tries, limit) {
      return (await db.query<SilentCitizen>(SILENT, [tries, limit])).rows;
    },

    async add({ id, ticketId, visitSeq, tokenHash, madeAt, expiresAt }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into visit_links (id, ticket_id, visit_seq, token_hash, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
        [id, ticketId, visitSeq, tokenHash, new Date(madeAt), new Date(expiresAt)],
      );
      return rowCount === 1;
    },

    async lock(tokenHash, tx) {
      const { rows } = await db.on(tx).query<VisitLink>(
        `select l.id, l.ticket_id as "ticketId", t.number as "ticketNumber", l.visit_seq as "visitSeq",
           ${ms('l.expires_at')} as "expiresAt", l.answered_at is not null as answered
         from visit_links l join tickets t on t.id = l.ticket_id where l.token_hash = $1 for update of l`,
        [tokenHash],
      );
      return rows[0] ?? null;
    },

    async answered(id, at, tx) {
      await db.on(tx).query('update visit_links set answered_at = $2 where id = $1', [id, new Date(at)]);
    },
  };
}
