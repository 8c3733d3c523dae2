import type { PresenceBooks, PresenceDay } from '../../app/ports/presence-books.ts';
import { storedPresenceRules } from '../../domain/agents/presence-rules.ts';
import type { PgDatabase } from './database.ts';

export function presenceBooks(db: PgDatabase): PresenceBooks {
  return {
    async day(agentId, day) {
      const { rows } = await db.query<PresenceDay>(DAY, [agentId, day]);
      const [found] = rows;
      if (found === undefined) throw new Error('no municipality is set up in this database');
      return { ...found, fromMs: Number(found.fromMs), toMs: Number(found.toMs) };
    },
    async rules(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ rules: unknown; revision: number }>('select rules, revision from presence_rules');
      const [kept] = rows;
      return { revision: kept?.revision ?? 0, rules: storedPresenceRules(kept?.rules) };
    },
    async replaceRules(rules, { revision, by, atMs }, tx) {
      const values = [JSON.stringify(rules), new Date(atMs), by];
      const { rowCount } =
        revision === 0
          ? await db.on(tx).query(
              `insert into presence_rules (rules, revision, changed_at, changed_by) values ($1, 1, $2, $3)
               on conflict do nothing`,
              values,
            )
          : await db.on(tx).query(
              `update presence_rules set rules = $1, revision = revision + 1, changed_at = $2, changed_by = $3
               where revision = $4`,
              [...values, revision],
            );
      return rowCount === 1;
    },
  };
}

const POINT =
  'select id, at, seq, state, reason, limit_ms, counts_as_rest, by_account, note from presence_intervals';

// Three walks along the index: the last beginning before the day, those in it, the first after it.
const DAY = `
  with day as (
    select ($2::date)::timestamp at time zone time_zone as from_at,
      ($2::date + 1)::timestamp at time zone time_zone as to_at
    from municipality
  ), points as (
    (${POINT}, day where agent_id = $1 and at < from_at order by at desc, seq desc limit 1)
    union all
    (${POINT}, day where agent_id = $1 and at >= from_at and at < to_at)
    union all
    (${POINT}, day where agent_id = $1 and at >= to_at order by at, seq limit 1)
  )
  select extract(epoch from from_at) * 1000 as "fromMs", extract(epoch from to_at) * 1000 as "toMs",
    (select coalesce(jsonb_agg(jsonb_build_object('atMs', round(extract(epoch from p.at) * 1000), 'state', p.state,
        'reason', p.reason, 'limitMs', p.limit_ms, 'countsAsRest', p.counts_as_rest, 'by', p.by_account,
        'byName', a.display_name, 'note', p.note) order by p.at, p.seq), '[]')
      from points p left join accounts a on a.id = p.by_account) as points
  from day`;
