import type { SurveyBook, SurveyCandidate, SurveyView, ToldSurvey } from '../../app/ports/surveys.ts';
import { CONTACTS_A_DAY } from '../../domain/callbacks/contact.ts';
import { MATTERS_AT_MOST } from '../../domain/callbacks/survey/rules.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { binder } from './ticket-sight.ts';
import { BEGAN, OF_THIS_VISIT } from './visit-rows.ts';

/** A number that the rules will never let us call is a person's business; anything else is tried again after a while. */
const TURNED_DOWN = `select from visit_surveys r where r.ticket_id = t.id and r.state in ('refused', 'lost')
  and r.placed_at >= b.at and (r.detail like 'outbound.number%' or r.finished_at > $1::timestamptz - interval '15 minutes')`;

/** Who was called enough within a day, for whichever unit or desk, is left alone by the machine (G11). */
const CALLED_ENOUGH = `(select count(*) from calls c where c.direction = 'outbound'
  and citizen_key(c.caller_number) = h.key and c.purpose <> 'queueCallback'
  and c.arrived_at > $1::timestamptz - interval '1 day') >= ${CONTACTS_A_DAY}`;

const MATTER = `jsonb_build_object('ticketId', t.id, 'number', t.number, 'type', t.type, 'version', t.version,
  'attempts', (select coalesce(jsonb_agg(jsonb_build_object('at', ${ms('v.at')}, 'outcome', v.outcome) order by v.at),
    '[]') from visit_attempts v where ${OF_THIS_VISIT}),
  'given', coalesce((select jsonb_strip_nulls(jsonb_build_object('resolved', v.resolved, 'result', v.result,
    'process', v.process)) from visit_attempts v where ${OF_THIS_VISIT} and v.outcome = 'brokenOff'
    order by v.at desc limit 1), '{}'))`;

/** A citizen is called once for all that waits: one matter that is not the machine's makes all of them a person's. */
const CANDIDATES = `
  with his as (
    select citizen_key(t.citizen_number) as key from tickets t
    where t.state = 'returnVisit' and citizen_key(t.citizen_number) <> ''
    group by 1
    having not bool_or(t.confidential) and ($3 or not bool_or(t.urgency = 'urgent'))
      and count(*) <= case when $4 then ${MATTERS_AT_MOST} else 1 end
  )
  select min(t.citizen_number) as "citizenNumber", (array_agg(t.line order by b.at, t.id))[1] as line,
    jsonb_agg(${MATTER} order by b.at, t.id) as matters
  from his h
    join tickets t on citizen_key(t.citizen_number) = h.key and t.state = 'returnVisit'
    cross join lateral (select e.at from ticket_events e where e.ticket_id = t.id and e.seq = ${BEGAN}) b
  where not exists (select from visit_surveys s where s.number = h.key and s.state in ('calling', 'told'))
    and not exists (select from contact_claims c where c.number = h.key and c.until > $1::timestamptz)
    and not ${CALLED_ENOUGH}
  group by h.key
  having not bool_or(exists (${TURNED_DOWN}))
    and not bool_or(exists (select from visit_attempts v where ${OF_THIS_VISIT} and v.call_again_at > $1::timestamptz))
  order by bool_or(t.urgency = 'urgent') desc, bool_or(t.type in ('COMPLAINT', 'REPORT')) desc, min(b.at) limit $2`;

