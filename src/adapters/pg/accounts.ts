import type { Account, Accounts } from '../../app/ports/accounts.ts';
import type { PgDatabase } from './database.ts';

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
      const { rows } = await db
        .on(tx)
        .query<Account>(`select ${ACCOUNT_COLUMNS} from accounts a order by a.username`);
      return rows;
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
