import type { Unit, Units } from '../../app/ports/organisation.ts';
import type { PgDatabase } from './database.ts';

export function unitBooks(db: PgDatabase): Units {
  return {
    async list(tx) {
      const { rows } = await db.on(tx).query<Unit>('select code, name, kind from units order by code');
      return rows;
    },
    async byCode(code, tx) {
      const { rows } = await db
        .on(tx)
        .query<Unit>('select code, name, kind from units where code = $1', [code]);
      return rows[0] ?? null;
    },
  };
}
