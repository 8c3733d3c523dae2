import type {
  PlaceQuoteView,
  QuoteBook,
  QuotedCall,
  QuotedVersion,
  QuoteView,
} from '../../app/ports/knowledge-quotes.ts';
import type { CallOutcomeKind } from '../../app/ports/tickets.ts';
import type { PgDatabase } from './database.ts';
import { standsOn, toldLock } from './knowledge-rows.ts';
import { iso, ms } from './sql-instants.ts';

const CALL = `(
  select jsonb_build_object('id', c.id, 'arrivedAt', ${ms('c.arrived_at')}, 'endedAt', ${ms('c.ended_at')},
    'callerNumber', c.caller_number, 'answered', c.talk_started_at is not null,
    'agentIds', (select coalesce(jsonb_agg(distinct agent), '[]') from (
      select c.agent_id as agent union select l.agent_id from call_legs l where l.call_id = c.id
        and l.answered_at is not null) s where agent is not null),
    'outcome', (select jsonb_build_object('kind', o.outcome, 'ticketId', o.ticket_id, 'closedBy', o.closed_by,
      'quoteId', o.quote_id) from call_outcomes o where o.call_id = c.id))
  from calls c where c.id = $1::uuid)`;

const VERSION = `(
  select jsonb_build_object('number', v.number, 'state', v.state, 'since', ${ms('v.state_since')},
    'validFrom', to_char(v.valid_from, 'YYYY-MM-DD'), 'validTo', to_char(v.valid_to, 'YYYY-MM-DD'),
    'authorId', v.author, 'submittedBy', v.submitted_by, 'publishedBy', v.published_by,
    'reviewDueAt', ${ms('v.review_due_at')}, 'entryNumber', e.number, 'question', v.question, 'message', v.message,
    'categories', to_jsonb(v.categories), 'currentNumber', (select max(v.number) from knowledge_versions v
      where v.entry_id = e.id and ${standsOn('$4')}))
  from knowledge_versions v join knowledge_entries e on e.id = v.entry_id
  where v.entry_id = $2::uuid and v.number = $3)`;

/** Told after somebody had said that it is wrong, by who still had it before him: the citizen is one more who is to hear so. */
const ADD_HEARD = `
  with wrong as (
    select id from knowledge_corrections where entry_id = $2::uuid and $3::integer = any (versions)
  ), heard as (
    select case when caller_number ~ '[0-9]{3}' then caller_number else '' end as number from calls where id = $1::uuid
  ), joined as (
    update knowledge_correction_items i set heard_at = $4, calls = array_prepend($1::uuid, array_remove(i.calls, $1::uuid))
    from wrong, heard
    where i.correction_id = wrong.id and i.state = 'open' and i.caller_number = heard.number and heard.number <> ''
    returning i.correction_id
  )
  insert into knowledge_correction_items (id, correction_id, caller_number, calls, heard_at)
  select gen_random_uuid(), wrong.id, heard.number, array[$1::uuid], $4 from wrong, heard
  where wrong.id not in (select correction_id from joined)`;

/** Of two presses at once the second waits here, and finds what the first did; so does a key that takes one back. */
const ONE_AT_A_TIME = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';

const VIEW = `
  select q.id, q.call_id as "callId", q.entry_id as "entryId", e.number as "entryNumber", q.version, v.question, v.answer,
    ${iso('q.at')} as at, jsonb_build_object('id', a.id, 'displayName', a.display_name) as agent, q.message,
    ${iso('q.retracted_at')} as "retractedAt", q.retraction
  from knowledge_quotes q join knowledge_entries e on e.id = q.entry_id
    join knowledge_versions v on v.entry_id = q.entry_id and v.number = q.version
    join accounts a on a.id = q.agent_id`;

const PLACE_VIEW = `
  select q.id, q.call_id as "callId", q.place_id as "placeId", q.place_revision as revision, p.content ->> 'name' as name,
    p.content ->> 'address' as address, ${iso('q.at')} as at,
    jsonb_build_object('id', a.id, 'displayName', a.display_name) as agent, q.message,
    ${iso('q.retracted_at')} as "retractedAt", q.retraction
  from knowledge_quotes q join place_changes p on p.place_id = q.place_id and p.revision = q.place_revision
    join accounts a on a.id = q.agent_id`;

