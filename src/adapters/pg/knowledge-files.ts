import type { KnowledgeFile, KnowledgeFileBook } from '../../app/ports/knowledge-files.ts';
import type { PgDatabase } from './database.ts';

export function knowledgeFileBooks(db: PgDatabase): KnowledgeFileBook {
  return {
    async add({ id, name, mediaType, bytes }, by, at) {
      await db.query(
        `insert into knowledge_files (id, name, media_type, bytes, added_at, added_by)
         values ($1::uuid, $2, $3, $4, $5, $6::uuid) on conflict (id) do nothing`,
        [id, name, mediaType, Buffer.from(bytes), new Date(at), by],
      );
    },

    async find(id) {
      const { rows } = await db.query<KnowledgeFile>(
        `select id, name, media_type as "mediaType", bytes from knowledge_files where id = $1::uuid`,
        [id],
      );
      return rows[0] ?? null;
    },
  };
}
