import type { ConvenienceBook, ConvenienceCategories } from '../../app/ports/convenience.ts';
import { CONVENIENCE_IN_SAMPLE } from '../../domain/codes/convenience.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';

/** The codes that were said last; nothing was said: the sample's, where there is such a category. */
const SAID = `coalesce((select codes from convenience_categories order by n desc limit 1),
  array(select code from categories where code = '${CONVENIENCE_IN_SAMPLE}'))`;

/** Every code that is one today, by whichever name it was written down then. */
export const CONVENIENCE_CODES = `(select array(
  select distinct within from unnest(${SAID}) said(code), unnest(categories_within(said.code)) within))`;

export function convenienceBooks(db: PgDatabase): ConvenienceBook {
  return {
    async read() {
      const { rows } = await db.query<ConvenienceCategories & Record<string, unknown>>(
        `select ${SAID} as codes, l.at as "saidAt", l.by as "saidBy"
         from (select) one left join lateral (
           select ${iso('s.said_at')} as at, a.display_name as by
           from convenience_categories s join accounts a on a.id = s.said_by order by s.n desc limit 1) l on true`,
      );
      const [said] = rows;
      if (said === undefined) throw new Error('one row is always there');
      return said;
    },

    async unknownOf(codes, tx) {
      const { rows } = await db.on(tx).query<{ code: string }>(
        `select code from unnest($1::text[]) code where not exists (
           select from categories c where c.code = code.code and c.ended_at is null and not c.internal)`,
        [codes],
      );
      return rows.map(({ code }) => code);
    },

    async say(codes, at, by, tx) {
      await db
        .on(tx)
        .query('insert into convenience_categories (codes, said_at, said_by) values ($1, $2, $3)', [
          codes,
          new Date(at),
          by,
        ]);
    },
  };
}
