import type { Account } from '../../app/ports/accounts.ts';
import type { Sessions } from '../../app/ports/sessions.ts';
import { ACCOUNT_COLUMNS } from './accounts.ts';
import type { PgDatabase } from './database.ts';

export function sessionBooks(db: PgDatabase): Sessions {
  return {
    async add({ tokenHash, accountId, createdAtMs, expiresAtMs }, tx) {
      await db
        .on(tx)
        .query(
          'insert into sessions (token_hash, account_id, created_at, expires_at) values ($1, $2, $3, $4)',
          [tokenHash, accountId, new Date(createdAtMs), new Date(expiresAtMs)],
        );
    },

    async find(tokenHash, nowMs) {
      const { rows } = await db.query<Account & { expiresAt: Date }>(
        `select ${ACCOUNT_COLUMNS}, s.expires_at as "expiresAt"
         from sessions s join accounts a on a.id = s.account_id
         where s.token_hash = $1 and s.expires_at > $2 and a.disabled_at is null`,
        [tokenHash, new Date(nowMs)],
        'find-session',
      );
      const [row] = rows;
      if (row === undefined) return null;
      const { expiresAt, ...account } = row;
      return { account, expiresAtMs: expiresAt.getTime() };
    },

    async extend(tokenHash, expiresAtMs) {
      await db.query(
        'update sessions set expires_at = greatest(expires_at, $2::timestamptz) where token_hash = $1',
        [tokenHash, new Date(expiresAtMs)],
      );
    },

    async remove(tokenHash) {
      await db.query('delete from sessions where token_hash = $1', [tokenHash]);
    },

    async removeAllOf(accountId, except, tx) {
      await db
        .on(tx)
        .query('delete from sessions where account_id = $1 and token_hash is distinct from $2', [
          accountId,
          except,
        ]);
    },

    async sweep(nowMs) {
      const { rowCount } = await db.query('delete from sessions where expires_at <= $1', [new Date(nowMs)]);
      return rowCount ?? 0;
    },
  };
}
