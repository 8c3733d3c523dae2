import type { IdempotencyKeys, StoredAnswer } from '../../app/ports/idempotency.ts';
import type { PgDatabase } from './database.ts';

/** How long a key is remembered after its answer. */
const KEPT = "interval '24 hours'";
/** A request under way for longer lost its process; what it created is found again by its id. */
const STALE = "interval '60 seconds'";

export function idempotencyKeys(db: PgDatabase): IdempotencyKeys {
  return {
    async claim({ accountId, key, requestHash }) {
      await db.query(`delete from idempotency_keys where account_id = $1 and created_at < now() - ${KEPT}`, [
        accountId,
      ]);
      // One statement decides: a new row, or an old row that was left behind under way by the same request.
      const { rowCount } = await db.query(
        `insert into idempotency_keys as k (account_id, key, request_hash) values ($1, $2, $3)
         on conflict (account_id, key) do update set created_at = now()
           where k.status is null and k.request_hash = excluded.request_hash
             and k.created_at < now() - ${STALE}`,
        [accountId, key, requestHash],
      );
      if (rowCount === 1) return { kind: 'fresh' };
      const { rows } = await db.query<{ same: boolean; status: number | null; response: string | null }>(
        `select request_hash = $3 as same, status, response #>> '{}' as response
         from idempotency_keys where account_id = $1 and key = $2`,
        [accountId, key, requestHash],
      );
      const [row] = rows;
      // Released between the two statements: whoever asks again finds it free.
      if (row === undefined) return { kind: 'underWay' };
      if (!row.same) return { kind: 'otherRequest' };
      if (row.status === null) return { kind: 'underWay' };
      const answer: StoredAnswer = { status: row.status, body: row.response ?? '' };
      return { kind: 'answered', answer };
    },
    async finish({ accountId, key }, { status, body }) {
      // The body is kept as a JSON string, byte for byte: jsonb would reorder its members.
      await db.query(
        `update idempotency_keys set status = $3, response = to_jsonb($4::text)
         where account_id = $1 and key = $2`,
        [accountId, key, status, body],
      );
    },
    async release({ accountId, key }) {
      await db.query('delete from idempotency_keys where account_id = $1 and key = $2 and status is null', [
        accountId,
        key,
      ]);
    },
  };
}
