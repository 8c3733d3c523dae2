import type {
  HeldUrgentNotice,
  UrgentAttempt,
  UrgentDispatch,
  UrgentNoticeBook,
} from '../../app/ports/urgent-notices.ts';
import { type CallingRule, USUAL_CALLING } from '../../domain/duty/ladder.ts';
import { urgentAlarm } from '../../domain/duty/urgent-notice.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

/** Nobody has moved it since; a sign-for by the clock says nothing of anybody at the unit. */
const UNTOUCHED_SINCE = (
  seq: string,
): string => `not exists (select from ticket_events m where m.ticket_id = t.id
  and m.seq > ${seq} and m.to_state is not null and (m.actor is not null or m.to_state <> 'signedFor'))`;

const DISPATCHES = `
  select t.id as "ticketId", t.number, t.unit_code as "unitCode", u.name as "unitName", d.seq
  from tickets t join units u on u.code = t.unit_code cross join lateral (select e.seq, e.at from ticket_events e
    where e.ticket_id = t.id and e.to_state = 'dispatched' order by e.seq desc limit 1) d
  where t.urgency = 'urgent' and t.state in ('dispatched', 'signedFor') and t.unit_code is not null
    and not exists (select from urgent_notices n where n.ticket_id = t.id and n.dispatch_seq = d.seq)
    and ${UNTOUCHED_SINCE('d.seq')}`;

const STANDS = `t.urgency = 'urgent' and t.unit_code = n.unit_code and ${UNTOUCHED_SINCE('n.dispatch_seq')}`;

const ATTEMPTS = `select id, rung, name, number, placed, how, dial, detail, noted, state as "end", ${ms('called_at')} as "atMs",
  ${ms('ended_at')} as "endedMs", ${ms('leased_until')} as "leasedUntilMs"
  from urgent_calls where notice_id = $1::uuid order by called_at, id`;

/** Notices of the same incident with the same unit. */
const BESIDE = `incident_members a join incident_members b on b.incident_id = a.incident_id and b.left_at is null
    join urgent_notices o on o.ticket_id = b.ticket_id`;
const IS_BESIDE =
  'a.ticket_id = n.ticket_id and a.left_at is null and o.id <> n.id and o.unit_code = n.unit_code';
/** By a call made since this one began. */
const RECEIVED_SINCE = `o.state = 'received' and exists (select from urgent_calls k
  where k.notice_id = o.id and k.state = 'confirmed' and k.called_at >= n.begun_at)`;
const RANG = 'exists (select from urgent_calls k where k.notice_id = o.id)';

/**
 * Of the same incident and unit: who is rung for, or before anybody is, who began first; who was answered by a call made
 * since this one began; or who was rung for in vain, all of it since. What rang before this one was given says nothing of it.
 * Whose telephone rings goes before the moment of the beginning: that is told by a worker's own clock.
 */
const AHEAD = `select jsonb_build_object('state', o.state, 'number', ot.number,
    'alarmOf', coalesce(o.alarm_of, o.id))
  from ${BESIDE} join tickets ot on ot.id = o.ticket_id
  where ${IS_BESIDE} and (o.state = 'calling' and (${RANG} or (o.begun_at, o.id) < (n.begun_at, n.id))
      or ${RECEIVED_SINCE}
      or o.state = 'unanswered' and (select min(k.called_at) from urgent_calls k where k.notice_id = o.id) >= n.begun_at)
  order by o.state = 'received' desc, o.state = 'calling' desc, o.begun_at, o.id limit 1`;

/**
 * One worker at a time looks at the notices of an incident with a unit: what another is about to ring for is not in the books
 * before its transaction ends, and both would ring.
 */
const ALONE_KEY = `hashtextextended('urgent:' || m.incident_id || ':' || n.unit_code, 0)`;
const ITS_INCIDENT = `from urgent_notices n join incident_members m on m.ticket_id = n.ticket_id and m.left_at is null where n.id = $1::uuid`;
const ALONE = `select pg_try_advisory_xact_lock(${ALONE_KEY}) as mine ${ITS_INCIDENT}`;

/** Incidents with units in them for which somebody is rung. */
const RINGING = `select distinct m.incident_id, o.unit_code from urgent_notices o
    join incident_members m on m.ticket_id = o.ticket_id and m.left_at is null where o.state = 'calling' and ${RANG}`;
const OWN_CALLS = 'exists (select from urgent_calls c where c.notice_id = n.id)';
/** Hundreds that wait for the one that is rung for would stand before everybody else's. */
const WAITS = `not ${OWN_CALLS} and exists (select from ringing r
  join incident_members m on m.incident_id = r.incident_id and m.left_at is null
  where m.ticket_id = n.ticket_id and r.unit_code = n.unit_code)`;

type Row = Omit<HeldUrgentNotice, 'attempts' | 'rule'> & { readonly rule: Partial<CallingRule> };

