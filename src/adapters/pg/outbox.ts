import type { Outbox, OutboxRow, Relayed } from '../../app/ports/outbox.ts';
import type { PgDatabase } from './database.ts';

export function outboxBooks(db: PgDatabase): Outbox {
  return {
    async relay(limit, now, relay) {
      const outcome = await db.transact(async (tx) => {
        const on = db.on(tx);
        const { rows } = await on.query<OutboxRow>(
          `select id::text, topic, key, body from outbox where sent_at is null and (not_before is null or not_before <= $2)
           order by id limit $1 for update skip locked`,
          [limit, new Date(now)],
        );
        const done: { id: string; failure: string | null }[] = [];
        let failed: { readonly error: unknown } | null = null;
        for (const row of rows) {
          let relayed: Relayed;
          try {
            relayed = await relay(row);
          } catch (error) {
            failed = { error };
            break;
          }
          done.push({ id: row.id, failure: relayed === 'sent' ? null : relayed.why });
        }
        if (done.length > 0) {
          await on.query(
            `update outbox o set sent_at = now(), failure = d.failure
             from jsonb_to_recordset($1::jsonb) as d(id bigint, failure text) where o.id = d.id`,
            [JSON.stringify(done)],
          );
        }
        return { sent: done.length, failed };
      });
      // Thrown after the commit, so that what was relayed before stays relayed.
      if (outcome.failed !== null) throw outcome.failed.error;
      return outcome.sent;
    },

    async prune(sentBefore, limit) {
      const { rowCount } = await db.query(
        `delete from outbox where id in (
           select id from outbox where sent_at < $1 order by sent_at limit $2 for update skip locked)`,
        [new Date(sentBefore), limit],
      );
      return rowCount ?? 0;
    },
  };
}
