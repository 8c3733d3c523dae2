import type { InnerUnit, Unit, Units } from '../../app/ports/organisation.ts';
import type { PgDatabase } from './database.ts';

export function unitBooks(db: PgDatabase): Units {
  return {
    async list(tx) {
      const { rows } = await db
        .on(tx)
        .query<InnerUnit>(
          'select code, name, kind, parent_code as "parentCode" from units where ended_at is null order by code',
        );
      return rows;
    },
    async byCode(code, tx) {
      const { rows } = await db
        .on(tx)
        .query<Unit>('select code, name, kind from units where code = $1', [code]);
      return rows[0] ?? null;
    },
    async add({ code, name, kind, parentCode }, tx) {
      const { rows } = await db.on(tx).query<{ known: boolean; added: boolean }>(
        `with known as (select $4::text is null or exists (select from units where code = $4) as it),
           come as (insert into units (code, name, kind, parent_code) select $1, $2, $3, $4 from known where it
             on conflict do nothing returning code)
         select (select it from known) as known, exists (select from come) as added`,
        [code, name, kind, parentCode],
      );
      const [row] = rows;
      return row?.known === false ? 'parentUnknown' : row?.added === true ? 'added' : 'taken';
    },
  };
}
