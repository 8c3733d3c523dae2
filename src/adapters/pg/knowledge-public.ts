import type { PublicEntry, PublicKnowledge } from '../../app/ports/knowledge-public.ts';
import type { PgDatabase } from './database.ts';
import { currentVersion, LATEST_TOLD } from './knowledge-rows.ts';
import { iso } from './sql-instants.ts';
import { binder } from './ticket-sight.ts';

const COLUMNS = `e.number, v.question, v.other_ways as "otherWays",
    case when v.public_text = '' then v.answer else v.public_text end as text, v.basis, u.name as unit, v.categories,
    v.areas, to_char(v.valid_from, 'YYYY-MM-DD') as "validFrom", to_char(v.valid_to, 'YYYY-MM-DD') as "validTo",
    ${iso('v.published_at')} as "publishedAt"`;
const ENTRY = (day: string): string => `
  select ${COLUMNS} from knowledge_entries e join units u on u.code = e.owner_unit
    join lateral ${currentVersion(day)} v on v.is_public`;

export function publicKnowledge(db: PgDatabase): PublicKnowledge {
  return {
    async find(number, day) {
      const { rows } = await db.query<PublicEntry>(`${ENTRY('$2')} where e.number = $1`, [number, day]);
      const [entry] = rows;
      if (entry !== undefined) return entry;
      const was = await db.query(
        `select from knowledge_entries e join knowledge_versions v on v.entry_id = e.id
         where e.number = $1 and v.is_public and v.published_at is not null and v.valid_from <= $2::date limit 1`,
        [number, day],
      );
      return was.rows.length > 0 ? 'gone' : 'unknown';
    },

    async byIds(ids, day) {
      const { rows } = await db.query<PublicEntry>(
        `${ENTRY('$2')} where e.id = any ($1::uuid[]) order by array_position($1::uuid[], e.id)`,
        [ids, day],
      );
      return rows;
    },

    async list({ category }, day, { limit, after }) {
      const { values, bind } = binder();
      const conditions = [LATEST_TOLD(bind(day)), 'v.is_public'];
      if (after !== undefined) conditions.push(`e.number > ${bind(after)}`);
      if (category !== undefined) {
        // The codes first: by how many lie in them PostgreSQL knows whether to begin with those or with the numbers.
        const { rows } = await db.query<{ codes: string[] }>('select categories_within($1) as codes', [
          category,
        ]);
        conditions.push(`v.categories && ${bind(rows[0]?.codes ?? [])}::text[]`);
      }
      const { rows } = await db.query<PublicEntry>(
        `select ${COLUMNS} from knowledge_versions v join knowledge_entries e on e.id = v.entry_id
           join units u on u.code = e.owner_unit
         where ${conditions.join(' and ')} order by e.number limit ${bind(limit + 1)}`,
        values,
      );
      const entries = rows.slice(0, limit);
      return { entries, next: rows.length > limit ? (entries.at(-1)?.number ?? null) : null };
    },
  };
}
