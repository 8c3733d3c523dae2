import type { PgDatabase } from './database.ts';

/** Forgets answers that nobody will ask for again (kept for 24 hours); returns how many. */
export async function expireIdempotencyKeys(db: PgDatabase, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from idempotency_keys where (account_id, key) in (
       select account_id, key from idempotency_keys where created_at < now() - interval '24 hours'
       limit $1 for update skip locked)`,
    [limit],
  );
  return rowCount ?? 0;
}
