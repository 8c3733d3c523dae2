import type { BulkBook, BulkDone } from '../../app/ports/bulk.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

export function bulkBooks(db: PgDatabase): BulkBook {
  return {
    async done(bulkId, ticketId, tx) {
      // Locked first: of two copies of one request the second waits here, and then finds what the first did.
      await db.on(tx).query('select from tickets where id = $1::uuid for update', [ticketId]);
      const { rows } = await db
        .on(tx)
        .query<{ outcome: BulkDone }>(
          'select outcome from bulk_lines where bulk_id = $1::uuid and ticket_id = $2::uuid',
          [bulkId, ticketId],
        );
      return rows[0]?.outcome ?? null;
    },

    async keep({ bulkId, ticketId, accountId, act, at, outcome }, tx) {
      await db.on(tx).query(
        `insert into bulk_lines (bulk_id, ticket_id, at, account_id, act, outcome)
         values ($1::uuid, $2::uuid, $3, $4::uuid, $5, $6::jsonb)`,
        [bulkId, ticketId, new Date(at), accountId, act, JSON.stringify(outcome)],
      );
    },

    async lastUrgedAt(ticketId, tx) {
      const { rows } = await db.on(tx).query<{ at: number | null }>(
        `select ${ms('max(at)')} as at from ticket_events
         where ticket_id = $1::uuid and type = 'urged'`,
        [ticketId],
      );
      return rows[0]?.at ?? null;
    },
  };
}
