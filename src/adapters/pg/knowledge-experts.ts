import type { Expert, ExpertBook } from '../../app/ports/knowledge-experts.ts';
import type { PgDatabase } from './database.ts';

const EXPERT = `x.id, x.unit_code as "unitCode", u.name as "unitName", x.name, x.post, x.number, x.categories, x.hours,
  x.revision from knowledge_experts x join units u on u.code = x.unit_code`;

export function expertBooks(db: PgDatabase): ExpertBook {
  return {
    async add(id, { unitCode, name, post, number, categories, hours }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into knowledge_experts (id, unit_code, name, post, number, categories, hours)
         values ($1::uuid, $2, $3, $4, $5, $6::text[], $7) on conflict (id) do nothing`,
        [id, unitCode, name, post, number, categories, hours],
      );
      return rowCount === 1 ? 'added' : 'known';
    },

    async replace(id, revision, { unitCode, name, post, number, categories, hours }) {
      const { rowCount } = await db.query(
        `update knowledge_experts set unit_code = $3, name = $4, post = $5, number = $6, categories = $7::text[],
           hours = $8, revision = revision + 1
         where id = $1::uuid and revision = $2 and removed_at is null`,
        [id, revision, unitCode, name, post, number, categories, hours],
      );
      if (rowCount === 1) return 'replaced';
      const { rows } = await db.query(
        'select from knowledge_experts where id = $1::uuid and removed_at is null',
        [id],
      );
      return rows.length > 0 ? 'changed' : 'unknown';
    },

    async remove(id, at) {
      const { rowCount } = await db.query(
        'update knowledge_experts set removed_at = $2 where id = $1::uuid and removed_at is null',
        [id, new Date(at)],
      );
      return rowCount === 1;
    },

    async find(id) {
      const { rows } = await db.query<Expert>(
        `select ${EXPERT} where x.id = $1::uuid and x.removed_at is null`,
        [id],
      );
      return rows[0] ?? null;
    },

    async list({ category, unitCode }) {
      const { rows } = await db.query<Expert>(
        `select ${EXPERT}
         where x.removed_at is null and ($1::text is null or x.unit_code = $1)
           and ($2::text is null or exists (
             select from unnest(x.categories) as k(code) where $2 = any (categories_within(k.code))))
         order by not coalesce($2 = any (x.categories), false), u.name, x.name, x.id`,
        [unitCode ?? null, category ?? null],
      );
      return rows;
    },

    async unknownNames({ unitCode, categories }) {
      const { rows } = await db.query<{ units: string[]; categories: string[] }>(
        `select array(select k from unnest($1::text[]) as k where not exists (select from units where code = k)) as units,
           array(select k from unnest($2::text[]) as k where not exists (select from categories where code = k))
             as categories`,
        [[unitCode], categories],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a select without a row');
      return row;
    },
  };
}
