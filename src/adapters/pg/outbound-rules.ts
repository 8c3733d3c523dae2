import type { OutboundRulesBook } from '../../app/ports/outbound-rules.ts';
import { storedOutboundRules } from '../../domain/callbacks/outbound-rules.ts';
import type { PgDatabase } from './database.ts';

const FIRST = `
  insert into outbound_rules (rules, revision, changed_at, changed_by) values ($1, 1, $2, $3)
  on conflict do nothing`;
const NEXT = `
  update outbound_rules set rules = $1, revision = revision + 1, changed_at = $2, changed_by = $3
  where revision = $4`;

const BEGIN = `
  insert into outbound_rules as kept (rules, revision, changed_at) values ($1::jsonb, 1, $2)
  on conflict (only_one) do update set revision = kept.revision + 1, changed_at = $2,
    rules = kept.rules || jsonb_build_object('emergencyDesks', excluded.rules -> 'emergencyDesks')
  where not kept.rules ? 'emergencyDesks'`;

export function outboundRulesBooks(db: PgDatabase): OutboundRulesBook {
  return {
    async read(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ rules: unknown; revision: number }>('select rules, revision from outbound_rules');
      const [kept] = rows;
      return { revision: kept?.revision ?? 0, rules: storedOutboundRules(kept?.rules) };
    },
    async replace(rules, { revision, by, atMs }, tx) {
      const values = [JSON.stringify(rules), new Date(atMs), by];
      const { rowCount } = await (revision === 0
        ? db.on(tx).query(FIRST, values)
        : db.on(tx).query(NEXT, [...values, revision]));
      return rowCount === 1;
    },
    async begin(rules, atMs) {
      const { rowCount } = await db.query(BEGIN, [JSON.stringify(rules), new Date(atMs)]);
      return rowCount === 1;
    },
  };
}