export function quoteBooks(db: PgDatabase): QuoteBook {
  return {
    async call(callId, tx) {
      const on = db.on(tx);
      await on.query(ONE_AT_A_TIME, [`quote:${callId}`]);
      const { rows } = await on.query<{ call: QuotedCall | null }>(`select ${CALL} as call`, [callId]);
      return rows[0]?.call ?? null;
    },

    async facts({ callId, entryId, version, day }, tx) {
      const on = db.on(tx);
      await on.query(ONE_AT_A_TIME, [`quote:${callId}`]);
      // Whoever corrects the entry waits until this is told, or is seen here.
      await on.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [toldLock(entryId)]);
      const { rows } = await on.query<{
        call: QuotedCall | null;
        entryKnown: boolean;
        version: QuotedVersion | null;
      }>(
        `select ${CALL} as call, exists (select from knowledge_entries where id = $2::uuid) as "entryKnown",
           ${VERSION} as version`,
        [callId, entryId, version, day],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a select without a row');
      return row;
    },

    async standing({ callId, entryId, version }, tx) {
      const { rows } = await db
        .on(tx)
        .query<QuoteView>(
          `${VIEW} where q.call_id = $1::uuid and q.entry_id = $2::uuid and q.version = $3 and q.retracted_at is null`,
          [callId, entryId, version],
        );
      return rows[0] ?? null;
    },

    async add({ id, callId, entryId, version, at, agentId, message }, tx) {
      await db.on(tx).query(
        `insert into knowledge_quotes (id, call_id, entry_id, version, at, agent_id, message)
         values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::uuid, $7)`,
        [id, callId, entryId, version, new Date(at), agentId, message],
      );
      await db.on(tx).query(ADD_HEARD, [callId, entryId, version, new Date(at)]);
    },

    async addPlace({ id, callId, placeId, revision, at, agentId, message }, tx) {
      await db.on(tx).query(
        `insert into knowledge_quotes (id, call_id, place_id, place_revision, at, agent_id, message)
         values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::uuid, $7)`,
        [id, callId, placeId, revision, new Date(at), agentId, message],
      );
    },

    async placeStands({ callId, placeId }, tx) {
      const { rows } = await db
        .on(tx)
        .query(
          `select from knowledge_quotes where call_id = $1::uuid and place_id = $2::uuid and retracted_at is null`,
          [callId, placeId],
        );
      return rows.length > 0;
    },

    async setMessage(id, message, tx) {
      await db.on(tx).query('update knowledge_quotes set message = $2 where id = $1::uuid', [id, message]);
    },

    async written(entryId, versions, tx) {
      const { rows } = await db.on(tx).query<{ callId: string; entryId: string; version: number }>(
        `select call_id as "callId", entry_id as "entryId", version from knowledge_quotes q
         where entry_id = $1::uuid and version = any ($2::integer[]) and message = 'queued' and retracted_at is null
           and exists (select from citizen_messages m where m.state = 'pending'
             and m.dedupe_key = 'knowledge:' || q.call_id || ':' || q.entry_id || ':' || q.version)
         order by q.at`,
        [entryId, versions],
      );
      return rows;
    },

    async close({ quote, type, category }, tx) {
      const { rows } = await db.on(tx).query<{ kind: CallOutcomeKind }>(
        `with closed as (
           insert into call_outcomes (call_id, outcome, type, category, closed_by, closed_at, quote_id)
           values ($1::uuid, 'answeredOnSpot', $2, $3, $4::uuid, $5, $6::uuid)
           on conflict (call_id) do update set type = excluded.type, category = excluded.category, reason = null,
             closed_by = excluded.closed_by, closed_at = excluded.closed_at, quote_id = excluded.quote_id
           where call_outcomes.outcome = 'answeredOnSpot' and call_outcomes.closed_by is null
           returning outcome)
         select outcome as kind from closed
         union all select outcome from call_outcomes where call_id = $1::uuid and not exists (select from closed)`,
        [quote.callId, type, category, quote.agentId, new Date(quote.at), quote.id],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a call that was closed and is not');
      return row.kind;
    },

    async ofCall(callId) {
      const { rows } = await db.query<QuoteView>(`${VIEW} where q.call_id = $1::uuid order by q.at, q.id`, [
        callId,
      ]);
      return rows;
    },

    async placesOfCall(callId) {
      const { rows } = await db.query<PlaceQuoteView>(
        `${PLACE_VIEW} where q.call_id = $1::uuid order by q.at, q.id`,
        [callId],
      );
      return rows;
    },

    async retract({ id, callId, at, endedSince, reason }, tx) {
      const on = db.on(tx);
      await on.query(ONE_AT_A_TIME, [`quote:${callId}`]);
      const { rows } = await on.query<{ retracted: boolean; late: boolean }>(
        `select q.retracted_at is not null as retracted, coalesce(c.ended_at < $3, false) as late
         from knowledge_quotes q join calls c on c.id = q.call_id
         where q.id = $1::uuid and q.call_id = $2::uuid for update of q`,
        [id, callId, new Date(endedSince)],
      );
      const [quote] = rows;
      if (quote === undefined) return 'unknown';
      if (quote.retracted) return 'again';
      if (quote.late) return 'late';
      await on.query('update knowledge_quotes set retracted_at = $2, retraction = $3 where id = $1::uuid', [
        id,
        new Date(at),
        reason,
      ]);
      const other = await on.query<{ id: string }>(
        `select id from knowledge_quotes where call_id = $1::uuid and retracted_at is null order by at limit 1`,
        [callId],
      );
      const [next] = other.rows;
      await (next === undefined
        ? on.query('delete from call_outcomes where call_id = $1::uuid and quote_id = $2::uuid', [callId, id])
        : on.query(
            'update call_outcomes set quote_id = $3::uuid where call_id = $1::uuid and quote_id = $2::uuid',
            [callId, id, next.id],
          ));
      return 'retracted';
    },
  };
}
