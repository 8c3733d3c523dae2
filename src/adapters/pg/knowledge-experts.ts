import type { Expert, ExpertBook } from '../../app/ports/knowledge-experts.ts';
import type { PgDatabase } from './database.ts';

const EXPERT = `x.id, x.unit_code as "unitCode", u.name as "unitName", x.name, x.post, x.number, x.categories, x.hours,
  a.username as account, x.revision from knowledge_experts x join units u on u.code = x.unit_code
  left join accounts a on a.id = x.account_id`;
/** Of account a: the unit may have become another since it was made. */
const SAME_UNIT = (unit: string): string =>
  `(a.unit_code is null or present_code('unit', a.unit_code) = ${unit})`;
const accountOf = (username: string): string => `(select id from accounts where username = ${username})`;

export function expertBooks(db: PgDatabase): ExpertBook {
  return {
    async add(id, { unitCode, name, post, number, categories, hours, account }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into knowledge_experts (id, unit_code, name, post, number, categories, hours, account_id)
         values ($1::uuid, $2, $3, $4, $5, $6::text[], $7, ${accountOf('$8')}) on conflict (id) do nothing`,
        [id, unitCode, name, post, number, categories, hours, account],
      );
      return rowCount === 1 ? 'added' : 'known';
    },

    async replace(id, revision, { unitCode, name, post, number, categories, hours, account }, tx) {
      const on = db.on(tx);
      const { rowCount } = await on.query(
        `update knowledge_experts set unit_code = $3, name = $4, post = $5, number = $6, categories = $7::text[],
           hours = $8, account_id = ${accountOf('$9')}, revision = revision + 1
         where id = $1::uuid and revision = $2 and removed_at is null`,
        [id, revision, unitCode, name, post, number, categories, hours, account],
      );
      if (rowCount === 1) return 'replaced';
      const { rows } = await on.query(
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

    async find(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<Expert>(`select ${EXPERT} where x.id = $1::uuid and x.removed_at is null`, [id]);
      return rows[0] ?? null;
    },

    async ofAccount(accountId) {
      const { rows } = await db.query<{ id: string; units: string[] }>(
        `select x.id, array(
           with recursive above (code) as (
             select x.unit_code union select u.parent_code from units u join above a on u.code = a.code
             where u.parent_code is not null)
           select code from above) as units
         from knowledge_experts x join accounts a on a.id = x.account_id
         where x.account_id = $1::uuid and x.removed_at is null and ${SAME_UNIT('x.unit_code')}`,
        [accountId],
      );
      return rows;
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

    async unknownNames({ unitCode, categories, account }) {
      const { rows } = await db.query<{ units: string[]; categories: string[]; accounts: string[] }>(
        `select array(select k from unnest($1::text[]) as k where not exists (select from units where code = k)) as units,
           array(select k from unnest($2::text[]) as k where not exists (select from categories where code = k))
             as categories,
           array(select k from unnest($3::text[]) as k where not exists (
             select from accounts a where username = k and disabled_at is null and ${SAME_UNIT('$4')}))
             as accounts`,
        [[unitCode], categories, account === null ? [] : [account], unitCode],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a select without a row');
      return row;
    },
  };
}
