import type { EntryFilter, EntrySummary, KnowledgeBook, VersionView } from '../../app/ports/knowledge.ts';
import type { PgDatabase } from './database.ts';
import { currentVersion, standsOn, VERSION_JSON } from './knowledge-rows.ts';
import { knowledgeWriting } from './knowledge-writing.ts';
import { iso } from './sql-instants.ts';
import { type Bind, binder } from './ticket-sight.ts';

const summary = (day: string): string => `e.id, e.number,
  (select jsonb_build_object('code', u.code, 'name', u.name) from units u where u.code = e.owner_unit) as "ownerUnit",
  e.origin, e.origin_ref as "originRef", ${iso('e.created_at')} as "createdAt", e.revision,
  ${currentVersion(day, VERSION_JSON)} as current,
  (select ${VERSION_JSON} from knowledge_versions v where v.entry_id = e.id order by v.number desc limit 1) as latest`;

/** What somebody types is looked for as it stands: % and _ are no wildcards of his. */
const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

export function knowledgeBooks(db: PgDatabase): KnowledgeBook {
  return {
    ...knowledgeWriting(db),

    async entry(id, day, tx) {
      const { rows } = await db
        .on(tx)
        .query<EntrySummary>(`select ${summary('$2')} from knowledge_entries e where e.id = $1::uuid`, [
          id,
          day,
        ]);
      return rows[0] ?? null;
    },

    async version(id, number, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ version: VersionView }>(
          `select ${VERSION_JSON} as version from knowledge_versions v where v.entry_id = $1::uuid and v.number = $2`,
          [id, number],
        );
      return rows[0]?.version ?? null;
    },

    async versions(id) {
      const { rows } = await db.query<{ version: VersionView }>(
        `select ${VERSION_JSON} as version from knowledge_versions v where v.entry_id = $1::uuid order by v.number desc`,
        [id],
      );
      return rows.map(({ version }) => version);
    },

    async history(id) {
      const { rows } = await db.query<Awaited<ReturnType<KnowledgeBook['history']>>[number]>(
        `select h.seq, h.version, ${iso('h.at')} as at,
           (select jsonb_build_object('id', a.id, 'displayName', a.display_name) from accounts a where a.id = h.actor)
             as actor, h.move, h.from_state as "fromState", h.to_state as "toState", h.reason
         from knowledge_events h where h.entry_id = $1::uuid order by h.seq`,
        [id],
      );
      return rows;
    },

    async list(filter, day, { limit, after }) {
      const { values, bind } = binder();
      const today = bind(day);
      const conditions = conditionsOf(filter, today, bind);
      if (after !== undefined) conditions.push(`e.number > ${bind(after)}`);
      const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
      const { rows } = await db.query<EntrySummary>(
        `select ${summary(today)} from knowledge_entries e ${where} order by e.number limit ${bind(limit + 1)}`,
        values,
      );
      const entries = rows.slice(0, limit);
      return { entries, next: rows.length > limit ? (entries.at(-1)?.number ?? null) : null };
    },
  };
}

function conditionsOf(filter: EntryFilter, today: string, bind: Bind): string[] {
  const { ownerUnit, state, category, line, area, text, endsBy, isPublic, standing } = filter;
  const conditions: string[] = [];
  const latest = (
    condition: string,
  ): string => `exists (select from knowledge_versions v where v.entry_id = e.id
    and v.number = (select max(n.number) from knowledge_versions n where n.entry_id = e.id) and ${condition})`;
  const told = (
    condition: string,
  ): string => `exists (select from knowledge_versions v where v.entry_id = e.id
    and ${standsOn(today)} and not exists (select from knowledge_versions n where n.entry_id = e.id
      and n.number > v.number and ${standsOn(today).replaceAll('v.', 'n.')}) and ${condition})`;
  const about = standing === true ? told : latest;
  if (standing === true) conditions.push(told('true'));
  if (ownerUnit !== undefined) conditions.push(`e.owner_unit = ${bind(ownerUnit)}`);
  if (state !== undefined) conditions.push(latest(`v.state = ${bind(state)}`));
  if (category !== undefined) {
    conditions.push(about(`v.categories && (select categories_within(${bind(category)}))`));
  }
  if (line !== undefined) conditions.push(about(`${bind(line)} = any (v.lines)`));
  if (area !== undefined) conditions.push(about(`${bind(area)} = any (v.areas)`));
  if (endsBy !== undefined) conditions.push(told(`v.valid_to <= ${bind(endsBy)}::date`));
  if (isPublic !== undefined) conditions.push(about(`v.is_public = ${bind(isPublic)}`));
  if (text !== undefined) {
    const pattern = bind(contains(text));
    conditions.push(
      `(e.number ilike ${pattern} or ${about(
        `(v.question || ' ' || array_to_string(v.other_ways, ' ')) ilike ${pattern}`,
      )})`,
    );
  }
  return conditions;
}