export function surveyBooks(db: PgDatabase): SurveyBook {
  return {
    async active() {
      const { rows } = await db.query<{ n: number }>(
        `select count(distinct call_id)::integer as n from visit_surveys where state = 'calling'`,
      );
      return rows[0]?.n ?? 0;
    },

    async candidates({ severalMatters, urgentMatters }, nowMs, limit) {
      const values = [new Date(nowMs), limit, urgentMatters === 'machine', severalMatters === 'machine'];
      return (await db.query<SurveyCandidate>(CANDIDATES, values)).rows;
    },

    async begin({ callId, tickets, number, nowMs, untilMs }, tx) {
      const on = db.on(tx);
      const at = new Date(nowMs);
      const until = new Date(untilMs);
      const asked = JSON.stringify(tickets);
      // Whoever moves one of them in this moment goes before: it is looked at again in the next round.
      const free = await on.query(
        `select from tickets t join jsonb_to_recordset($1::jsonb) as a("ticketId" uuid, version integer)
           on a."ticketId" = t.id and a.version = t.version
         where t.state = 'returnVisit' and not exists (select from visit_surveys s
           where s.ticket_id = t.id and s.state in ('calling', 'told'))
         order by t.id for update of t skip locked`,
        [asked],
      );
      if (free.rowCount !== tickets.length) return false;
      const claimed = await on.query(
        `insert into contact_claims (number, held_by, until, since, ticket_id, called_at)
         values (citizen_key($1), null, $2, $3, $4::uuid, null)
         on conflict (number) do update set held_by = null, until = excluded.until, since = excluded.since,
           ticket_id = excluded.ticket_id, called_at = null
         where contact_claims.until <= $3`,
        [number, until, at, tickets[0]?.ticketId],
      );
      if (claimed.rowCount === 0) return false;
      await on.query(
        `insert into visit_surveys (id, call_id, place, ticket_id, ticket_version, number, state, placed_at, leased_until)
         select a.id, $1::uuid, a.place, a."ticketId", a.version, citizen_key($2), 'calling', $3, $4
         from rows from (jsonb_to_recordset($5::jsonb) as (id uuid, "ticketId" uuid, version integer))
           with ordinality as a(id, "ticketId", version, place)`,
        [callId, number, at, until, asked],
      );
      return true;
    },

    async refuse(callId, code, nowMs) {
      await db.query(
        `with s as (update visit_surveys set state = 'refused', detail = $2, finished_at = $3
           where call_id = $1::uuid and state = 'calling' returning number)
         delete from contact_claims c using s where c.number = s.number and c.held_by is null`,
        [callId, code, new Date(nowMs)],
      );
    },

    async expire(nowMs) {
      const { rowCount } = await db.query(
        `update visit_surveys set state = 'lost', detail = 'leaseOver', finished_at = $1
         where state = 'calling' and leased_until <= $1`,
        [new Date(nowMs)],
      );
      return rowCount ?? 0;
    },

    async nextTold(tx) {
      const { rows } = await db.on(tx).query<ToldSurvey>(
        `select id, call_id as "callId", ticket_id as "ticketId", ticket_version as "ticketVersion", number, how, dial,
           given from visit_surveys where state = 'told' order by told_at, place limit 1 for update skip locked`,
      );
      return rows[0] ?? null;
    },

    async finish(id, { state, detail, nowMs }, tx) {
      await db.on(tx).query(
        `with s as (update visit_surveys set state = $2, detail = $3, finished_at = $4
           where id = $1::uuid and state = 'told' returning number)
         delete from contact_claims c using s where c.number = s.number and c.held_by is null`,
        [id, state, detail, new Date(nowMs)],
      );
    },

    list({ ticketId }, page) {
      const { values, bind } = binder();
      const list = {
        columns: `s.call_id as id, s.ticket_id as "ticketId", t.number as "ticketNumber", s.state,
          ${iso('s.placed_at')} as "placedAt", s.how, s.dial, s.given, ${iso('s.finished_at')} as "finishedAt", s.detail`,
        from: 'visit_surveys s join tickets t on t.id = s.ticket_id',
        conditions: ticketId === undefined ? [] : [`s.ticket_id = ${bind(ticketId)}::uuid`],
        values,
        by: { at: 's.placed_at', id: 's.id', order: 'newestFirst' },
      } as const;
      return readPage<SurveyView>(db, list, page);
    },
  };
}
