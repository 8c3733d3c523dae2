import type { KnowledgeGaps } from '../../app/ports/knowledge-gaps.ts';
import type { KnowledgeGap } from '../../domain/hotlines/versions/impact.ts';
import { COUNTED_APPEAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { standsOn } from './knowledge-rows.ts';

const SHOWN = 5;

/** An entry about 漏水 or about 供水 as a whole covers tickets about 漏水. */
const GAPS = `
  with told as (
    select e.owner_unit, v.lines, v.categories
    from knowledge_entries e join knowledge_versions v on v.entry_id = e.id where ${standsOn('$3')}
  )
  select l.number,
    (select count(*)::int from told where told.owner_unit = l."unitCode" or l.number = any (told.lines)) as entries,
    (select coalesce(jsonb_agg(jsonb_build_object('code', code, 'name', name, 'tickets', tickets) order by tickets desc, code), '[]')
     from (select c.code, c.name, count(*)::int as tickets
       from tickets t join categories c on c.code = t.category_code
       where t.unit_code = l."unitCode" and t.accepted_at >= $2 and ${COUNTED_APPEAL}
         and not exists (select from told, unnest(told.categories) k(code)
           where k.code = any (same_codes('category', c.code) || coalesce(same_codes('category', c.parent_code), '{}')))
       group by c.code, c.name order by 3 desc, 1 limit ${SHOWN}) g) as uncovered,
    (select coalesce(jsonb_agg(jsonb_build_object('words', words, 'times', times) order by times desc, words), '[]')
     from (select s.words, count(*)::int as times from knowledge_searches s
       where s.line = l.number and s.hits = 0 and s.at >= $2 group by s.words order by 2 desc, 1 limit ${SHOWN}) g) as "inVain"
  from jsonb_to_recordset($1::jsonb) l(number text, "unitCode" text)
  order by l.number`;

export function knowledgeGaps(db: PgDatabase): KnowledgeGaps {
  return {
    async of(lines, { since, day }) {
      if (lines.length === 0) return [];
      const { rows } = await db.query<KnowledgeGap & Record<string, unknown>>(GAPS, [
        JSON.stringify(lines),
        new Date(since),
        day,
      ]);
      return rows;
    },
  };
}
