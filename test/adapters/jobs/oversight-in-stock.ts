import { randomUUID } from 'node:crypto';
import type { PgDatabase } from '../../../src/adapters/pg/database.ts';
import { stockDeadlines } from './deadlines-in-stock.ts';

const DAY_MS = 86_400_000;

/**
 * Orders in writing on a ticket each, issued two days ago. `warned`: most of their time is over at their moment; else all of it.
 * Returns their tickets.
 */
export async function stockOrders(
  db: PgDatabase,
  moments: readonly { readonly dueAt: number; readonly what: 'warning' | 'end' }[],
): Promise<string[]> {
  const far = Date.now() + 30 * DAY_MS;
  const tickets = await stockDeadlines(db, moments.length, far, far + 1);
  const rows = moments.map(({ dueAt, what }, nth) => ({
    id: randomUUID(),
    ticketId: tickets[nth]?.ticketId,
    number: `DB-${randomUUID()}`,
    warnAt: new Date(what === 'warning' ? dueAt : dueAt - DAY_MS).toISOString(),
    warnedAt: what === 'warning' ? null : new Date(dueAt - DAY_MS).toISOString(),
    dueAt: new Date(what === 'warning' ? dueAt + 5 * DAY_MS : dueAt).toISOString(),
  }));
  await db.query(
    `insert into supervision_orders (id, number, ticket_id, unit_code, instrument, trigger, state, demand, issued_at,
       due_at, warn_at, warned_at, moved_at)
     select id, number, "ticketId", 'lighting', 'written', 'person', 'issued', '请查明原因', now() - interval '2 days',
       "dueAt", "warnAt", "warnedAt", now()
     from jsonb_to_recordset($1::jsonb) as r(id uuid, number text, "ticketId" uuid, "dueAt" timestamptz,
       "warnAt" timestamptz, "warnedAt" timestamptz)`,
    [JSON.stringify(rows)],
  );
  return rows.map(({ ticketId = '' }) => ticketId);
}

/** Within so many minutes without progress after it was urged a unit is supervised in writing, from long ago on. */
export async function superviseAfterMinutes(db: PgDatabase, minutes: number): Promise<void> {
  const limit = { unit: 'minutes', amount: minutes };
  await db.query(
    `insert into limit_sets (preset, content, valid_from, state, reason, proposed_at, decided_at)
     values ('jiangsu-3-5', $1::jsonb, now() - interval '90 days', 'approved', 'x', now(), now())`,
    [JSON.stringify({ superviseAfter: { normal: limit, urgent: limit } })],
  );
}

/** A ticket for each moment: its unit's time was over and it was urged then, and it has done nothing. Returns them. */
export async function stockPressed(db: PgDatabase, overAt: readonly number[]): Promise<string[]> {
  const far = Date.now() + 30 * DAY_MS;
  const tickets = await stockDeadlines(db, overAt.length, far, far + 1);
  const rows = overAt.map((at, nth) => ({
    id: randomUUID(),
    ticketId: tickets[nth]?.ticketId ?? '',
    at: new Date(at).toISOString(),
    startedAt: new Date(at - 5 * DAY_MS).toISOString(),
  }));
  await db.query(
    `with r as (select * from jsonb_to_recordset($1::jsonb) as r(id uuid, "ticketId" uuid, at timestamptz, "startedAt" timestamptz)),
       d as (insert into deadlines (id, ticket_id, clock, kind, level, starts_at, due_at, preset, explanation, state, finished_at)
         select id, "ticketId", 'unit', 'overdue', 100, "startedAt", at, 'jiangsu-3-5', '{}', 'done', at from r),
       t as (update tickets set version = version + 1 from r where tickets.id = r."ticketId"
         returning tickets.id, tickets.version, r.at)
     insert into ticket_events (id, ticket_id, seq, at, type, reason, body)
     select gen_random_uuid(), id, version, at, 'urged', 'x', '{"unitCode": "lighting", "auto": true}' from t`,
    [JSON.stringify(rows)],
  );
  return rows.map(({ ticketId }) => ticketId);
}

/** Of tickets: how many were supervised because their time was over, and how many more than once. */
export async function orderedOnce(db: PgDatabase): Promise<{ ordered: number; doubled: number }> {
  const { rows } = await db.query<{ ordered: number; doubled: number }>(
    `select count(*)::int as ordered, (count(*) filter (where n > 1))::int as doubled
     from (select count(*) as n from supervision_orders where trigger = 'overdue' group by ticket_id) o`,
  );
  return rows[0] ?? { ordered: -1, doubled: -1 };
}

/** A long-term item whose plan is looked at on that local day. */
export async function stockPlan(db: PgDatabase, reviewOn: string): Promise<string> {
  const [stocked] = await stockDeadlines(db, 1, Date.now() + 30 * DAY_MS, Date.now() + 30 * DAY_MS);
  const id = stocked?.ticketId ?? '';
  await db.query(
    `with t as (update tickets set state = 'longTerm', plan_remind_on = $2::date - 3, version = version + 1
       where id = $1::uuid returning id, version)
     insert into ticket_events (id, ticket_id, seq, at, type, from_state, to_state, reason, body)
     select gen_random_uuid(), id, version, now(), 'shelve', 'handling', 'longTerm', 'x', jsonb_build_object('reviewOn', $2::text) from t`,
    [id, reviewOn],
  );
  return id;
}

/** Of orders: what was said of them, whose saying is on no time line or twice, and how many graver ones followed. */
export async function toldOnce(
  db: PgDatabase,
): Promise<{ warned: number; late: number; lost: number; doubled: number; followed: number }> {
  const { rows } = await db.query<{
    warned: number;
    late: number;
    lost: number;
    doubled: number;
    followed: number;
  }>(
    `with said as (select o.id, o.warned_at, o.late_at, o.escalates,
         (select count(*) from ticket_events e where e.ticket_id = o.ticket_id and e.body ->> 'order' = o.number
           and e.type = 'stageWarning') as warnings,
         (select count(*) from ticket_events e where e.ticket_id = o.ticket_id and e.body ->> 'order' = o.number
           and e.type = 'stageOverdue') as ends
       from supervision_orders o)
     select (sum(warnings))::int as warned, (sum(ends))::int as late,
       (count(*) filter (where late_at is not null and ends = 0))::int as lost,
       (count(*) filter (where warnings > 1 or ends > 1))::int as doubled,
       (count(*) filter (where escalates is not null))::int as followed
     from said`,
  );
  return rows[0] ?? { warned: -1, late: -1, lost: -1, doubled: -1, followed: -1 };
}
