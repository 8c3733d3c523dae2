import type { SurveyBook, SurveyCandidate, SurveyView, ToldSurvey } from '../../app/ports/surveys.ts';
import { CONTACTS_A_DAY } from '../../domain/callbacks/contact.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';
import { BEGAN, OF_THIS_VISIT } from './visit-rows.ts';

/** A number that the rules will never let us call is a person's business; anything else is tried again after a while. */
const TURNED_DOWN = `select from visit_surveys r where r.ticket_id = t.id and r.state in ('refused', 'lost')
  and r.placed_at >= b.at and (r.detail like 'outbound.number%' or r.finished_at > $1::timestamptz - interval '15 minutes')`;

/** Who was called enough within a day, for whichever unit or desk, is left alone by the machine (G11). */
const CALLED_ENOUGH = `(select count(*) from calls c where c.direction = 'outbound'
  and citizen_key(c.caller_number) = citizen_key(t.citizen_number) and c.purpose <> 'queueCallback'
  and c.arrived_at > $1::timestamptz - interval '1 day') >= ${CONTACTS_A_DAY}`;

const CANDIDATES = `
  select t.id as "ticketId", t.number, t.version, t.citizen_number as "citizenNumber", t.line,
    (select coalesce(jsonb_agg(jsonb_build_object('at', (extract(epoch from v.at) * 1000)::float8,
      'outcome', v.outcome) order by v.at), '[]') from visit_attempts v where ${OF_THIS_VISIT}) as attempts,
    coalesce((select jsonb_strip_nulls(jsonb_build_object('resolved', v.resolved, 'result', v.result,
      'process', v.process)) from visit_attempts v where ${OF_THIS_VISIT} and v.outcome = 'brokenOff'
      order by v.at desc limit 1), '{}') as given
  from tickets t
    cross join lateral (select e.at from ticket_events e where e.ticket_id = t.id and e.seq = ${BEGAN}) b
  where t.state = 'returnVisit' and t.urgency = 'normal' and not t.confidential
    and citizen_key(t.citizen_number) <> ''
    and not exists (select from tickets o where o.state = 'returnVisit' and o.id <> t.id
      and citizen_key(o.citizen_number) = citizen_key(t.citizen_number))
    and not exists (select from visit_surveys s where s.ticket_id = t.id and s.state in ('calling', 'told'))
    and not exists (${TURNED_DOWN})
    and not ${CALLED_ENOUGH}
    and not exists (select from contact_claims c where c.number = citizen_key(t.citizen_number)
      and c.until > $1::timestamptz)
    and not exists (select from visit_attempts v where ${OF_THIS_VISIT} and v.call_again_at > $1::timestamptz)
  order by t.type in ('COMPLAINT', 'REPORT') desc, b.at limit $2`;

export function surveyBooks(db: PgDatabase): SurveyBook {
  return {
    async active() {
      const { rows } = await db.query<{ n: number }>(
        `select count(*)::integer as n from visit_surveys where state = 'calling'`,
      );
      return rows[0]?.n ?? 0;
    },

    async candidates(nowMs, limit) {
      return (await db.query<SurveyCandidate>(CANDIDATES, [new Date(nowMs), limit])).rows;
    },

    async begin({ id, ticketId, version, number, nowMs, untilMs }, tx) {
      const on = db.on(tx);
      const at = new Date(nowMs);
      const until = new Date(untilMs);
      // Whoever moves the ticket in this moment goes before: it is looked at again in the next round.
      const free = await on.query(
        `select from tickets where id = $1::uuid and state = 'returnVisit' and version = $2 for update skip locked`,
        [ticketId, version],
      );
      if (free.rowCount === 0) return false;
      const claimed = await on.query(
        `insert into contact_claims (number, held_by, until, since, ticket_id, called_at)
         values (citizen_key($1), null, $2, $3, $4::uuid, null)
         on conflict (number) do update set held_by = null, until = excluded.until, since = excluded.since,
           ticket_id = excluded.ticket_id, called_at = null
         where contact_claims.until <= $3`,
        [number, until, at, ticketId],
      );
      if (claimed.rowCount === 0) return false;
      const written = await on.query(
        `insert into visit_surveys (id, ticket_id, ticket_version, number, state, placed_at, leased_until)
         values ($1::uuid, $2::uuid, $3, citizen_key($4), 'calling', $5, $6) on conflict do nothing`,
        [id, ticketId, version, number, at, until],
      );
      return written.rowCount === 1;
    },

    async refuse(id, code, nowMs) {
      await db.query(
        `with s as (update visit_surveys set state = 'refused', detail = $2, finished_at = $3
           where id = $1::uuid and state = 'calling' returning number)
         delete from contact_claims c using s where c.number = s.number and c.held_by is null`,
        [id, code, new Date(nowMs)],
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
        `select id, ticket_id as "ticketId", ticket_version as "ticketVersion", number, how, dial, given
         from visit_surveys where state = 'told' order by told_at limit 1 for update skip locked`,
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

    async list({ ticketId }, limit) {
      const { rows } = await db.query<SurveyView>(
        `select s.id, s.ticket_id as "ticketId", t.number as "ticketNumber", s.state,
           ${iso('s.placed_at')} as "placedAt", s.how, s.dial, s.given, ${iso('s.finished_at')} as "finishedAt", s.detail
         from visit_surveys s join tickets t on t.id = s.ticket_id
         where $1::uuid is null or s.ticket_id = $1::uuid order by s.placed_at desc, s.id limit $2`,
        [ticketId ?? null, limit],
      );
      return rows;
    },
  };
}
