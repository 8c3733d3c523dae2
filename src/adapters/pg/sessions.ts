import type { Account } from '../../app/ports/accounts.ts';
import type { Sessions } from '../../app/ports/sessions.ts';
import { ACCOUNT_COLUMNS } from './accounts.ts';
import type { PgDatabase } from './database.ts';
import { gathered } from './gathered.ts';

interface Asked {
  readonly tokenHash: Uint8Array;
  readonly nowMs: number;
}

/** Of whoever asks in one moment all at once; who asked twice hears it twice. */
async function found(
  db: PgDatabase,
  asked: readonly Asked[],
): Promise<readonly Awaited<ReturnType<Sessions['find']>>[]> {
  const { rows } = await db.query<Account & { nth: number; expiresAt: Date }>(
    `select q.nth::integer, ${ACCOUNT_COLUMNS}, s.expires_at as "expiresAt"
     from unnest($1::bytea[]) with ordinality as q(hash, nth)
     join sessions s on s.token_hash = q.hash
     join accounts a on a.id = s.account_id and a.disabled_at is null`,
    [asked.map(({ tokenHash }) => tokenHash)],
    'find-sessions',
  );
  const sessions = new Map(rows.map(({ nth, expiresAt, ...account }) => [nth, { account, expiresAt }]));
  return asked.map(({ nowMs }, at) => {
    const session = sessions.get(at + 1);
    const expiresAtMs = session?.expiresAt.getTime() ?? 0;
    return session === undefined || expiresAtMs <= nowMs ? null : { account: session.account, expiresAtMs };
  });
}

export function sessionBooks(db: PgDatabase): Sessions {
  const find = gathered((asked: readonly Asked[]) => found(db, asked));
  return {
    async add({ tokenHash, accountId, createdAtMs, expiresAtMs }, tx) {
      await db
        .on(tx)
        .query(
          'insert into sessions (token_hash, account_id, created_at, expires_at) values ($1, $2, $3, $4)',
          [tokenHash, accountId, new Date(createdAtMs), new Date(expiresAtMs)],
        );
    },

    find: (tokenHash, nowMs) => find({ tokenHash, nowMs }),

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
      // One statement: whoever is told that they ended finds them ended.
      await db.on(tx).query(
        `with ended as (
           delete from sessions where account_id = $1::uuid and token_hash is distinct from $2 returning account_id
         )
         insert into outbox (topic, key, body)
         select 'sessionsEnded', $1::uuid::text, jsonb_build_object('kind', 'sessionsEnded', 'accountId', $1::uuid,
           'unitCode', null, 'atMs', (extract(epoch from now()) * 1000)::bigint)
         where exists (select from ended)`,
        [accountId, except],
      );
    },

    async sweep(nowMs) {
      const { rowCount } = await db.query('delete from sessions where expires_at <= $1', [new Date(nowMs)]);
      return rowCount ?? 0;
    },
  };
}
