import type { Listen, ListenBook } from '../../app/ports/listens.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

export function listenBooks(db: PgDatabase): ListenBook {
  return {
    async add({ id, callId, segment, accountId, purpose, atMs, untilMs }, tx) {
      await db.on(tx).query(
        `insert into recording_listens (id, call_id, segment, account_id, purpose, at, until)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, callId, segment, accountId, purpose, new Date(atMs), new Date(untilMs)],
      );
    },

    async find(id) {
      const { rows } = await db.query<Listen & { file: string | null }>(
        `select l.id, l.call_id as "callId", l.segment, l.account_id as "accountId", l.purpose, ${ms('l.at')} as "atMs",
           ${ms('l.until')} as "untilMs", r.file
         from recording_listens l left join recordings r on r.call_id = l.call_id and r.segment = l.segment
         where l.id = $1`,
        [id],
      );
      return rows[0] ?? null;
    },
  };
}
