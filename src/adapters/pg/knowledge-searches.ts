import type { SearchLog } from '../../app/ports/knowledge.ts';
import type { PgDatabase } from './database.ts';

export function searchLogBooks(db: PgDatabase): SearchLog {
  return {
    async note({ id, at, accountId, callId, line, words, hits, best }) {
      await db.query(
        `insert into knowledge_searches (id, at, account_id, call_id, line, words, hits, entry_id)
         values ($1::uuid, $2, $3::uuid, $4::uuid, $5, $6, $7, $8::uuid) on conflict (id) do nothing`,
        [id, new Date(at), accountId, callId, line, words, hits, best],
      );
    },
  };
}
