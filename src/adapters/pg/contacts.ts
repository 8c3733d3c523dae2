import type { ContactBook, RecentContact } from '../../app/ports/contacts.ts';
import type { PgDatabase } from './database.ts';
import { iso, ms } from './sql-instants.ts';

const OF_TICKET = '(select citizen_key(t.citizen_number) from tickets t where t.id = $1::uuid)';

export function contactBooks(db: PgDatabase): ContactBook {
  return {
    async lock(ticketId, tx) {
      const on = db.on(tx);
      const { rows } = await on.query<{ number: string }>(
        `select citizen_key(t.citizen_number) as number from tickets t where t.id = $1::uuid`,
        [ticketId],
      );
      const number = rows[0]?.number ?? '';
      if (number === '') return null;
      // There may be no row to lock yet: two who ask at once ask one after the other.
      await on.query('select pg_advisory_xact_lock(hashtext($1))', [`contact ${number}`]);
      const held = await on.query<{ heldBy: string | null; untilMs: number }>(
        `select held_by as "heldBy", ${ms('until')} as "untilMs"
         from contact_claims where number = $1 for update`,
        [number],
      );
      return { number, held: held.rows[0] ?? null };
    },

    async recent(number, sinceMs, tx) {
      const { rows } = await db.on(tx).query<RecentContact>(
        `select ${iso('c.arrived_at')} as at, c.purpose, c.result = 'reached' as reached from calls c
         where c.direction = 'outbound' and citizen_key(c.caller_number) = $1 and c.arrived_at >= $2
           and c.purpose <> 'queueCallback' and c.ended_at is not null order by c.arrived_at`,
        [number, new Date(sinceMs)],
      );
      return rows;
    },

    async owes(accountId, but, nowMs, tx) {
      const { rowCount } = await db.on(tx).query(
        `select from contact_claims where held_by = $1::uuid and number <> $2 and called_at is not null
           and until > $3 limit 1`,
        [accountId, but, new Date(nowMs)],
      );
      return (rowCount ?? 0) > 0;
    },

    async claim({ number, ticketId, by, nowMs, untilMs }, tx) {
      await db.on(tx).query(
        `insert into contact_claims (number, held_by, until, since, ticket_id) values ($1, $2, $3, $4, $5)
         on conflict (number) do update set until = excluded.until, ticket_id = excluded.ticket_id,
           called_at = case when contact_claims.held_by = excluded.held_by then contact_claims.called_at end,
           since = excluded.since, held_by = excluded.held_by`,
        [number, by, new Date(untilMs), new Date(nowMs), ticketId],
      );
    },

    async rung(ticketId, by, nowMs) {
      // Of two clicks at once the second waits for the row, and finds it rung.
      const { rows } = await db.query<{ before: number | null }>(
        `with held as (select number, called_at from contact_claims
           where number = ${OF_TICKET} and held_by = $2::uuid and until > $3 for update)
         update contact_claims c set called_at = $3 from held where c.number = held.number
         returning ${ms('held.called_at')} as before`,
        [ticketId, by, new Date(nowMs)],
      );
      return rows[0] ?? null;
    },

    async notRung(ticketId, by, { at, before }) {
      await db.query(
        `update contact_claims set called_at = $4
         where number = ${OF_TICKET} and held_by = $2::uuid and called_at = $3`,
        [ticketId, by, new Date(at), before === null ? null : new Date(before)],
      );
    },

    async release(ticketId, by, onlyUnrung, tx) {
      const { rowCount } = await db.on(tx).query(
        `delete from contact_claims where number = ${OF_TICKET} and held_by = $2::uuid
           and not ($3 and called_at is not null)`,
        [ticketId, by, onlyUnrung],
      );
      return rowCount === 1;
    },
  };
}
