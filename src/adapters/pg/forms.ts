import type { AppealForm, FormBook } from '../../app/ports/forms.ts';
import type { PgDatabase } from './database.ts';

const FORM = 'f.category_code as "categoryCode", f.version, f.title, f.fields, f.state, f.revision';
type FormRow = AppealForm & Record<string, unknown>;

export function formBooks(db: PgDatabase): FormBook {
  return {
    async versions(categoryCode, tx) {
      const { rows } = await db
        .on(tx)
        .query<FormRow>(
          `select ${FORM} from appeal_forms f where f.category_code = $1 order by f.version desc`,
          [categoryCode],
        );
      return rows;
    },

    async inUse(categoryCode, tx) {
      const { rows } = await db.on(tx).query<FormRow>(`select ${FORM} from form_of($1) f`, [categoryCode]);
      return rows[0] ?? null;
    },

    async list() {
      const { rows } = await db.query<FormRow>(
        `select ${FORM} from appeal_forms f where f.state <> 'ended' order by f.category_code, f.version`,
      );
      return rows;
    },

    async lockCategory(categoryCode, tx) {
      const { rowCount } = await db
        .on(tx)
        .query('select from categories where code = $1 and ended_at is null and not internal for update', [
          categoryCode,
        ]);
      return rowCount === 1;
    },

    async save({ categoryCode, version, title, fields, state, revision }, at, by, tx) {
      await db.on(tx).query(
        `insert into appeal_forms as k (category_code, version, title, fields, state, revision, changed_at, changed_by,
           published_at, ended_at)
         values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8::uuid, case when $5 <> 'draft' then $7::timestamptz end,
           case when $5 = 'ended' then $7::timestamptz end)
         on conflict (category_code, version) do update set title = excluded.title, fields = excluded.fields,
           state = excluded.state, revision = excluded.revision, changed_at = excluded.changed_at,
           changed_by = excluded.changed_by,
           published_at = case when excluded.state = 'draft' then null else coalesce(k.published_at, excluded.changed_at) end,
           ended_at = case when excluded.state = 'ended' then excluded.changed_at end`,
        [categoryCode, version, title, JSON.stringify(fields), state, revision, new Date(at), by],
      );
    },
  };
}
