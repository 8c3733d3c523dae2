import type { Categories, Category } from '../../app/ports/tickets.ts';
import type { PgDatabase } from './database.ts';

export function categoryBooks(db: PgDatabase): Categories {
  return {
    async list() {
      const { rows } = await db.query<Category>(
        'select code, parent_code as "parentCode", name from categories where not internal and ended_at is null order by code',
      );
      return rows;
    },
  };
}
