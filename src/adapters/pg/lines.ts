import type { Lines, ProtectedNumber, RegisteredLine } from '../../app/ports/lines.ts';
import type { Queues } from '../../app/ports/organisation.ts';
import type { Queue } from '../../domain/hotlines/configuration.ts';
import type { PgDatabase } from './database.ts';
import { SELECT_QUEUES } from './queue-rows.ts';

// Local days travel as text: as a Date they would shift with the server's time zone.
const LINES = `
  select l.number, l.name, l.unit_code as "unitCode", u.name as "unitName", l.mode,
    l.valid_from::text as "validFrom", l.valid_to::text as "validTo", l.queue_code as queue,
    l.unit_number as "unitNumber", l.trunk, l.greeting, l.menu, l.after_end as "afterEnd", l.hours,
    l.centre_address as "centreAddress", l.skills, l.basis
  from lines l join units u on u.code = l.unit_code`;

/** Of several periods the one that speaks for the number today: in force, else begun last, else beginning first. */
const OF_TODAY = `
  order by coalesce(l.valid_to >= today(), true) and l.valid_from <= today() desc, l.valid_from <= today() desc,
    case when l.valid_from <= today() then l.valid_from end desc, l.valid_from
  limit 1`.replaceAll('today()', '(now() at time zone (select time_zone from municipality))::date');

export function lineBooks(db: PgDatabase): Lines & { readonly queues: Queues } {
  return {
    async list(tx) {
      const { rows } = await db.on(tx).query<RegisteredLine>(`${LINES} order by l.number, l.valid_from`);
      return rows;
    },
    async byNumber(number, tx) {
      const { rows } = await db
        .on(tx)
        .query<RegisteredLine>(`${LINES} where l.number = $1 ${OF_TODAY}`, [number]);
      return rows[0] ?? null;
    },
    async protectedNumbers(tx) {
      const { rows } = await db
        .on(tx)
        .query<ProtectedNumber>('select number, name, rule, basis from protected_numbers order by number');
      return rows;
    },
    queues: {
      async list(tx) {
        const { rows } = await db.on(tx).query<Queue>(`${SELECT_QUEUES} where not retired order by code`);
        return rows;
      },
    },
  };
}
