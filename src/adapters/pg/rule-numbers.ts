import type { NumberVersion, RuleBooks } from '../../app/ports/rules.ts';
import { SYSTEM_ACTOR } from '../../app/ports/rules.ts';
import { linesFromStore, type StoredRules } from '../../domain/hotlines/stored.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

/** A number through the versions that were published. */
export function ruleNumbers(db: PgDatabase): Pick<RuleBooks, 'numberVersions'> {
  return {
    async numberVersions(number) {
      const { rows } = await db.query<Omit<NumberVersion, 'lines'> & Pick<StoredRules, 'lines'>>(
        NUMBER_VERSIONS,
        [number],
      );
      return rows.map(({ lines, ...version }) => ({ ...version, lines: linesFromStore(lines) }));
    },
  };
}

// Of the rules only the number's own lines travel: a version may hold ten thousand others.
const NUMBER_VERSIONS = `
  select v.number, v.title, v.origin, ${ms('v.published_at')} as "publishedAt",
    jsonb_build_object('id', coalesce(v.author_id::text, '${SYSTEM_ACTOR}'), 'name', coalesce(a.display_name, ''))
      as author,
    (select coalesce(jsonb_agg(jsonb_build_object('id', p->>'by', 'name', coalesce(b.display_name, ''), 'at', p->'at')
        order by p->'at'), '[]')
      from jsonb_array_elements(v.approvals) p left join accounts b on b.id::text = p->>'by') as approvers,
    coalesce((select e.reason from rule_events e
      where e.version_id = v.id and e.reason <> '' and e.move in ('submit', 'schedule', 'rollBack', 'endTemporary', 'publish')
      order by e.seq limit 1), '') as reason,
    (select coalesce(jsonb_agg(l), '[]') from jsonb_array_elements(v.rules->'lines') l where l->>'number' = $1) as lines
  from rule_versions v left join accounts a on a.id = v.author_id
  where v.published_at is not null order by v.published_at, v.number`;
