import type { LockedTicket, TicketMoves } from '../../app/ports/ticket-moves.ts';
import { SOONEST_REMINDER_DAYS } from '../../domain/tickets/long-term.ts';
import type { PgDatabase } from './database.ts';
import { markRows, UNREACHABLE } from './deadline-rows.ts';
import { endParts } from './ended-parts.ts';
import { ms } from './sql-instants.ts';
import { appendLine } from './sql-time-line.ts';
import { OF_REPLY } from './ticket-reply.ts';
import { ACCUSED, binder, sightConditions } from './ticket-sight.ts';
import { OF_THIS_VISIT } from './visit-rows.ts';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Days before its plan is looked at: the one just given; of a ticket put there without one (forced) that which it had last. */
const PLAN_REMIND_ON = `case when $2 <> 'longTerm' then null
  when $12::jsonb ? 'reviewOn' then ($12::jsonb ->> 'reviewOn')::date - ${SOONEST_REMINDER_DAYS}
  when state = 'longTerm' then plan_remind_on
  else (select (p.body ->> 'reviewOn')::date - ${SOONEST_REMINDER_DAYS} from ticket_events p
    where p.ticket_id = tickets.id and p.type in ('shelve', 'reviewPlan') order by p.seq desc limit 1) end`;

/** What came of it, as it was last reported done. */
const OUTCOME = `outcome = case when $10 = 'reportDone' then coalesce($12::jsonb ->> 'outcome', 'handled') else outcome end,
      case_number = case when $10 = 'reportDone' then $12::jsonb ->> 'caseNumber' else case_number end,
      case_filed_by = case when $10 = 'reportDone' then $12::jsonb ->> 'caseFiledBy' else case_filed_by end`;

/**
 * A clock that starts anew replaces the marks it had; one that goes on wakes those that its end had cancelled, and takes
 * those that a worker is about to cancel out of its hand. All under a new generation and attempt: an old job, or a
 * worker that still holds the claim, does nothing.
 */
const WRITE = `
  with t as (
    update tickets set state = $2, unit_code = $3, dispatched_at = $4, closed_at = $5, contacted_at = $20,
      plan_remind_on = ${PLAN_REMIND_ON}, ${OUTCOME}, version = version + 1
    where id = $1::uuid returning id, version
  ), e as (
    ${appendLine('t', {
      ...{ id: '$6::uuid', at: '$7', actor: '$8::uuid', fromState: '$9', toState: '$2' },
      ...{ type: '$10', reason: '$11', body: '$12::jsonb' },
    })}
  ), started as (
    insert into deadlines as d (id, ticket_id, clock, kind, level, starts_at, due_at, preset, explanation, provisional)
    select m.id, t.id, clock, kind, level, "startsAt", "dueAt", $14, explanation, provisional
    from t, jsonb_to_recordset($13::jsonb) as m(id uuid, clock text, kind text, level integer,
      "startsAt" timestamptz, "dueAt" timestamptz, explanation jsonb, provisional boolean)
    on conflict (ticket_id, clock, kind, level) do update set starts_at = excluded.starts_at,
      due_at = excluded.due_at, preset = excluded.preset, explanation = excluded.explanation,
      provisional = excluded.provisional, state = 'pending', generation = d.generation + 1, enqueued_at = null,
      claimed_until = null, attempts = d.attempts + 1, finished_at = null
  ), resumed as (
    update deadlines set state = 'pending', generation = generation + 1, enqueued_at = null, claimed_until = null,
      attempts = attempts + 1, finished_at = null
    where ticket_id = $1::uuid and state in ('cancelled', 'claimed')
      and (clock = any ($15::text[]) or (clock = 'stage' and kind = any ($19::text[])))
  ), told as (
    insert into outbox (topic, key, body) select $16, $17, $18::jsonb from t
  )
  select version from t`;

const NOTE = `
  with t as (update tickets set version = version + 1 where id = $1::uuid returning id, version)
  ${appendLine('t', {
    ...{ id: '$2::uuid', at: '$3', actor: '$4::uuid', type: '$5', reason: '$6', body: '$7::jsonb' },
  })}`;

