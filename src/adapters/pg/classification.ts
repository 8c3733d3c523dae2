import type { ClassificationBook, TicketClass } from '../../app/ports/classification.ts';
import type { PgDatabase } from './database.ts';
import { classification } from './sql-classification.ts';

export function classificationBooks(db: PgDatabase): ClassificationBook {
  return {
    async of(ticketId, tx) {
      const { rows } = await db
        .on(tx)
        .query<TicketClass & Record<string, unknown>>(
          `select category_code as "categoryCode", subtype_code as "subtypeCode", tags from tickets where id = $1::uuid`,
          [ticketId],
        );
      const [row] = rows;
      if (row === undefined) throw new Error('a locked ticket without a row');
      return row;
    },

    async known({ type, categoryCode, subtypeCode, tags }, tx) {
      const { rows } = await db
        .on(tx)
        .query<Awaited<ReturnType<ClassificationBook['known']>>>(
          `select ${classification({ category: '$1', type: '$2::text', subtype: '$3', tags: '$4' })}`,
          [categoryCode, type, subtypeCode, tags],
        );
      const [row] = rows;
      if (row === undefined) throw new Error('a select without a row');
      return row;
    },

    async write(ticketId, { categoryCode, subtypeCode, tags }, at, tx) {
      await db.on(tx).query(
        `update tickets set category_code = $2, subtype_code = $3, tags = $4, coded_at = coalesce($5, coded_at)
         where id = $1::uuid`,
        [ticketId, categoryCode, subtypeCode, tags, at === null ? null : new Date(at)],
      );
    },
  };
}