export function urgentNoticeBooks(db: PgDatabase): UrgentNoticeBook {
  return {
    async dispatches(limit) {
      return (await db.query<UrgentDispatch>(`${DISPATCHES} order by d.at, t.id limit $1`, [limit])).rows;
    },

    async begin({ id, of, state, ladder, rule, nowMs }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into urgent_notices (id, ticket_id, dispatch_seq, unit_code, state, ladder, rule, begun_at)
         select $1::uuid, d."ticketId", d.seq, d."unitCode", $4, $5::jsonb, $6::jsonb, $7
         from (${DISPATCHES} and t.id = $2::uuid) d where d.seq = $3
         on conflict do nothing`,
        [id, of.ticketId, of.seq, state, JSON.stringify(ladder), JSON.stringify(rule ?? {}), new Date(nowMs)],
      );
      return rowCount === 1;
    },

    async due(limit, nowMs) {
      const { rows } = await db.query<{ id: string }>(
        `with ringing as materialized (${RINGING})
         select n.id from urgent_notices n join tickets t on t.id = n.ticket_id
         where n.state = 'calling' and not (${WAITS})
           or n.state in ('calling', 'unanswered', 'noDuty') and not (${STANDS})
           or n.state = 'unanswered' and not ${OWN_CALLS}
             and exists (select from ${BESIDE} where ${IS_BESIDE} and o.id = n.alarm_of and ${RECEIVED_SINCE})
           or exists (select from urgent_calls c where c.notice_id = n.id
             and (c.state <> 'open' and not c.noted or c.state = 'open' and c.leased_until <= $2))
         order by n.begun_at, n.id limit $1`,
        [limit, new Date(nowMs)],
      );
      return rows.map(({ id }) => id);
    },

    async hold(id, tx) {
      const on = db.on(tx);
      const held = await on.query(
        `select from urgent_notices n join tickets t on t.id = n.ticket_id
         where n.id = $1::uuid for update of n, t skip locked`,
        [id],
      );
      if (held.rowCount === 0) return null;
      const { rows: alone } = await on.query<{ mine: boolean }>(ALONE, [id]);
      if (alone.some(({ mine }) => !mine)) return null;
      // Read when it is held: what the unit did a moment before is seen.
      const { rows } = await on.query<Row>(
        `select n.id, n.ticket_id as "ticketId", t.number, t.type, u.name as "unitName", n.state, n.ladder, n.rule,
           coalesce(n.alarm_of, n.id) as "alarmOf", (${STANDS}) as stands, (${AHEAD}) as ahead
         from urgent_notices n join tickets t on t.id = n.ticket_id join units u on u.code = n.unit_code
         where n.id = $1::uuid`,
        [id],
      );
      const [row] = rows;
      if (row === undefined) return null;
      const attempts = (await on.query<UrgentAttempt>(ATTEMPTS, [id])).rows;
      // A field that the release which stored it did not know is filled in.
      return { ...row, rule: { ...USUAL_CALLING, ...row.rule }, attempts };
    },

    async addCall(noticeId, { id, rung, to, nowMs, untilMs }, tx) {
      await db.on(tx).query(
        `insert into urgent_calls (id, notice_id, rung, name, number, state, called_at, leased_until)
         values ($1, $2, $3, $4, $5, 'open', $6, $7)`,
        [id, noticeId, rung, to.name, to.number, new Date(nowMs), new Date(untilMs)],
      );
    },

    async placed(callId) {
      await db.query('update urgent_calls set placed = true where id = $1::uuid', [callId]);
    },

    async endCall(callId, { how, detail, nowMs }, tx) {
      await db.on(tx).query(
        `update urgent_calls set state = 'unreached', how = $2, detail = $3, ended_at = $4
         where id = $1::uuid and state = 'open'`,
        [callId, how, detail, new Date(nowMs)],
      );
    },

    async noted(callId, tx) {
      await db.on(tx).query('update urgent_calls set noted = true where id = $1::uuid', [callId]);
    },

    async standUnder(id, alarmOf, tx) {
      await db.on(tx).query('update urgent_notices set alarm_of = $2 where id = $1::uuid', [id, alarmOf]);
    },

    async aloneWith(id, tx) {
      const on = db.on(tx);
      // What another worker is about to open an alarm for is not in the books before its transaction ends.
      await on.query(`select pg_advisory_xact_lock(${ALONE_KEY}) ${ITS_INCIDENT}`, [id]);
      const { rows } = await on.query<{ alarmOf: string }>(
        `select coalesce(o.alarm_of, o.id) as "alarmOf" from urgent_notices n cross join ${BESIDE}
         where n.id = $1::uuid and ${IS_BESIDE} and o.state = n.state and exists (select from alarms l
           where l.key = $2::text || coalesce(o.alarm_of, o.id) and l.closed_at is null)
         order by o.begun_at, o.id limit 1`,
        [id, urgentAlarm('')],
      );
      return rows[0]?.alarmOf ?? null;
    },

    async unconfirmed(alarmOf, tx) {
      const on = db.on(tx);
      await on.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`urgent-alarm:${alarmOf}`]);
      const { rows } = await on.query<NonNullable<Awaited<ReturnType<UrgentNoticeBook['unconfirmed']>>>>(
        `select count(*) over ()::int as count, t.id as "ticketId", t.number, u.name as "unitName", n.state
         from urgent_notices n join tickets t on t.id = n.ticket_id join units u on u.code = n.unit_code
         where (n.id = $1::uuid or n.alarm_of = $1::uuid) and n.state in ('unanswered', 'noDuty')
         order by n.begun_at, n.id limit 1`,
        [alarmOf],
      );
      return rows[0] ?? null;
    },

    async become(id, state, nowMs, tx) {
      await db
        .on(tx)
        .query('update urgent_notices set state = $2, ended_at = $3 where id = $1::uuid', [
          id,
          state,
          new Date(nowMs),
        ]);
    },
  };
}
