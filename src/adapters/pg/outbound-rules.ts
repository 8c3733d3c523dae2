import type { OutboundRulesBook } from '../../app/ports/outbound-rules.ts';
import { storedOutboundRules } from '../../domain/callbacks/outbound-rules.ts';
import type { PgDatabase } from './database.ts';
import { revisedRules } from './revised-rules.ts';

const BEGIN = `
  insert into outbound_rules as kept (rules, revision, changed_at) values ($1::jsonb, 1, $2)
  on conflict (only_one) do update set revision = kept.revision + 1, changed_at = $2,
    rules = kept.rules || jsonb_build_object('emergencyDesks', excluded.rules -> 'emergencyDesks')
  where not kept.rules ? 'emergencyDesks'`;

export function outboundRulesBooks(db: PgDatabase): OutboundRulesBook {
  return {
    ...revisedRules(db, 'outbound_rules', storedOutboundRules),
    async begin(rules, atMs) {
      const { rowCount } = await db.query(BEGIN, [JSON.stringify(rules), new Date(atMs)]);
      return rowCount === 1;
    },
  };
}
