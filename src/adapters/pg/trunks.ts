import type { TrunkBooks, TrunkCall } from '../../app/ports/trunks.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { headersOf, texts } from './rule-replay.ts';
import { ms } from './sql-instants.ts';

interface Row {
  readonly id: string;
  readonly atMs: number;
  readonly trunk: string;
  readonly dialled: string;
  readonly callerNumber: string;
  readonly result: string | null;
  readonly headers: Readonly<Record<string, unknown>> | null;
  readonly recognised: TrunkCall['recognised'];
}

/** What carriers wrote, read back from the facts of their calls. */
export function trunkBooks(db: PgDatabase): TrunkBooks {
  return {
    async callsOf(trunk, page) {
      const list = {
        columns: CALL,
        from: 'calls c',
        conditions: ['c.trunk = $1', `c.direction = 'inbound'`],
        values: [trunk],
        by: { at: 'c.arrived_at', id: 'c.id', order: 'newestFirst' },
      } as const;
      const { rows, next } = await readPage<Row>(db, list, page);
      const calls = rows.map(({ headers, ...call }) => ({
        ...call,
        headers: {
          ...headersOf(headers),
          pAssertedIdentity: texts(headers?.pAssertedIdentity)[0] ?? '',
          from: texts(headers?.from)[0] ?? '',
        },
      }));
      return { rows: calls, next };
    },
    async seen() {
      const { rows } = await db.query<{ code: string; lastCallMs: number }>(SEEN);
      return rows;
    },
  };
}

const CALL = `c.id, ${ms('c.arrived_at')} as "atMs", c.trunk, c.dialled,
  c.caller_number as "callerNumber", c.result,
  (select f.body->'headers' from call_facts f where f.call_id = c.id and f.type = 'callArrived' limit 1) as headers,
  (select f.body - 'mode' from call_facts f where f.call_id = c.id and f.type = 'callRecognised'
    order by f.at desc, f.seq desc limit 1) as recognised`;

// From one trunk to the next along the index: millions of calls, a handful of steps.
const SEEN = `
  with recursive trunks as (
    (select trunk from calls order by trunk limit 1)
    union all
    select (select c.trunk from calls c where c.trunk > t.trunk order by c.trunk limit 1)
    from trunks t where t.trunk is not null
  )
  select t.trunk as code,
    (select ${ms('c.arrived_at')} from calls c where c.trunk = t.trunk
      order by c.arrived_at desc limit 1) as "lastCallMs"
  from trunks t where t.trunk <> ''`;
