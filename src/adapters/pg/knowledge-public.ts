import type { PublicEntry, PublicKnowledge } from '../../app/ports/knowledge-public.ts';
import type { PgDatabase } from './database.ts';
import { currentVersion } from './knowledge-rows.ts';
import { iso } from './sql-instants.ts';
import { binder } from './ticket-sight.ts';

const ENTRY = (day: string): string => `
  select e.number, v.question, v.other_ways as "otherWays",
    case when v.public_text = '' then v.answer else v.public_text end as text, v.basis, u.name as unit, v.categories,
    v.areas, to_char(v.valid_from, 'YYYY-MM-DD') as "validFrom", to_char(v.valid_to, 'YYYY-MM-DD') as "validTo",
    ${iso('v.published_at')} as "publishedAt"
  from knowledge_entries e join units u on u.code = e.owner_unit
    join lateral ${currentVersion(day)} v on v.is_public`;

export function publicKnowledge(db: PgDatabase): PublicKnowledge {
  return {
    async find(number, day) {
      const { rows } = await db.query<PublicEntry>(`${ENTRY('$2')} where e.number = $1`, [number, day]);
      const [entry] = rows;
      if (entry !== undefined) return entry;
      const was = await db.query(
        `select from knowledge_entries e join knowledge_versions v on v.entry_id = e.id
         where e.number = $1 and v.is_public and v.published_at is not null limit 1`,
        [number],
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
      const today = bind(day);
      const conditions: string[] = [];
      if (after !== undefined) conditions.push(`e.number > ${bind(after)}`);
      if (category !== undefined) {
        conditions.push(`v.categories && (select categories_within(${bind(category)}))`);
      }
      const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
      const { rows } = await db.query<PublicEntry>(
        `${ENTRY(today)} ${where} order by e.number limit ${bind(limit + 1)}`,
        values,
      );
      const entries = rows.slice(0, limit);
      return { entries, next: rows.length > limit ? (entries.at(-1)?.number ?? null) : null };
    },
  };
}
