import type { Lines, ProtectedNumber, RegisteredLine } from '../../app/ports/lines.ts';
import type { Queues } from '../../app/ports/organisation.ts';
import type { Queue } from '../../domain/hotlines/configuration.ts';
import type { PgDatabase } from './database.ts';

// Local days travel as text: as a Date they would shift with the server's time zone.
const LINES = `
  select l.number, l.name, l.unit_code as "unitCode", u.name as "unitName", l.mode,
    l.valid_from::text as "validFrom", l.valid_to::text as "validTo", l.queue_code as queue,
    l.unit_number as "unitNumber", l.trunk, l.greeting, l.basis
  from lines l join units u on u.code = l.unit_code`;

export function lineBooks(db: PgDatabase): Lines & { readonly queues: Queues } {
  return {
    async list(tx) {
      const { rows } = await db.on(tx).query<RegisteredLine>(`${LINES} order by l.number`);
      return rows;
    },
    async byNumber(number, tx) {
      const { rows } = await db.on(tx).query<RegisteredLine>(`${LINES} where l.number = $1`, [number]);
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
        const { rows } = await db.on(tx).query<Queue>(
          `select code, name, overflow_queue as "overflowQueue", overflow_after_ms as "overflowAfterMs",
             ring_timeout_ms as "ringTimeoutMs", wrap_up_ms as "wrapUpMs"
           from queues order by code`,
        );
        return rows;
      },
    },
  };
}
