import type { Account, AccountListed, Accounts } from '../../app/ports/accounts.ts';
import type { PgDatabase } from './database.ts';

/** Two administrators who change what accounts may do, one after the other. */
const LOCK_KEY = 1_234_500_041;

export const ACCOUNT_COLUMNS = `a.id, a.username, a.display_name as "displayName", a.roles,
  a.unit_code as "unitCode", a.employer, a.disabled_at is not null as disabled`;

export function accountBooks(db: PgDatabase): Accounts {
  return {
    async byId(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<Account>(`select ${ACCOUNT_COLUMNS} from accounts a where a.id = $1`, [id]);
      return rows[0] ?? null;
    },

    async byUsername(username, tx) {
      const { rows } = await db
        .on(tx)
        .query<Account & { passwordHash: string }>(
          `select ${ACCOUNT_COLUMNS}, a.password_hash as "passwordHash" from accounts a where a.username = $1`,
          [username],
        );
      const [row] = rows;
      if (row === undefined) return null;
      const { passwordHash, ...account } = row;
      return { account, passwordHash };
    },

    async list(tx) {
      const { rows } = await db.on(tx).query<AccountListed>(
        `select ${ACCOUNT_COLUMNS}, g.number as "agentNumber"
         from accounts a left join agents g on g.account_id = a.id order by a.username`,
      );
      return rows;
    },

    async lock(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<Account>(`select ${ACCOUNT_COLUMNS} from accounts a where a.id = $1 for update`, [id]);
      return rows[0] ?? null;
    },

    async lockAdmins(tx) {
      const on = db.on(tx);
      await on.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
      const { rows } = await on.query<{ id: string }>(
        `select id from accounts where 'admin' = any (roles) and disabled_at is null`,
      );
      return rows.map(({ id }) => id);
    },

    async change({ id, roles, unitCode, employer = null, disabled }, atMs, tx) {
      await db.on(tx).query(
        `update accounts set roles = $2, unit_code = $3, employer = $4,
           disabled_at = case when $5 then coalesce(disabled_at, $6::timestamptz) end
         where id = $1`,
        [id, roles, unitCode, employer, disabled, new Date(atMs)],
      );
    },

    async add(account, passwordHash, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into accounts (id, username, display_name, password_hash, roles, unit_code, employer, disabled_at)
         values ($1, $2, $3, $4, $5, $6, $7, case when $8 then now() end)
         on conflict (username) do nothing`,
        [
          account.id,
          account.username,
          account.displayName,
          passwordHash,
          account.roles,
          account.unitCode,
          account.employer ?? null,
          account.disabled,
        ],
      );
      return rowCount === 1 ? 'added' : 'usernameTaken';
    },

    async setPasswordHash(id, passwordHash, tx) {
      await db.on(tx).query('update accounts set password_hash = $2 where id = $1', [id, passwordHash]);
    },
  };
}
