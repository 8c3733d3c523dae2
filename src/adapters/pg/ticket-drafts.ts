import type { Draft, DraftBook, SomebodyThere } from '../../app/ports/ticket-drafts.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';

const OF = 'd.ticket_id = $1::uuid and d.kind = $2 and d.desk = $3';

export function draftBooks(db: PgDatabase): DraftBook {
  return {
    async newest({ ticketId, kind, desk }, tx) {
      const { rows } = await db.on(tx).query<Draft>(
        `select d.version, d.text, a.display_name as "savedBy", ${iso('d.saved_at')} as "savedAt"
         from ticket_drafts d join accounts a on a.id = d.saved_by where ${OF} order by d.version desc limit 1`,
        [ticketId, kind, desk],
      );
      return rows[0] ?? null;
    },

    async textOf({ ticketId, kind, desk }, version, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ text: string }>(`select d.text from ticket_drafts d where ${OF} and d.version = $4`, [
          ticketId,
          kind,
          desk,
          version,
        ]);
      return rows[0]?.text ?? null;
    },

    async add({ ticketId, kind, desk }, { version, text, by, at }, tx) {
      await db.on(tx).query(
        `insert into ticket_drafts (ticket_id, kind, desk, version, text, saved_by, saved_at)
         values ($1::uuid, $2, $3, $4, $5, $6::uuid, $7)`,
        [ticketId, kind, desk, version, text, by, new Date(at)],
      );
    },

    async present({ ticketId, accountId, writing, at, since }, tx) {
      const { rows } = await db.on(tx).query<SomebodyThere>(
        `with mine as (insert into ticket_presence (ticket_id, account_id, writing, seen_at)
           values ($1::uuid, $2::uuid, $3, $4) on conflict (ticket_id, account_id) do update
             set writing = excluded.writing, seen_at = excluded.seen_at)
         select a.display_name as "displayName", a.unit_code as "unitCode", p.writing, ${iso('p.seen_at')} as "seenAt"
         from ticket_presence p join accounts a on a.id = p.account_id
         where p.ticket_id = $1::uuid and p.account_id <> $2::uuid and p.seen_at > $5 order by p.seen_at desc, a.id`,
        [ticketId, accountId, writing, new Date(at), new Date(since)],
      );
      return rows;
    },

    async gone(ticketId, accountId) {
      await db.query('delete from ticket_presence where ticket_id = $1::uuid and account_id = $2::uuid', [
        ticketId,
        accountId,
      ]);
    },
  };
}
