import type { CallDetail, CallFilter, CallRegister, CallRow, CallTotals } from '../../app/ports/calls.ts';
import { ANSWERED, betweenDays, COUNTS, INBOUND } from './call-counts.ts';
import type { PgDatabase } from './database.ts';
import { callOfEmployer } from './employers.ts';
import { readPage } from './page-cursor.ts';

/** ISO 8601 in UTC to the millisecond; null stays null. */
const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const COLUMNS = `c.id, ${iso('c.arrived_at')} as "arrivedAt", c.dialled, c.caller_number as "callerNumber", c.line,
  l.name as "lineName", c.mode, c.queue, ${iso('c.queued_at')} as "queuedAt", c.agent_id as "agentId",
  g.number as "agentNumber", a.display_name as "agentName", ${iso('c.answered_at')} as "answeredAt",
  ${iso('c.talk_started_at')} as "talkStartedAt", ${iso('c.ended_at')} as "endedAt",
  c.released_by as "releasedBy", c.result, c.direction, c.purpose, c.dial_outcome as "dialOutcome",
  c.about_ticket as "aboutTicket", o.outcome, o.ticket_id as "ticketId"`;

const TABLES = `calls c
  left join lateral (select name from lines where number = c.line
    order by valid_from <= (c.arrived_at at time zone (select time_zone from municipality))::date desc,
      abs(valid_from - c.arrived_at::date) limit 1) l on true
  left join agents g on g.account_id = c.agent_id
  left join accounts a on a.id = c.agent_id
  left join call_outcomes o on o.call_id = c.id`;

/** The local day $n of the municipality. */
const onDay = (parameter: string): string => betweenDays('c.arrived_at', parameter, parameter);

export function callRegister(db: PgDatabase): CallRegister {
  return {
    async list(filter, page) {
      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const conditions = conditionsOf(filter, bind);
      const list = {
        columns: COLUMNS,
        from: TABLES,
        ...{ conditions, values },
        by: { at: 'c.arrived_at', id: 'c.id', order: 'newestFirst' },
      } as const;
      const { rows: calls, next } = await readPage<CallRow>(db, list, page);
      return { calls, next };
    },

    async detail(callId) {
      const { rows } = await db.query<CallDetail & { configurationVersion: string | null }>(DETAIL, [callId]);
      const [call] = rows;
      if (call === undefined) return null;
      const version = call.configurationVersion;
      return { ...call, configurationVersion: version === null ? null : Number(version) };
    },

    async tookPart(callId, agentId) {
      const { rows } = await db.query<{ took: boolean }>(
        `select c.agent_id is not distinct from $2::uuid or exists (select from call_legs g
           where g.call_id = c.id and g.agent_id = $2::uuid and g.answered_at is not null) as took
         from calls c where c.id = $1::uuid`,
        [callId, agentId],
      );
      const [row] = rows;
      return row === undefined ? 'unknown' : row.took ? 'yes' : 'no';
    },

    async totals(day) {
      const { rows } = await db.query<Omit<CallTotals, 'day'>>(TOTALS, [day]);
      const [totals] = rows;
      if (totals === undefined) throw new Error('an aggregate without a row');
      return { day, ...totals };
    },
  };
}

function conditionsOf(filter: CallFilter, bind: (value: unknown) => string): string[] {
  const conditions: string[] = [];
  if (filter.day !== undefined) conditions.push(onDay(bind(filter.day)));
  if (filter.line !== undefined) conditions.push(`c.line = ${bind(filter.line)}`);
  if (filter.queue !== undefined) conditions.push(`c.queue = ${bind(filter.queue)}`);
  if (filter.agentId !== undefined) conditions.push(`c.agent_id = ${bind(filter.agentId)}::uuid`);
  if (filter.direction !== undefined) conditions.push(`c.direction = ${bind(filter.direction)}`);
  if (filter.aboutTicket !== undefined) conditions.push(`c.about_ticket = ${bind(filter.aboutTicket)}::uuid`);
  if (filter.result !== undefined) conditions.push(`c.result = ${bind(filter.result)}`);
  if (filter.employer !== undefined) conditions.push(callOfEmployer('c.id', bind(filter.employer)));
  if (filter.outcome === 'open') conditions.push(`${ANSWERED} and o.call_id is null`);
  else if (filter.outcome !== undefined) conditions.push(`o.outcome = ${bind(filter.outcome)}`);
  return conditions;
}

const DETAIL = `
  select ${COLUMNS}, c.trunk, c.recognised_by as "recognisedBy", c.confidence, c.recording,
    c.configuration_version as "configurationVersion",
    case when o.call_id is not null then jsonb_build_object('type', o.type, 'category', o.category,
      'reason', o.reason, 'closedBy', o.closed_by, 'closedAt', ${iso('o.closed_at')}) end as closing,
    (select coalesce(jsonb_agg(jsonb_build_object('leg', g.leg, 'agentId', g.agent_id, 'agentNumber', p.number,
        'number', g.number, 'reason', g.reason, 'rangAt', ${iso('g.rang_at')}, 'answeredAt', ${iso('g.answered_at')},
        'endedAt', ${iso('g.ended_at')}, 'how', g.how) order by g.rang_at, g.leg), '[]')
      from call_legs g left join agents p on p.account_id = g.agent_id where g.call_id = c.id) as legs,
    (select coalesce(jsonb_agg(jsonb_build_object('seq', f.seq, 'at', ${iso('f.at')}, 'type', f.type,
        'body', f.body) order by f.at, f.seq), '[]')
      from call_facts f where f.call_id = c.id) as facts
  from ${TABLES} where c.id = $1::uuid`;

const TOTALS = `
  with day as (
    select c.result, o.outcome, ${ANSWERED} as answered
    from calls c left join call_outcomes o on o.call_id = c.id where ${INBOUND} and ${onDay('$1')}
  )
  select ${COUNTS}
  from day`;
