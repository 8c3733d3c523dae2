import type { ReportedCallBook } from '../../app/ports/reported-calls.ts';
import type { ReportedCaller } from '../../domain/reporting/reported-call.ts';
import type { PgDatabase } from './database.ts';

/**
 * `caller_key` tells a repeated report from a second call: the hash where there is a number, else what is shown of it;
 * two withheld callers of one second are two when their references differ.
 */
const ADD = `
  with r as (
    select *, case when number is not null
        then sha256((select caller_salt from reporting_settings) || convert_to(number, 'UTF8'))
        when hash is not null then decode(hash, 'hex') end as caller_hash
    from jsonb_to_recordset($1::jsonb) as r(id uuid, line text, "unitCode" text,
      "startedAtMs" double precision, "durationMs" integer, answered boolean, reference text, number text, hash text,
      masked text, place integer)
  )
  insert into reported_calls (id, line, unit_code, started_at, duration_ms, answered, caller_masked, caller_hash,
    reference, caller_key, reported_by, reported_at)
  select id, line, "unitCode", to_timestamp("startedAtMs" / 1000), "durationMs", answered, masked, caller_hash,
    reference, coalesce(encode(caller_hash, 'hex'), nullif(masked, ''), '?' || reference), $2, $3
  from r order by place
  on conflict do nothing returning id`;

/**
 * The nearest pairs of a reported call and a leg of ours to the unit's telephone, each of both in one pair: the unit
 * answered both or neither, and the clocks are a minute apart at most.
 */
const MATCH = `
  with pairs as (
    select r.id, c.id as call, abs(extract(epoch from g.rang_at - r.started_at)) as apart
    from reported_calls r
    join calls c on c.line = r.line and c.direction = 'inbound'
      and c.arrived_at between r.started_at - interval '30 minutes' and r.started_at + interval '2 minutes'
    join call_legs g on g.call_id = c.id and g.agent_id is null
      and g.rang_at between r.started_at - interval '1 minute' and r.started_at + interval '1 minute'
      and (g.answered_at is not null) = r.answered
    where r.our_call is null and r.started_at >= $1 and r.started_at < $2
      and not exists (select from reported_calls o where o.our_call = c.id)
  ), nearest as (select distinct on (id) * from pairs order by id, apart, call)
  , mutual as (select distinct on (call) * from nearest order by call, apart, id)
  update reported_calls r set our_call = m.call from mutual m where r.id = m.id`;

export function reportedCallBooks(db: PgDatabase): ReportedCallBook {
  return {
    async add(calls, { accountId, at }, tx) {
      const rows = calls.map(({ caller, ...call }, place) => ({ ...call, ...callerColumns(caller), place }));
      const written = await db
        .on(tx)
        .query<{ id: string }>(ADD, [JSON.stringify(rows), accountId, new Date(at)]);
      return new Set(written.rows.map(({ id }) => id));
    },
    async matchOurs(fromMs, untilMs, tx) {
      const { rowCount } = await db.on(tx).query(MATCH, [new Date(fromMs), new Date(untilMs)]);
      return rowCount ?? 0;
    },
  };
}

function callerColumns(caller: ReportedCaller): {
  readonly number: string | null;
  readonly hash: string | null;
  readonly masked: string;
} {
  switch (caller.kind) {
    case 'number':
      return { number: caller.number, hash: null, masked: caller.masked };
    case 'hash':
      return { number: null, hash: caller.hash, masked: '' };
    case 'masked':
      return { number: null, hash: null, masked: caller.masked };
    case 'unknown':
      return { number: null, hash: null, masked: '' };
    default:
      return caller satisfies never;
  }
}
