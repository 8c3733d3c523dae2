import type { HelpBook, HelpLine, HelpRequest } from '../../app/ports/help.ts';
import { afterHelp } from '../../domain/help/help-table.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';

const REQUEST = `h.id, h.call_id as "callId", h.agent_id as "agentId", g.number as "agentNumber",
  a.display_name as "agentName", ${iso('h.asked_at')} as "askedAt", h.state, ${iso('h.ended_at')} as "endedAt",
  e.display_name as "endedBy", h.how,
  (select l.text from help_lines l where l.call_id = h.call_id order by l.at desc, l.id limit 1) as last`;
const TABLES = `help_requests h join accounts a on a.id = h.agent_id left join agents g on g.account_id = h.agent_id
  left join accounts e on e.id = h.ended_by`;
/** Who is told of what changed: `changed` has the calls and the agents. */
const TELL = `insert into outbox (topic, key, body)
  select 'help', call_id::text, jsonb_build_object('kind', 'help', 'callId', call_id, 'agentId', agent_id,
    'unitCode', null, 'atMs', (extract(epoch from $1::timestamptz) * 1000)::bigint) from changed`;
/** An answer is meant for whoever was asking when it was written, and after that for who asked last before it. */
const MEANT_FOR = (agent: string): string => `(l.said_by = ${agent}::uuid or l.meant_for = ${agent}::uuid
  or l.from_lead and l.meant_for is null and (
    exists (select from help_requests h where h.call_id = l.call_id and h.agent_id = ${agent}::uuid
      and h.asked_at <= l.at and (h.ended_at is null or h.ended_at >= l.at))
    or ${agent}::uuid = (select h.agent_id from help_requests h where h.call_id = l.call_id and h.asked_at <= l.at
      order by h.asked_at desc, h.id limit 1)))`;

export function helpBooks(db: PgDatabase): HelpBook {
  return {
    async ask({ id, callId, agentId, at }, tx) {
      const on = db.on(tx);
      const { rowCount } = await on.query(
        `with changed as (
           insert into help_requests (id, call_id, agent_id, asked_at, state) values ($2::uuid, $3::uuid, $4::uuid, $1, 'open')
           on conflict do nothing returning call_id, agent_id)
         ${TELL}`,
        [new Date(at), id, callId, agentId],
      );
      if (rowCount === 1) return 'asked';
      const known = await on.query('select from help_requests where id = $1::uuid', [id]);
      return known.rowCount === 1 ? 'known' : 'open';
    },

    async say({ id, callId, by, fromLead, at, text, meantFor = null }, tx) {
      const { rowCount } = await db.on(tx).query(
        `with said as (
           insert into help_lines (id, call_id, said_by, from_lead, at, text, meant_for)
           values ($2::uuid, $3::uuid, $4::uuid, $5, $1, $6, $7::uuid) on conflict (id) do nothing
           returning call_id, meant_for),
         changed as (
           select s.call_id, h.agent_id from said s join help_requests h on h.call_id = s.call_id
           union select call_id, meant_for from said where meant_for is not null),
         told as (${TELL})
         select from said`,
        [new Date(at), id, callId, by, fromLead, text, meantFor],
      );
      return rowCount === 1 ? 'said' : 'known';
    },

    async end(event, { callId, agentId }, { accountId, at, how }, tx) {
      const { rowCount } = await db.on(tx).query(
        `with changed as (
           update help_requests set state = $2, ended_at = $1, ended_by = $3::uuid, how = $4
           where call_id = $5::uuid and state = 'open' and ($6::uuid is null or agent_id = $6::uuid)
           returning call_id, agent_id)
         ${TELL}`,
        [new Date(at), afterHelp(event), accountId, how, callId, agentId ?? null],
      );
      return rowCount ?? 0;
    },

    async endOver(at, limit) {
      const { rowCount } = await db.query(
        `with changed as (
           update help_requests set state = $2, ended_at = $1 where id in (
             select h.id from help_requests h join calls c on c.id = h.call_id
             where h.state = 'open' and c.ended_at is not null limit $3 for update of h skip locked)
           returning call_id, agent_id)
         ${TELL}`,
        [new Date(at), afterHelp('callEnded'), limit],
      );
      return rowCount ?? 0;
    },

    async open() {
      const { rows } = await db.query<HelpRequest>(
        `select ${REQUEST} from ${TABLES} left join calls c on c.id = h.call_id
         where h.state = 'open' and c.ended_at is null order by h.asked_at, h.id`,
      );
      return rows;
    },

    async thread(callId, of, reader = of) {
      const [asked, said] = await Promise.all([
        db.query<HelpRequest>(
          `select ${REQUEST} from ${TABLES} where h.call_id = $1::uuid and ($2::uuid is null or h.agent_id = $2::uuid)
           order by h.asked_at desc, h.id limit 1`,
          [callId, of ?? null],
        ),
        db.query<HelpLine>(
          `select l.id, ${iso('l.at')} as at, a.display_name as "byName", l.text,
             case when l.meant_for is not null then 'expert' when l.from_lead then 'lead' else 'agent' end as "from",
             coalesce(l.meant_for is not null and $3::uuid in (l.said_by, l.meant_for), false) as "inFull"
           from help_lines l join accounts a on a.id = l.said_by where l.call_id = $1::uuid and ($2::uuid is null or ${MEANT_FOR('$2')}) order by l.at, l.id`,
          [callId, of ?? null, reader ?? null],
        ),
      ]);
      const request = asked.rows[0] ?? null;
      const last = said.rows.at(-1)?.text ?? null;
      return { request: request === null ? null : { ...request, last }, lines: said.rows };
    },
  };
}
