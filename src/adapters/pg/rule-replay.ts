import type { RuleBooks } from '../../app/ports/rules.ts';
import type { CarrierCall } from '../../domain/hotlines/recognise.ts';
import type { RecordedCall } from '../../domain/hotlines/replay.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

interface Row {
  readonly id: string;
  readonly atMs: number;
  readonly trunk: string;
  readonly dialled: string;
  readonly callerNumber: string;
  readonly handlingMs: number | null;
  readonly menu: RecordedCall['menu'];
  readonly headers: Readonly<Record<string, unknown>> | null;
}

/** Keys by which a menu was left or failed; a ticket's digits are masked and tell nothing. */
const PRESSED = `
  select jsonb_build_object('code', min(f.body->>'menu'), 'keys', coalesce(string_agg(f.body->>'digits', '' order by f.seq)
    filter (where f.type = 'menuChoice' and f.body->>'digits' ~ '^[0-9*#]+$' and f.body->>'digits' <> '****'), ''))
  from call_facts f where f.call_id = c.id and f.type in ('menuEntered', 'menuChoice')
  having count(*) > 0`;

/** What the carrier said at the time, from the facts; handling is talk and the wrap-up of the desk that had it. */
export function recordedCalls(db: PgDatabase): Pick<RuleBooks, 'recordedCalls'> {
  return {
    async recordedCalls(fromMs, untilMs, limit) {
      const { rows } = await db.query<Row>(
        `select c.id, ${ms('c.arrived_at')} as "atMs", c.trunk, c.dialled,
           c.caller_number as "callerNumber",
           (extract(epoch from c.ended_at - c.talk_started_at) * 1000 + coalesce(q.wrap_up_ms, 0))::float8
             as "handlingMs",
           (select f.body->'headers' from call_facts f
            where f.call_id = c.id and f.type = 'callArrived' limit 1) as headers,
           (${PRESSED}) as menu
         from calls c left join queues q on q.code = c.queue
         where c.arrived_at >= $1 and c.arrived_at < $2 and c.dialled <> ''
           and c.direction = 'inbound'
         order by c.arrived_at, c.id limit $3`,
        [new Date(fromMs), new Date(untilMs), limit],
      );
      return rows.map(({ headers, ...call }) => ({ ...call, headers: headersOf(headers) }));
    },
  };
}

/** The headers of a call's fact, whatever release wrote them. */
export function headersOf(headers: Readonly<Record<string, unknown>> | null): CarrierCall['headers'] {
  return {
    to: texts(headers?.to)[0] ?? '',
    diversion: texts(headers?.diversion),
    historyInfo: texts(headers?.historyInfo),
    rdnis: texts(headers?.rdnis)[0] ?? '',
  };
}

/** A header as the fact holds it: one text or several. */
export function texts(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((one): one is string => typeof one === 'string');
}
