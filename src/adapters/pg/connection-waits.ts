import type { ConnectionWaits } from '../../app/ports/connection-waits.ts';
import type { CallWait } from '../../domain/reporting/connection-counters.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

const PAGE = 20_000;
/** Nobody is longer in greeting and menu than this: the index knows calls by their arrival. */
const BEFORE_REQUEST_MS = 6 * 3_600_000;

type Row = CallWait & { readonly cursor: string };

export function connectionWaits(db: PgDatabase, page = PAGE): ConnectionWaits {
  return {
    async each(fromMs, toMs, max, tell) {
      let after = new Date(fromMs - BEFORE_REQUEST_MS).toISOString();
      let afterId = '00000000-0000-0000-0000-000000000000';
      for (let told = 0; ; ) {
        const { rows } = await db.query<Row>(WAITS, [after, afterId, new Date(toMs), page]);
        told += rows.length;
        if (told > max) return false;
        for (const { cursor, ...wait } of rows) tell(wait);
        const last = rows.at(-1);
        if (rows.length < page || last === undefined) return true;
        [after, afterId] = [last.cursor, last.callId];
      }
    },
  };
}

// A leg is always a person's telephone; a parallel line rings at its unit before any queue.
const WAITS = `
  select c.id as "callId", ${ms('least(c.queued_at, l.rang_at)')} as "requestedMs",
    ${ms('c.talk_started_at')} as "connectedMs", ${ms('c.ended_at')} as "endedMs",
    to_char(c.arrived_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as cursor
  from calls c
    left join lateral (select min(rang_at) as rang_at from call_legs where call_id = c.id) l on true
  where (c.arrived_at, c.id) > ($1::timestamptz, $2::uuid) and c.arrived_at < $3 and c.direction = 'inbound'
  order by c.arrived_at, c.id limit $4`;