export function ticketMoveBooks(db: PgDatabase): TicketMoves {
  return {
    async lock(id, sight, tx) {
      const { values, bind } = binder();
      const conditions = [`t.id = ${bind(id)}::uuid`, ...sightConditions(sight, bind)];
      const on = db.on(tx);
      // Locked first and read afterwards: one statement would read the time line as it was before the wait.
      const locked = await on.query(
        `select from tickets t where ${conditions.join(' and ')} for update`,
        values,
      );
      if (locked.rowCount === 0) return null;
      const { rows } = await on.query<LockedTicket>(
        `select t.number, t.type, t.state, t.urgency, t.unit_code as "unitCode", t.category_code as "categoryCode",
           t.extended_by as "extendedBy", ${ms('t.accepted_at')} as "acceptedAt", t.day_seconds as "daySeconds",
           ${ms('t.dispatched_at')} as "dispatchedAt", ${ms('t.closed_at')} as "closedAt",
           (select jsonb_build_object('seq', e.seq, 'type', e.type, 'at', e.at, 'by', a.display_name)
             from ticket_events e left join accounts a on a.id = e.actor
             where e.ticket_id = t.id and e.to_state is not null order by e.seq desc limit 1) as "lastMove",
           ${ms('t.contacted_at')} as "contactedAt", ${UNREACHABLE} as unreachable,
           ${ACCUSED} as "accusedUnits",
           jsonb_build_object('name', t.citizen_name, 'number', t.citizen_number) as citizen,
           (select i.state from ticket_interim i where i.ticket_id = t.id) as interim,
           (select coalesce(jsonb_agg(p.number order by p.number), '[]') from ticket_parts p where p.ticket_id = t.id
             and p.parent_id is null and p.state not in ('accepted', 'withdrawn')) as "openParts",
           exists (select from ticket_events e where e.ticket_id = t.id and e.type = 'dispute' and e.seq > coalesce((
             select max(d.seq) from ticket_events d where d.ticket_id = t.id and d.type = 'reportDone'), 0)) as disputed,
           coalesce(r.held, false) as "replyHeld", coalesce(r.seq, 0) as "replySeq",
           (select coalesce(jsonb_agg(e.body ->> 'by'), '[]') from ticket_events e
             where e.ticket_id = t.id and e.type = 'returnTicket') as "returnedBy",
           (select coalesce(jsonb_agg(jsonb_build_object('at', ${ms('v.at')},
               'outcome', v.outcome)), '[]') from visit_attempts v where ${OF_THIS_VISIT}) as "visitAttempts"
         from tickets t left join lateral (
           select e.seq, jsonb_array_length(coalesce(e.body -> 'personalData', '[]')) > 0 as held from ticket_events e
           where e.ticket_id = t.id and e.type in ${OF_REPLY}
           order by e.seq desc limit 1) r on true
         where t.id = $1::uuid`,
        [id],
      );
      return rows[0] ?? null;
    },

    async saidAt(lineId, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ at: Date }>('select at from ticket_events where id = $1::uuid', [lineId]);
      return rows[0]?.at.getTime() ?? null;
    },

    async note(ticketId, event, tx) {
      await db
        .on(tx)
        .query(NOTE, [
          ticketId,
          event.id,
          iso(event.at),
          event.actorId,
          event.type,
          event.reason,
          JSON.stringify(event.body),
        ]);
    },

    async tell({ topic, key, body, notBefore }, tx) {
      await db
        .on(tx)
        .query('insert into outbox (topic, key, body, not_before) values ($1, $2, $3::jsonb, $4)', [
          topic,
          key,
          JSON.stringify(body),
          notBefore === undefined ? null : new Date(notBefore),
        ]);
    },

    async times(ticketId, type, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ n: number }>(
          'select count(*)::integer as n from ticket_events where ticket_id = $1::uuid and type = $2',
          [ticketId, type],
        );
      return rows[0]?.n ?? 0;
    },

    async accuse(ticketId, unitCode, tx) {
      const { rowCount } = await db
        .on(tx)
        .query(
          'update tickets set accused_unit = $2 where id = $1::uuid and accused_unit is distinct from $2',
          [ticketId, unitCode],
        );
      return rowCount === 1;
    },

    async unitKnown(code, tx) {
      const { rowCount } = await db
        .on(tx)
        .query('select from units where code = $1 and ended_at is null', [code]);
      return rowCount === 1;
    },

    async write({ id, change, eventId, marks, limits, outbox }, tx) {
      const { event } = change;
      const { rows } = await db
        .on(tx)
        .query<{ version: number }>(WRITE, [
          id,
          change.state,
          change.unitCode,
          iso(change.dispatchedAt),
          iso(change.closedAt),
          eventId,
          iso(event.at),
          event.actorId,
          event.fromState,
          event.type,
          event.reason,
          JSON.stringify(event.body),
          markRows(marks),
          limits,
          change.resumed,
          outbox.topic,
          outbox.key,
          JSON.stringify(outbox.body),
          change.resumedStages,
          iso(change.contactedAt),
        ]);
      const [row] = rows;
      if (row === undefined) throw new Error('a locked ticket is gone');
      await endParts(db.on(tx), id, change.partsEnded, event);
      return row;
    },
  };
}
