import type { SavedFilter, SavedFilterBook, SavedFilterView } from '../../app/ports/saved-filters.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';

const FILTER = `f.id, f.owner, f.list, f.name, f.query, f.shared_with as "sharedWith"`;

export function savedFilterBooks(db: PgDatabase): SavedFilterBook {
  return {
    async ofReader(accountId, roles) {
      const { rows } = await db.query<SavedFilterView>(
        `select ${FILTER}, a.display_name as "ownerName", ${iso('f.saved_at')} as "savedAt"
         from saved_filters f join accounts a on a.id = f.owner
         where f.owner = $1::uuid or f.shared_with && $2::text[] order by f.list, f.name, f.id`,
        [accountId, roles],
      );
      return rows;
    },

    async lockOwner(accountId, tx) {
      const on = db.on(tx);
      await on.query('select from accounts where id = $1::uuid for no key update', [accountId]);
      const { rows } = await on.query<{ n: number }>(
        'select count(*)::integer as n from saved_filters where owner = $1::uuid',
        [accountId],
      );
      return rows[0]?.n ?? 0;
    },

    async find(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<SavedFilter>(`select ${FILTER} from saved_filters f where f.id = $1::uuid for update`, [id]);
      return rows[0] ?? null;
    },

    async save({ id, owner, list, name, query, sharedWith }, at, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into saved_filters (id, owner, list, name, query, shared_with, saved_at)
         select $1::uuid, $2::uuid, $3, $4, $5::jsonb, $6::text[], $7
         where not exists (select from saved_filters where owner = $2::uuid and list = $3 and name = $4 and id <> $1::uuid)
         on conflict (id) do update set list = excluded.list, name = excluded.name, query = excluded.query,
           shared_with = excluded.shared_with, saved_at = excluded.saved_at`,
        [id, owner, list, name, JSON.stringify(query), sharedWith, new Date(at)],
      );
      return rowCount === 1 ? 'saved' : 'nameTaken';
    },

    async remove(id, tx) {
      await db.on(tx).query('delete from saved_filters where id = $1::uuid', [id]);
    },
  };
}
