import type { MenuCount, MenuCounters } from '../../app/ports/menu-counters.ts';
import type { PgDatabase } from './database.ts';

/** Counted from the facts of the calls: nothing is added up that could be added twice. */
export function menuCounters(db: PgDatabase): MenuCounters {
  return {
    async count(menu, from, to) {
      const { rows } = await db.query<MenuCount>(
        `select to_char(f.at at time zone m.time_zone, 'YYYY-MM-DD') as day, f.body->>'node' as node,
           f.body->>'digits' as digits, f.body->>'outcome' as outcome, f.body->>'counter' as counter,
           count(distinct f.call_id)::integer as calls
         from call_facts f cross join municipality m
         where f.type = 'menuChoice' and f.body->>'menu' = $1
           and f.at >= ($2::date)::timestamp at time zone m.time_zone
           and f.at < ($3::date + 1)::timestamp at time zone m.time_zone
         group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
        [menu, from, to],
      );
      return rows;
    },
  };
}
